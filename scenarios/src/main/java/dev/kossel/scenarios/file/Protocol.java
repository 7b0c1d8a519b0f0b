package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.units.Measure.CHARGE_DENSITY;
import static dev.kossel.scenarios.units.Measure.CURRENT_DENSITY;
import static dev.kossel.scenarios.units.Measure.POTENTIAL;
import static dev.kossel.scenarios.units.Measure.SCAN_RATE;
import static dev.kossel.scenarios.units.Measure.TEMPERATURE;
import static dev.kossel.scenarios.units.Measure.TIME;

import dev.kossel.scenarios.units.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the electrode is driven: steps, repeated in cycles. */
@Doc("How the electrode is driven: steps one after the other, the whole repeated in cycles.")
public record Protocol(
        @Key(value = "How often the steps are gone through.", example = "10", fallback = "1", min = 1)
        int cycles,

        @Key(
                value = "The steps.",
                example = "[{type: galvanostatic, current-density: 0.5 mA/cm^2, until: {time: 1 ms}}]")
        List<Step> steps,

        @Key(
                value = "What counts as the end of the cell's life, which the summary reports; the run goes on.",
                example = "{coulombic-efficiency: 0.8}")
        @Nullable
        Life life) {

    /** Whether a step has a temperature of its own. */
    public boolean changesTemperature() {
        return steps.stream().anyMatch(step -> step.temperature() != null);
    }

    /** The largest magnitude of a set current density, A/m²; 0 if none is set. */
    public double largestCurrentDensity() {
        double largest = 0;
        for (Step step : steps) {
            if (step instanceof Galvanostatic galvanostatic) {
                largest = Math.max(largest, magnitude(galvanostatic.currentDensity()));
            } else if (step instanceof Pulse pulse) {
                largest = Math.max(largest, magnitude(pulse.on().currentDensity()));
                largest = Math.max(largest, magnitude(pulse.off().currentDensity()));
            }
        }
        return largest;
    }

    private static double magnitude(@Nullable Quantity currentDensity) {
        return currentDensity == null ? 0 : Math.abs(currentDensity.amperesPerSquareMetre());
    }

    @Doc("The end of a cell's life: the first cycle that falls below one of these, or has a short circuit.")
    public record Life(
            @Key(value = "Stripped over plated charge of a cycle.", example = "0.8", min = 0, max = 1) @Nullable
            Double coulombicEfficiency,

            @Key(value = "Plated charge of a cycle over that of the first.", example = "0.8", min = 0, max = 1)
            @Nullable
            Double capacity) {}

    /** One step. Currents: cathodic (plating) positive. Overpotentials: cathodic negative. */
    @Doc(
            "A step of the protocol. Currents are positive where metal is plated, negative where it is stripped; overpotentials are the other way round.")
    @Variants(by = "type")
    public sealed interface Step permits Galvanostatic, Potentiostatic, Rest, Pulse, Sweep {
        /** What ends the step; null only for a sweep, which ends where it leads. */
        @Nullable
        Until until();

        /** Null for that of the scenario. */
        @Nullable
        Quantity temperature();
    }

    @Doc("A set current density; the overpotential follows.")
    public record Galvanostatic(
            @Key(value = "Current density: plating positive, stripping negative.", example = "0.5 mA/cm^2")
            @Of(CURRENT_DENSITY)
            Quantity currentDensity,

            @Key(value = "What ends the step: whichever comes first.", example = "{charge: 1e-3 mAh/cm^2}")
            Until until,

            @Key(
                    value = "Temperature while it lasts; without it, that of the scenario.",
                    example = "313 K",
                    min = 1,
                    max = 5000)
            @Of(TEMPERATURE)
            @Nullable
            Quantity temperature)
            implements Step {}

    @Doc("A set overpotential; the current follows.")
    public record Potentiostatic(
            @Key(
                    value = "Overpotential: plating negative, stripping positive.",
                    example = "-50 mV",
                    min = -100,
                    max = 100)
            @Of(POTENTIAL)
            Quantity overpotential,

            @Key(value = "What ends the step: whichever comes first.", example = "{time: 10 ms}")
            Until until,

            @Key(
                    value = "Temperature while it lasts; without it, that of the scenario.",
                    example = "313 K",
                    min = 1,
                    max = 5000)
            @Of(TEMPERATURE)
            @Nullable
            Quantity temperature)
            implements Step {}

    @Doc("Open circuit: no net current.")
    public record Rest(
            @Key(value = "What ends the step: whichever comes first.", example = "{time: 10 ms}")
            Until until,

            @Key(
                    value = "Temperature while it lasts; without it, that of the scenario.",
                    example = "313 K",
                    min = 1,
                    max = 5000)
            @Of(TEMPERATURE)
            @Nullable
            Quantity temperature)
            implements Step {}

    @Doc("Two settings in turn, until the step ends. A current of the opposite sign in `off` makes it pulse-reverse.")
    public record Pulse(
            @Key(value = "The first setting.", example = "{current-density: 2 mA/cm^2, time: 1 ms}")
            PulsePhase on,

            @Key(value = "The second setting.", example = "{time: 3 ms}")
            PulsePhase off,

            @Key(value = "What ends the step: whichever comes first.", example = "{charge: 1e-3 mAh/cm^2}")
            Until until,

            @Key(
                    value = "Temperature while it lasts; without it, that of the scenario.",
                    example = "313 K",
                    min = 1,
                    max = 5000)
            @Of(TEMPERATURE)
            @Nullable
            Quantity temperature)
            implements Step {}

    @Doc("A half of a pulse: a current density, an overpotential, or open circuit if neither is given.")
    public record PulsePhase(
            @Key(value = "How long it lasts.", example = "1 ms", min = 0, aboveMin = true) @Of(TIME)
            Quantity time,

            @Key(value = "Current density: plating positive, stripping negative.", example = "2 mA/cm^2")
            @Of(CURRENT_DENSITY)
            @Nullable
            Quantity currentDensity,

            @Key(
                    value = "Overpotential: plating negative, stripping positive.",
                    example = "-80 mV",
                    min = -100,
                    max = 100)
            @Of(POTENTIAL)
            @Nullable
            Quantity overpotential) {}

    @Doc("The overpotential runs from one value to another (linear sweep), or by way of a third (cyclic voltammetry).")
    public record Sweep(
            @Key(value = "Overpotential at the start.", example = "0 V", min = -100, max = 100) @Of(POTENTIAL)
            Quantity from,

            @Key(value = "Overpotential at which the sweep turns round.", example = "-0.2 V", min = -100, max = 100)
            @Of(POTENTIAL)
            @Nullable
            Quantity via,

            @Key(value = "Overpotential at the end.", example = "0.2 V", min = -100, max = 100) @Of(POTENTIAL)
            Quantity to,

            @Key(
                    value = "Speed of the sweep; its direction follows from the end points.",
                    example = "100 mV/s",
                    min = 0,
                    aboveMin = true)
            @Of(SCAN_RATE)
            Quantity rate,

            @Key(
                    value = "What ends the step before the sweep is through: whichever comes first.",
                    example = "{no-metal-left: true}")
            @Nullable
            Until until,

            @Key(
                    value = "Temperature while it lasts; without it, that of the scenario.",
                    example = "313 K",
                    min = 1,
                    max = 5000)
            @Of(TEMPERATURE)
            @Nullable
            Quantity temperature)
            implements Step {}

    @Doc("What ends a step: whichever of these comes first.")
    public record Until(
            @Key(value = "Simulated time since the beginning of the step.", example = "10 ms", min = 0, aboveMin = true)
            @Of(TIME)
            @Nullable
            Quantity time,

            @Key(
                    value = "Net charge passed in the step, whichever its sign.",
                    example = "1e-3 mAh/cm^2",
                    min = 0,
                    aboveMin = true)
            @Of(CHARGE_DENSITY)
            @Nullable
            Quantity charge,

            @Key(
                    value = "Magnitude of the overpotential that is reached or exceeded.",
                    example = "0.3 V",
                    min = 0,
                    aboveMin = true,
                    max = 100)
            @Of(POTENTIAL)
            @Nullable
            Quantity overpotential,

            @Key(value = "Whether to end where no metal is left to strip.", example = "true", fallback = "false")
            boolean noMetalLeft,

            @Key(
                    value = "Whether to end where the deposit reaches the top of the box.",
                    example = "true",
                    fallback = "false")
            boolean shortCircuit) {}
}
