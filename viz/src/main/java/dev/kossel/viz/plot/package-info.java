/** Line plots of a run's statistics, and the standard set of pictures of a run directory. */
@NullMarked
package dev.kossel.viz.plot;

import org.jspecify.annotations.NullMarked;
