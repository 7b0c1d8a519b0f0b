package dev.kossel.scenarios.validation;

import dev.kossel.engine.EventListener;
import dev.kossel.engine.process.Event;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Islands;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Adaptive scaling changes how many events a run takes and nothing that is observed. Where hops are slow enough for that, the same crystal grows unscaled
 * and scaled; where they are fast, a scaled run counts what the same surfaces would have seen unscaled.
 */
final class ScalingCheck implements Check {

    /** Attempt frequencies, s⁻¹: that of the scenario, and one at which an unscaled run takes seconds. */
    private static final double FAST = 5e12;

    private static final double SLOW = 3e8;

    /** Charge of one layer, mAh cm⁻². */
    private static final double LAYER = 4.945e-5;

    /** Simulated seconds from one look at the surface to the next. */
    private static final double INTERVAL = 2e-3;

    private static final List<String> OBSERVABLES = List.of(
            "time to deposit, s",
            "dissolved for each deposited atom",
            "events for each deposited atom, unscaled",
            "atoms with one neighbour",
            "bonds",
            "RMS height, layers",
            "islands");

    @Override
    public String name() {
        return "scaling";
    }

    @Override
    public String law() {
        return "what is in quasi-equilibrium may be slowed: no observable tells the difference, and 1,000 times fewer events suffice";
    }

    @Override
    public String source() {
        return "Chatterjee, Voter 2010, doi 10.1063/1.3409606; Dybeck, Plaisance, Neurock 2017, doi 10.1021/acs.jctc.6b00859";
    }

    /** Looks at the surface at times evenly spread, whatever the events are. */
    private static final class Gaze implements EventListener {
        private final LatticeGeometry geometry;
        private final byte[] species;
        private final int metal;
        private final Islands islands;
        private final double[] sums = new double[4];
        private long looks;
        private double next = INTERVAL;

        Gaze(Experiment experiment) {
            geometry = experiment.geometry();
            metal = experiment.species("M");
            species = new byte[geometry.siteCount()];
            for (int site = 0; site < species.length; site++) {
                species[site] = (byte) experiment.model().initial().species(site);
            }
            islands = new Islands(
                    Substrate.of(experiment.model().initial(), SpeciesSet.of(metal, experiment.species("inert"))),
                    SpeciesSet.of(metal));
        }

        @Override
        public void happened(double timeSeconds, Event event) {
            for (; next <= timeSeconds; next += INTERVAL) {
                look();
            }
            for (int m = 0; m < event.count(); m++) {
                species[event.site(m)] = (byte) event.species(m);
            }
        }

        private void look() {
            int shell = geometry.shells().get(0).size();
            double bonds = 0;
            double single = 0;
            Statistics heights = new Statistics();
            double[] height = new double[geometry.columnCount()];
            for (int column = 0; column < height.length; column++) {
                for (int site = geometry.columnSite(column, 0), n = 0;
                        site >= 0;
                        site = geometry.columnSite(column, ++n)) {
                    height[column] += species[site] == metal ? 1 : 0;
                }
                heights.add(height[column]);
            }
            for (int site = 0; site < species.length; site++) {
                if (species[site] == metal) {
                    int neighbors = 0;
                    for (int k = 0; k < shell; k++) {
                        int neighbor = geometry.neighbor(site, k);
                        neighbors += neighbor >= 0 && species[neighbor] != 0 ? 1 : 0;
                    }
                    bonds += neighbors / 2.0;
                    single += neighbors == 1 ? 1 : 0;
                }
            }
            sums[0] += single;
            sums[1] += bonds;
            sums[2] += Math.sqrt(heights.variance());
            sums[3] += islands.measure(new Lattice(geometry, species.clone(), new byte[0]))
                    .count(2);
            looks++;
        }
    }

