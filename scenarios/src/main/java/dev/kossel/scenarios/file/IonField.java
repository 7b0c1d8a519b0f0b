package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.units.Measure.LENGTH;
import static dev.kossel.scenarios.units.Measure.POTENTIAL;

import dev.kossel.scenarios.units.Quantity;

/** The potential in which explicit ions drift: 0 at the top of the box. */
@Doc("The potential in which ions on the lattice drift, 0 at the top of the box.")
@Variants(by = "type")
public sealed interface IonField permits IonField.None, IonField.Uniform, IonField.Laplace {

    @Doc("There is none: ions diffuse.")
    record None() implements IonField {}

    @Doc("It falls evenly from the top of the box to the bottom, whatever is in between.")
    record Uniform(
            @Key(
                    value = "Potential at the bottom layer against the top layer.",
                    example = "-50 mV",
                    min = -10,
                    max = 10,
                    physical = true)
            @Of(POTENTIAL)
            Quantity potential)
            implements IonField {}

    @Doc(
            "It solves Laplace's equation around the surface as it is: of one value on everything solid, 0 above the box. Lines of force gather at what stands out.")
    record Laplace(
            @Key(
                    value = "Potential of the surface against the top.",
                    example = "-50 mV",
                    min = -10,
                    max = 10,
                    physical = true)
            @Of(POTENTIAL)
            Quantity potential,

            @Key(
                    value =
                            "Edge of a cell of the grid, rounded to whole cells of the lattice. Between the middles of cells the potential of a site is interpolated.",
                    example = "0.9 nm",
                    min = 0,
                    aboveMin = true)
            @Of(LENGTH)
            Quantity cell,

            @Key(
                    value =
                            "It is solved anew when charge transfers have moved the surface by this part of a cell of the grid, on average.",
                    example = "0.05",
                    fallback = "0.1",
                    min = 1e-6,
                    max = 10)
            double step)
            implements IonField {}
}
