package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.file.ScenarioException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pólya's theorem: how often a walker comes home. */
final class ReturnCheck implements Check {

    /** @param volume of a site over the cube of the hop length */
    private record Lattice(String type, double probability, double volume) {}

    private static final List<Lattice> LATTICES = List.of(
            new Lattice("sc", 0.340537, 1),
            new Lattice("bcc", 0.282230, 0.7698004),
            new Lattice("fcc", 0.256318, 0.7071068));

    @Override
    public String name() {
        return "return";
    }

    @Override
    public String law() {
        return "a walk returns to its origin with Pólya's probability";
    }

    @Override
    public String source() {
        return "Pólya 1921, doi 10.1007/BF01458701; Watson 1939, doi 10.1093/qmath/os-10.1.266";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        int walks = effort.of(8_000, 60_000);
        int hops = effort.of(300, 2_000);
        List<Measurement> measurements = new ArrayList<>();
        for (Lattice lattice : LATTICES) {
            Experiment experiment =
                    Experiment.of("walker", "lattice.type=" + lattice.type(), "lattice.size=[4, 4, 1201]");
            // The same numbers on all lattices would make their errors the same.
            long seed = 37 + measurements.size() * 1_000_000L;
            Walk walk = new Walk(experiment, seed);
            Statistics returns = new Statistics();
            for (int n = 0; n < walks; n++) {
                if (walk.isFarFromTheMiddle()) {
                    walk = new Walk(experiment, seed + n);
                }
                walk.setOrigin();
                boolean home = false;
                for (int hop = 0; hop < hops && !home; hop++) {
                    walk.hop();
                    home = walk.squaredDistance() < 1e-6;
                }
                returns.add(home ? 1 : 0);
            }
            // What would still come home later: (1 − P)² Σ pₙ over n > hops, with pₙ = v (3/2πn)^(3/2) on average over
            // odd
            // and even n.
            double away = 1 - lattice.probability();
            double later = away * away * lattice.volume() * Math.pow(3 / (2 * Math.PI), 1.5) * 2 / Math.sqrt(hops);
            measurements.add(Measurement.within(
                    lattice.type() + ": probability of return (" + hops + " hops, the rest by its asymptote)",
                    lattice.probability(),
                    returns.mean() + later,
                    returns.standardError(),
                    0.02 * later,
                    0.006));
        }
        return new Findings(measurements, List.of());
    }
}
