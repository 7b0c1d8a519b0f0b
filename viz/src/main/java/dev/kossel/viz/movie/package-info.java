/**
 * Pictures and animations of the growth of one or several runs, drawn from their directories without a display:
 * {@link dev.kossel.viz.movie.Movie}.
 */
@NullMarked
package dev.kossel.viz.movie;

import org.jspecify.annotations.NullMarked;
