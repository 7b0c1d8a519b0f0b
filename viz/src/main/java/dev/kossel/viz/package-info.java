/** Pictures of runs: what is written into {@code plots/} of a run directory. */
@NullMarked
package dev.kossel.viz;

import org.jspecify.annotations.NullMarked;
