/**
 * Geometry, occupancy and neighbourhoods of a crystal lattice.
 *
 * <p>This package knows no time, rate, random process or chemistry: a site is an {@code int}, a species is a {@code byte}-sized number whose
 * meaning belongs to the caller.
 */
@NullMarked
package dev.kossel.lattice;

import org.jspecify.annotations.NullMarked;
