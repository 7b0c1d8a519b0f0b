/** What all pictures share: lettering and round numbers. */
@NullMarked
package dev.kossel.viz.draw;

import org.jspecify.annotations.NullMarked;
