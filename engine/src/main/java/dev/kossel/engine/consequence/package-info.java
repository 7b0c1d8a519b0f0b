/** What events entail at the same instant: implementations of {@link dev.kossel.engine.Consequence}. */
@NullMarked
package dev.kossel.engine.consequence;

import org.jspecify.annotations.NullMarked;
