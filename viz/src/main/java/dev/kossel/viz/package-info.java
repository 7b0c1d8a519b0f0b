/** Pictures of what a run recorded: this module reads lattices and run directories, and never links the simulator. */
@NullMarked
package dev.kossel.viz;

import org.jspecify.annotations.NullMarked;
