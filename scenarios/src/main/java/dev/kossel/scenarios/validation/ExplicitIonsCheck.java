package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.List;

/** Ions on the lattice between a reservoir and an electrode. */
final class ExplicitIonsCheck implements Check {

    private static final double HOPS_PER_SECOND = 1e6;
    private static final double SITES_PER_MOLAR = Constants.AVOGADRO * 1e3 * 27e-30;
    /** Of the reservoir before the step of the potential, of the sites. */
    private static final double DENSITY = 20 * SITES_PER_MOLAR;

    private static final double[] MICROSECONDS = {2.5, 5, 10, 15, 20, 30, 40};

    @Override
    public String name() {
        return "explicit-ions";
    }

    @Override
    public String law() {
        return "at any density: through N hops J = Γρ/N (nFDc/δ); after a step ρ(½ + e⁻ˣ(x I₀ + x I₁ + ½ I₀)), x = 2Γt, of a site have reacted, which becomes Cottrell's 2ρ√(Γt/π)";
    }

    @Override
    public String source() {
        return "Liggett 1985, doi 10.1007/978-1-4613-8542-4 (mean occupations of the exclusion process diffuse linearly); Cottrell 1903, doi 10.1515/zpch-1903-4229";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        int replicas = effort.of(4, 24);
        double[] limits = {SITES_PER_MOLAR * HOPS_PER_SECOND / 6, 30 * SITES_PER_MOLAR * HOPS_PER_SECOND / 6};
        Statistics dilute = limitingRate("1 M", limits[0], replicas);
        Statistics dense = limitingRate("30 M", limits[1], replicas);

        Statistics[] taken = Statistics.series(MICROSECONDS.length);
        // Each with ions of its own to begin with: how many lie near the electrode sets how many react.
        for (int replica = 0; replica < 4 * replicas; replica++) {
            Experiment step = Experiment.of("explicit", "seed=" + replica);
            double sites = step.geometry().sitesPerLayer();
            Simulation simulation = step.begin(replica, null);
            int next = 0;
            while (simulation.endReason() == null) {
                simulation.advance();
                while (next < taken.length && simulation.timeSeconds() >= MICROSECONDS[next] * 1e-6 * (1 - 1e-12)) {
                    taken[next++].add(simulation.electrons() / 2.0 / sites);
                }
            }
        }
        int last = taken.length - 1;
        double reacted = hopByHop(MICROSECONDS[last]);
        return new Findings(
                List.of(
                        Measurement.equal(
                                "limiting current of 1 M through 6 hops, ions a site and second",
                                limits[0],
                                dilute,
                                0.02 * limits[0]),
                        Measurement.equal(
                                "limiting current of 30 M, half of all sites, ions a site and second",
                                limits[1],
                                dense,
                                0.02 * limits[1]),
                        Measurement.equal(
                                "ions reacted after a step of the potential, a site, after 2.5 hops a direction",
                                hopByHop(MICROSECONDS[0]),
                                taken[0],
                                0.02 * hopByHop(MICROSECONDS[0])),
                        Measurement.equal("after 40 hops a direction", reacted, taken[last], 0.02 * reacted)),
                List.of(new LinePlot(
                        "Ions that have reacted after a step of the potential",
                        Axis.linear("Time (µs)"),
                        Axis.linear("Ions a site"),
                        List.of(
                                Statistics.points(MICROSECONDS, taken),
                                Curve.law("hop by hop", 0, MICROSECONDS[last], ExplicitIonsCheck::hopByHop),
                                Curve.law(
                                        "Cottrell",
                                        0,
                                        MICROSECONDS[last],
                                        time -> 2 * DENSITY * Math.sqrt(time / Math.PI))))));
    }

    /** Of a site, in the time, µs, in which as many hops are made in a direction. */
    private static double hopByHop(double hops) {
        double x = 2 * hops;
        return DENSITY * (0.5 + x * (bessel(0, x) + bessel(1, x)) + bessel(0, x) / 2);
    }

    /** Ions that react a second at a site, counted from when the flux is steady. */
    private static Statistics limitingRate(String concentration, double expected, int replicas)
            throws ScenarioException {
        double warmUp = 100e-6;
        double seconds = 3000 / 256.0 / expected;
        Experiment experiment = Experiment.of(
                "explicit",
                "lattice.size=[16, 16, 8]",
                "transport.reservoir.M2+.concentration.value=" + concentration,
                "protocol.steps.0.until.time=" + (warmUp + seconds) + " s");
        Statistics rates = new Statistics();
        for (int replica = 0; replica < replicas; replica++) {
            Simulation simulation = experiment.begin(replica, null);
            while (simulation.timeSeconds() < warmUp) {
                simulation.advance();
            }
            long before = simulation.electrons();
            double start = simulation.timeSeconds();
            while (simulation.endReason() == null) {
                simulation.advance();
            }
            rates.add((simulation.electrons() - before) / 2.0 / 256 / (simulation.timeSeconds() - start));
        }
        return rates;
    }

    /** e⁻ˣ Iₙ(x), from its integral. */
    private static double bessel(int n, double x) {
        double sum = 0;
        int steps = 2000;
        for (int k = 0; k < steps; k++) {
            double angle = Math.PI * (k + 0.5) / steps;
            sum += Math.exp(x * (Math.cos(angle) - 1)) * Math.cos(n * angle) / steps;
        }
        return sum;
    }
}
