/** The kinetic Monte Carlo algorithm: clock, selection, change, update. */
@NullMarked
package dev.kossel.engine;

import org.jspecify.annotations.NullMarked;