    private static Experiment experiment(double prefactor, boolean scaled, double layers) throws ScenarioException {
        List<String> overrides = new ArrayList<>(List.of(
                "processes.hop.law.prefactor.value=" + prefactor + " /s",
                "processes.descent.law.prefactor.value=" + prefactor + " /s",
                String.format(Locale.ROOT, "protocol.steps.0.until.charge=%.4g mAh/cm^2", layers * LAYER)));
        if (scaled) {
            overrides.add("separation={adaptive: {}}");
        }
        return Experiment.of("scaling", overrides.toArray(String[]::new));
    }

    /** The observables of some runs, by their names' places. */
    private static Statistics[] observables(boolean scaled, double layers, int runs) throws ScenarioException {
        Experiment experiment = experiment(SLOW, scaled, layers);
        int reduction = experiment.process("deposition");
        int oxidation = experiment.process("deposition-reverse");
        Statistics[] observables = new Statistics[OBSERVABLES.size()];
        Arrays.setAll(observables, n -> new Statistics());
        // Other seeds scaled than unscaled: the two must not have anything in common.
        int first = scaled ? 1000 : 0;
        for (int run = 0; run < runs; run++) {
            Gaze gaze = new Gaze(experiment);
            Simulation simulation = experiment.run(first + run, gaze);
            observables[0].add(simulation.timeSeconds());
            double reduced = simulation.kmc().eventCount(reduction);
            double oxidised = simulation.kmc().eventCount(oxidation);
            observables[1].add(oxidised / reduced);
            observables[2].add(simulation.unscaledEvents() / (reduced - oxidised));
            for (int n = 0; n < gaze.sums.length; n++) {
                observables[3 + n].add(gaze.sums[n] / gaze.looks);
            }
        }
        return observables;
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        List<Measurement> measurements = new ArrayList<>();
        double layers = effort.of(1, 2) * 0.5;
        int runs = effort.of(4, 16);
        Statistics[] plain = observables(false, layers, runs);
        Statistics[] scaled = observables(true, layers, runs);
        for (int n = 0; n < OBSERVABLES.size(); n++) {
            measurements.add(Measurement.within(
                    OBSERVABLES.get(n),
                    plain[n].mean(),
                    scaled[n].mean(),
                    Math.hypot(plain[n].standardError(), scaled[n].standardError()),
                    0,
                    effort.of(30, 15) / 100.0 * plain[n].mean()));
        }
        return new Findings(measurements, List.of(fast(effort.of(1, 6) * 0.1, measurements)));
    }

    /** One run with fast hops. */
    private static LinePlot fast(double layers, List<Measurement> measurements) throws ScenarioException {
        Experiment experiment = experiment(FAST, true, layers);
        int reduction = experiment.process("deposition");
        int oxidation = experiment.process("deposition-reverse");
        Simulation simulation = experiment.begin(1, null);
        List<double[]> points = new ArrayList<>();
        while (simulation.endReason() == null) {
            simulation.advance();
            points.add(new double[] {
                simulation.timeSeconds(),
                simulation.unscaledEvents(),
                simulation.kmc().events()
            });
        }
        double reduced = simulation.kmc().eventCount(reduction);
        double oxidised = simulation.kmc().eventCount(oxidation);
        double unscaled = simulation.unscaledEvents();
        measurements.add(Measurement.atLeast(
                "hops for each deposited atom, unscaled", 1e8, (unscaled - reduced - oxidised) / (reduced - oxidised)));
        measurements.add(Measurement.atLeast(
                "times fewer events", 1000, unscaled / simulation.kmc().events()));
        double[] time = points.stream().mapToDouble(point -> point[0]).toArray();
        return new LinePlot(
                "Events where hops are fast",
                Axis.linear("Time (s)"),
                Axis.logarithmic("Events"),
                List.of(
                        new Curve(
                                "unscaled, on the same surfaces",
                                time,
                                points.stream().mapToDouble(point -> point[1]).toArray()),
                        new Curve(
                                "scaled",
                                time,
                                points.stream().mapToDouble(point -> point[2]).toArray())));
    }
}
