/** Physical quantities with units: parsing, dimension checks, conversion. */
@NullMarked
package dev.kossel.scenarios.units;

import org.jspecify.annotations.NullMarked;
