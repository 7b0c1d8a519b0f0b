package dev.kossel.scenarios.validation;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** First passages reach the electrode where and when hops do. */
final class FirstPassageCheck implements Check {

    /** Of the ion above the layer in which it reacts, and of the top layer. */
    private static final int START = 13;

    /** Of the box, along x. */
    private static final int EDGE = 30;

    private static final int TOP = 78;

    @Override
    public String name() {
        return "first-passage";
    }

    @Override
    public String law() {
        return "below a closed top the mean time is k(2M − k + 1)/2Γ, and ⟨cos(2πx/L)⟩ where it ends is ⟨exp(−2Γ(1 − cos(2π/L)) t)⟩ = cosh((M − k + ½)θ)/cosh((M + ½)θ), 2 cosh θ = 4 − 2 cos(2π/L)";
    }

    @Override
    public String source() {
        return "Feller, Probability Theory vol. 1, section XIV; Opplestrup et al. 2006, doi 10.1103/PhysRevLett.97.230602";
    }

    /** Times, places and events of walks. */
    private record Hits(double[] seconds, Statistics time, Statistics cosine, double eventsPerWalk) {

        static Hits of(boolean passages, int walks) throws ScenarioException {
            Experiment experiment = Experiment.of("first-passage", "transport.first-passage=" + passages);
            LatticeGeometry geometry = experiment.geometry();
            int reaction = experiment.process("reaction");
            double[] seconds = new double[walks];
            Statistics time = new Statistics();
            Statistics cosine = new Statistics();
            double events = 0;
            for (int walk = 0; walk < walks; walk++) {
                int[] place = new int[1];
                Simulation simulation = experiment.begin(41L + walk, (at, event) -> {
                    if (event.process() == reaction) {
                        place[0] = event.site(0);
                    }
                });
                while (simulation.electrons() == 0) {
                    simulation.advance();
                }
                seconds[walk] = simulation.timeSeconds();
                time.add(seconds[walk]);
                cosine.add(Math.cos(2 * Math.PI * (geometry.cellX(place[0]) - EDGE / 2) / EDGE));
                events += simulation.kmc().events();
            }
            Arrays.sort(seconds);
            return new Hits(seconds, time, cosine, events / walks);
        }

        /** The part of the walks that have ended. */
        double ended(double at) {
            int found = Arrays.binarySearch(seconds, at);
            return (double) (found >= 0 ? found + 1 : -found - 1) / seconds.length;
        }
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        Hits hops = Hits.of(false, effort.of(400, 3_000));
        Hits passages = Hits.of(true, effort.of(2_000, 20_000));
        double distance = 0;
        for (double at : hops.seconds) {
            distance = Math.max(distance, Math.abs(hops.ended(at) - passages.ended(at)));
        }
        double n = hops.seconds.length;
        double m = passages.seconds.length;
        double mean = START * (2 * TOP - START + 1) / 2.0;
        double coshine = 2 - Math.cos(2 * Math.PI / EDGE);
        double theta = Math.log(coshine + Math.sqrt(coshine * coshine - 1));
        double cosine = Math.cosh((TOP - START + 0.5) * theta) / Math.cosh((TOP + 0.5) * theta);
        double[] times = new double[60];
        double[] byHops = new double[times.length];
        double[] byPassages = new double[times.length];
        for (int t = 0; t < times.length; t++) {
            times[t] = 25.0 * t;
            byHops[t] = hops.ended(times[t]);
            byPassages[t] = passages.ended(times[t]);
        }
        return new Findings(
                List.of(
                        Measurement.equal("mean time, hops in a direction", mean, passages.time, 0.06 * mean),
                        Measurement.equal("place: ⟨cos(2πx/L)⟩", cosine, passages.cosine, 0.02),
                        Measurement.atLeast(
                                "times of both: probability of so large a Kolmogorov–Smirnov distance",
                                0.01,
                                Statistics.kolmogorovProbability(distance, (int) (n * m / (n + m)))),
                        Measurement.atMost(
                                "events over those by hops", 0.1, passages.eventsPerWalk / hops.eventsPerWalk)),
                List.of(new LinePlot(
                        "Walks that have ended",
                        Axis.linear("Time (hops in a direction)"),
                        Axis.linear("Part"),
                        List.of(new Curve("hops", times, byHops), new Curve("first passages", times, byPassages)))));
    }
}
