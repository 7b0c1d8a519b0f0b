/**
 * Geometry, occupancy and neighbourhoods of a crystal lattice.
 *
 * <p>This package knows no time, rate, random process or chemistry: a site is an {@code int}, a species is a {@code byte}-sized number whose
 * meaning belongs to the caller. {@link dev.kossel.lattice.SitePattern} and {@link dev.kossel.lattice.InitialMorphology} set a box up, with random
 * numbers from a generator that is passed in.
 */
@NullMarked
package dev.kossel.lattice;

import org.jspecify.annotations.NullMarked;
