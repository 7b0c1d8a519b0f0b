package dev.kossel.scenarios.validation;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Diffusion of a free walker. */
final class RandomWalkCheck implements Check {

    private static final List<String> LATTICES = List.of("sc", "bcc", "fcc", "hcp");
    private static final double HOP_RATE = 2.5;
    private static final int TIMES = 8;
    private static final double HOPS_AT_ONCE = 4;

    @Override
    public String name() {
        return "random-walk";
    }

    @Override
    public String law() {
        return "⟨r²⟩ = a² Γ t, Γ the total hop rate";
    }

    @Override
    public String source() {
        return "Einstein 1905, doi 10.1002/andp.19053220806";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        int walks = effort.of(4_000, 50_000);
        List<Measurement> measurements = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        double[] hops = new double[TIMES];
        Arrays.setAll(hops, n -> (n + 1) * HOPS_AT_ONCE);
        for (String lattice : LATTICES) {
            Experiment experiment = Experiment.of("walker", "lattice.type=" + lattice);
            LatticeGeometry geometry = experiment.geometry();
            double length = geometry.shells().get(0).distance() * geometry.latticeConstantNm();
            double interval = HOPS_AT_ONCE / (geometry.nearestCount() * HOP_RATE);
            Statistics[] squares = Statistics.series(TIMES);
            Walk walk = new Walk(experiment, 31);
            for (int n = 0; n < walks; n++) {
                if (walk.isFarFromTheMiddle()) {
                    walk = new Walk(experiment, 31L + n);
                }
                walk.setOrigin();
                for (int time = 0; time < TIMES; time++) {
                    walk.advance(interval);
                    squares[time].add(walk.squaredDistance() / (length * length));
                }
            }
            curves.add(Statistics.points(lattice, hops, squares));
            measurements.add(Measurement.equal(
                    String.format(Locale.ROOT, "%s: ⟨r²⟩/a² after Γt = %.0f", lattice, hops[TIMES - 1]),
                    hops[TIMES - 1],
                    squares[TIMES - 1],
                    0.02 * hops[TIMES - 1]));
        }
        curves.add(Curve.law("law", 0, hops[TIMES - 1], time -> time));
        return new Findings(
                measurements,
                List.of(new LinePlot(
                        "Mean square displacement of a free walker",
                        Axis.linear("Γ t"),
                        Axis.linear("⟨r²⟩ / a²"),
                        curves)));
    }
}
