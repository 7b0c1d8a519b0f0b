package dev.kossel.scenarios.validation;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.scenarios.Electrolyte;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The electrolyte at a flat electrode under pulses of current: it is depleted, and recovers. */
final class PulseCheck implements Check {

    private static final double DIFFUSIVITY = 1e-9;
    private static final double BULK = 1000;
    /** Of the inert layer below, m. */
    private static final double SOLID = 40e-9;

    private static final double LONGEST_STEP = 1;
    private static final int PERIODS = 4;
    /** Points in time of a plotted half of a pulse. */
    private static final int POINTS = 6;

    @Override
    public String name() {
        return "pulse";
    }

    @Override
    public String law() {
        return "after changes of the current density by Δi_k at t_k the concentration at the surface is c₀ − 2/(nF√(πD)) Σ Δi_k √(t − t_k); the mean current is that of the pulses";
    }

    @Override
    public String source() {
        return "Sand 1901, doi 10.1080/14786440109462590, summed up over the changes";
    }

    /** Pulses; A/m² and s. */
    private record Pulses(String name, double on, double onSeconds, double off, double offSeconds) {

        double period() {
            return onSeconds + offSeconds;
        }

        /** Of the n-th half, counted from 0; s. */
        double start(int half) {
            return half / 2 * period() + half % 2 * onSeconds;
        }

        /** At the surface; mol/m³. */
        double concentration(double seconds) {
            double sum = 0;
            for (int half = 0; start(half) < seconds; half++) {
                double change = current(half) - (half == 0 ? 0 : current(half - 1));
                sum += change * Math.sqrt(seconds - start(half));
            }
            return BULK - 2 * sum / (Constants.FARADAY * Math.sqrt(Math.PI * DIFFUSIVITY));
        }

        /** Current density of the n-th half, A/m². */
        double current(int half) {
            return half % 2 == 0 ? on : off;
        }

        /** When nothing is left at the surface, s. */
        double transition() {
            double time = 0;
            while (concentration(time) > 0) {
                time += 1e-3 * onSeconds;
            }
            return time;
        }

        /** At the surface at the end of each half, on the grid and in the steps of the fields; mol/m³. */
        double[] inSteps(FieldGrid grid, int halves) {
            Column column = new Column(grid, SOLID, DIFFUSIVITY, BULK, LONGEST_STEP);
            double[] concentrations = new double[halves];
            for (int half = 0; half < halves; half++) {
                column.hold(start(half + 1) - start(half), 0, -current(half) / Constants.FARADAY);
                concentrations[half] = column.surface();
            }
            return concentrations;
        }

        /** When they run dry there, s. */
        double transitionInSteps(FieldGrid grid) {
            Column column = new Column(grid, SOLID, DIFFUSIVITY, BULK, LONGEST_STEP);
            int half = -1;
            double lasts;
            double supplied;
            do {
                half++;
                lasts = start(half + 1) - start(half);
                supplied = column.supply(lasts, current(half) / Constants.FARADAY);
            } while (supplied == lasts);
            return start(half) + supplied;
        }

        Experiment experiment(double seconds) throws ScenarioException {
            return Experiment.of(
                    "pulse",
                    "protocol.steps.0.on={current-density: " + on + " A/m^2, time: " + onSeconds + " s}",
                    "protocol.steps.0.off={" + (off == 0 ? "" : "current-density: " + off + " A/m^2, ") + "time: "
                            + offSeconds + " s}",
                    "protocol.steps.0.until.time=" + seconds + " s");
        }
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        int replicas = effort.of(8, 40);
        List<Measurement> measurements = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        for (Pulses pulses : List.of(new Pulses("pulses", 100, 60, 0, 60), new Pulses("reversed", 100, 60, -50, 30))) {
            follow(pulses, replicas, measurements, curves);
        }
        Pulses strong = new Pulses("strong pulses", 200, 100, 0, 100);
        Statistics transition = new Statistics();
        double law = strong.transition();
        Experiment experiment = strong.experiment(2 * law);
        for (int replica = 0; replica < replicas; replica++) {
            transition.add(experiment.secondsUntilDry(5 + replica));
        }
        double inSteps = strong.transitionInSteps(experiment.fieldGrid());
        measurements.add(Measurement.within(
                "time at which 20 mA/cm², 100 s of 200 s, run dry (third pulse), s",
                law,
                transition,
                Math.abs(inSteps - law),
                3));
        return new Findings(
                measurements,
                List.of(new LinePlot(
                        "Concentration at the surface under pulses",
                        Axis.linear("Time (s)"),
                        Axis.linear("Concentration (mol/L)"),
                        curves)));
    }

    private static void follow(Pulses pulses, int replicas, List<Measurement> measurements, List<Curve> curves)
            throws ScenarioException {
        double end = PERIODS * pulses.period();
        Experiment experiment = pulses.experiment(end);
        double[] times = new double[2 * PERIODS * POINTS];
        for (int n = 0; n < times.length; n++) {
            double start = pulses.start(n / POINTS);
            times[n] = start + (pulses.start(n / POINTS + 1) - start) * (n % POINTS + 1) / POINTS;
        }
        Statistics[] found = Statistics.series(times.length);
        Statistics current = new Statistics();
        for (int replica = 0; replica < replicas; replica++) {
            Simulation simulation = experiment.begin(5 + replica, null);
            Electrolyte electrolyte = Objects.requireNonNull(simulation.electrolyte());
            int next = 0;
            // The fields lead: they are those at the end of their step, up to a second later.
            double begins = 0;
            double ends = 0;
            double first = BULK / 1000;
            double last = first;
            while (simulation.endReason() == null) {
                simulation.advance();
                if (electrolyte.dueSeconds() != ends) {
                    begins = ends;
                    first = last;
                    ends = electrolyte.dueSeconds();
                    last = electrolyte.leastConcentration(0);
                }
                while (next < times.length && simulation.timeSeconds() >= times[next] - 1e-6) {
                    found[next].add(first + (last - first) * (times[next] - begins) / (ends - begins));
                    next++;
                }
            }
            current.add(simulation.chargeDensity() / end);
        }
        double mean = (pulses.on() * pulses.onSeconds() + pulses.off() * pulses.offSeconds()) / pulses.period();
        measurements.add(Measurement.equal(pulses.name() + ": mean current density, A/m²", mean, current, 0.02 * mean));
        double[] inSteps = pulses.inSteps(experiment.fieldGrid(), 2 * PERIODS);
        // After the last on and the last off.
        for (int half = 2 * PERIODS - 2; half < 2 * PERIODS; half++) {
            int at = (half + 1) * POINTS - 1;
            double law = pulses.concentration(times[at]);
            measurements.add(Measurement.within(
                    pulses.name() + ": concentration at the surface after "
                            + (half % 2 == 0 ? "the last pulse" : "the rest") + ", mol/L",
                    law / 1000,
                    found[at],
                    Math.abs(inSteps[half] - law) / 1000,
                    0.008));
        }
        curves.add(Statistics.points(pulses.name(), times, found));
        curves.add(Curve.law(pulses.name() + ", law", 0, end, time -> pulses.concentration(time) / 1000));
    }
}
