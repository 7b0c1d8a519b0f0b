package dev.kossel.scenarios.validation;

import dev.kossel.lattice.Lattice;
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

/** Nucleation: how the number of islands falls with the speed of diffusion. */
final class IslandDensityCheck implements Check {

    /** Γ/F: all hops of an adatom over landings a site. Smaller ratios are not yet in the range of the power law. */
    private static final double[] RATIOS = {1e6, 1e7, 1e8};

    private static final int DIRECTIONS = 4;

    @Override
    public String name() {
        return "island-density";
    }

    @Override
    public String law() {
        return "critical nucleus of one atom: N ∝ (D/F)^(−1/3)";
    }

    @Override
    public String source() {
        return "Venables, Spiller, Hanbücken 1984, doi 10.1088/0034-4885/47/4/002";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        int replicas = effort.of(8, 16);
        int edge = effort.of(160, 256);
        double[][] logs = new double[replicas][RATIOS.length];
        Statistics[] densities = Statistics.series(RATIOS.length);
        for (int r = 0; r < RATIOS.length; r++) {
            Experiment experiment = Experiment.of(
                    "islands",
                    "lattice.size=[" + edge + ", " + edge + ", 3]",
                    "processes.hop.law.rate.value=" + RATIOS[r] / DIRECTIONS + " /s");
            SpeciesSet metal = SpeciesSet.of(experiment.species("M"));
            Islands islands = new Islands(
                    Substrate.of(
                            experiment.model().initial(),
                            SpeciesSet.of(experiment.species("M"), experiment.species("inert"))),
                    metal);
            for (int replica = 0; replica < replicas; replica++) {
                Simulation simulation = experiment.run(17 + replica, null);
                byte[] species = new byte[experiment.geometry().siteCount()];
                simulation.lattice().copySpecies(species);
                Lattice lattice = new Lattice(experiment.geometry(), species, new byte[0]);
                double density = (double) islands.measure(lattice).count(2) / (edge * edge);
                logs[replica][r] = Math.log(density);
                densities[r].add(density);
            }
        }
        double[] logRatios = Arrays.stream(RATIOS).map(Math::log).toArray();
        Statistics slopes = new Statistics();
        for (double[] replica : logs) {
            slopes.add(Statistics.slope(logRatios, replica));
        }
        List<Measurement> measurements = new ArrayList<>();
        // Islands are fractal here, of dimension 1.7: as they become fewer their radius over their distance grows as
        // N^(1/2 − 1/1.7), by 14 % in all, and so does what each catches. N falls with the power 2/3 of
        // that: by up to 9 % more, which is 0.02 of the exponent.
        measurements.add(Measurement.within(
                "exponent of N at a tenth of a monolayer, D/F = 1e6 to 1e8", -1.0 / 3, slopes, 0.02, 0.02));
        return new Findings(
                measurements,
                List.of(new LinePlot(
                        "Islands at a tenth of a monolayer",
                        Axis.logarithmic("D/F"),
                        Axis.logarithmic("islands a site"),
                        List.of(
                                Statistics.points(RATIOS, densities),
                                Curve.law(
                                        "(D/F)^(−1/3)",
                                        RATIOS[0],
                                        RATIOS[RATIOS.length - 1],
                                        ratio -> densities[0].mean() * Math.pow(ratio / RATIOS[0], -1.0 / 3))))));
    }
}
