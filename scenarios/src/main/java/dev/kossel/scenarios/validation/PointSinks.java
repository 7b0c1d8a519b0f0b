package dev.kossel.scenarios.validation;

import java.util.Arrays;
import java.util.List;

/**
 * Half balls on a plane that grow as fast as diffusion feeds them: each as if alone in the concentration that the others leave where it is, and a point in what it takes from them.
 *
 * <pre>
 *   dR²/dt = S² D c (1 + a/R),   c = 1 − Σ ∫ q(t′) 2 (4πD(t − t′))^(−3/2) exp(−r²/4D(t − t′)) dt′
 * </pre>
 *
 * <p>S is that of a ball that grows from nothing in an infinite solution, θ = S²/2 (1 − √π S/2 exp(S²/4) erfc(S/2)), with θ the concentration over that of the metal (Frank 1950, doi
 * 10.1098/rspa.1950.0080); √(2θ) where θ is small, as Scharifker and Hills have it. The sum is over the other nuclei and over the images of all in a periodic box; q is what a nucleus takes up,
 * relative to the bulk concentration. Exact for nuclei that are small against their distances, also where their zones overlap. Steps in time are implicit. O(steps² nuclei²).
 */
final class PointSinks {

    /** Nodes and weights of Gauss and Legendre's rule. */
    private static final double[] NODES = {-Math.sqrt(0.6), 0, Math.sqrt(0.6)};

    private static final double[] WEIGHTS = {5.0 / 18, 8.0 / 18, 5.0 / 18};
    private static final int MOST_TURNS = 200;
    private static final double SETTLED = 1e-8;
    /** Of D t over the square of an edge, from which on waves take fewer terms than images. */
    private static final double WAVES = 0.05;

    /** Where and when a nucleus is born, nm and s. */
    record Nucleus(double xNm, double yNm, double bornSeconds) {}

    private final double widthNm;
    private final double depthNm;
    private final double diffusivity;
    private final double theta;
    private final double growth;
    private final double firstNm2;
    private final double reachNm;

    /**
     * @param diffusivity D, nm²/s
     * @param theta concentration in the bulk over that of the metal
     * @param volumeNm3 of a nucleus when it is born
     * @param reachNm a, how far from the surface of a nucleus an ion is taken up
     */
    PointSinks(double widthNm, double depthNm, double diffusivity, double theta, double volumeNm3, double reachNm) {
        this.widthNm = widthNm;
        this.depthNm = depthNm;
        this.diffusivity = diffusivity;
        this.theta = theta;
        this.reachNm = reachNm;
        growth = Math.pow(frank(theta), 2);
        firstNm2 = Math.pow(3 * volumeNm3 / (2 * Math.PI), 2.0 / 3);
    }

    /** S of a ball whose radius is S√(Dt). */
    static double frank(double theta) {
        double low = Math.sqrt(2 * theta);
        double high = 4 * low;
        for (int n = 0; n < 60; n++) {
            double middle = (low + high) / 2;
            double supplied = middle * middle / 2 * (1 - Math.sqrt(Math.PI) / 2 * middle * scaledErfc(middle / 2));
            if (supplied < theta) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** exp(x²) erfc(x) = (2/√π) ∫ exp(−s² − 2sx) ds from 0 on, by the trapezoidal rule. */
    private static double scaledErfc(double x) {
        double sum = 0.5;
        double step = 1e-3;
        for (double s = step; s < 7; s += step) {
            sum += Math.exp(-s * (s + 2 * x));
        }
        return 2 / Math.sqrt(Math.PI) * sum * step;
    }

    /**
     * What the nuclei have taken up.
     *
     * @param seconds ascending from 0: the steps in time; where one is so long that uptakes do not settle, an {@link IllegalStateException} says so
     * @return the volume of metal that has been added to them at each of these, nm³
     */
    double[] grown(List<Nucleus> nuclei, double[] seconds) {
        int count = nuclei.size();
        double[] grown = new double[seconds.length];
        double[][] taken = new double[seconds.length][count];
        double[] squares = new double[count];
        Arrays.fill(squares, firstNm2);
        double[] concentration = new double[count];
        Arrays.fill(concentration, 1);
        for (int step = 1; step < seconds.length; step++) {
            double[] left = new double[count];
            Arrays.fill(left, 1);
            for (int past = 1; past < step; past++) {
                deplete(nuclei, seconds[step] - seconds[past], seconds[step] - seconds[past - 1], taken[past], left);
            }
            double[] now = new double[count];
            double[] next = new double[count];
            taken[step] = taken[step - 1].clone();
            double change = Double.POSITIVE_INFINITY;
            for (int turn = 0; turn < MOST_TURNS && change > SETTLED; turn++) {
                System.arraycopy(left, 0, now, 0, count);
                deplete(nuclei, 0, seconds[step] - seconds[step - 1], taken[step], now);
                change = 0;
                for (int k = 0; k < count; k++) {
                    now[k] = Math.max(0, now[k]);
                    double alive = Math.max(
                            0,
                            seconds[step]
                                    - Math.max(seconds[step - 1], nuclei.get(k).bornSeconds()));
                    double radius = Math.sqrt((squares[k] + Math.max(squares[k], next[k])) / 2);
                    next[k] = squares[k]
                            + growth * diffusivity * (1 + reachNm / radius) * (concentration[k] + now[k]) / 2 * alive;
                    double uptake =
                            (volume(next[k]) - volume(squares[k])) / theta / (seconds[step] - seconds[step - 1]);
                    change = Math.max(change, Math.abs(uptake - taken[step][k]) / (uptake + taken[step][k] + 1));
                    taken[step][k] = (uptake + taken[step][k]) / 2;
                }
            }
            if (change > SETTLED) {
                throw new IllegalStateException("uptakes do not settle in a step to " + seconds[step] + " s: too long");
            }
            grown[step] = grown[step - 1];
            for (int k = 0; k < count; k++) {
                grown[step] += volume(next[k]) - volume(squares[k]);
            }
            squares = next;
            concentration = now;
        }
        return grown;
    }

    private static double volume(double squareNm2) {
        return 2 * Math.PI / 3 * Math.pow(squareNm2, 1.5);
    }

    /** Takes from the concentration at each nucleus what the others took up at a constant rate between two times ago. */
    private void deplete(List<Nucleus> nuclei, double fromAgo, double toAgo, double[] taken, double[] concentration) {
        for (int node = 0; node < NODES.length; node++) {
            double reach = diffusivity * ((fromAgo + toAgo) / 2 + NODES[node] * (toAgo - fromAgo) / 2);
            double weight = WEIGHTS[node] * (toAgo - fromAgo) * 2 / Math.sqrt(4 * Math.PI * reach);
            // Of its own past a nucleus has had its share in S.
            double own = weight * (spread(0, reach, widthNm) * spread(0, reach, depthNm) - 1 / (4 * Math.PI * reach));
            for (int k = 0; k < taken.length; k++) {
                concentration[k] -= own * taken[k];
                for (int other = 0; other < k; other++) {
                    if (taken[k] > 0 || taken[other] > 0) {
                        double x = nuclei.get(k).xNm() - nuclei.get(other).xNm();
                        double y = nuclei.get(k).yNm() - nuclei.get(other).yNm();
                        double share = weight * spread(x, reach, widthNm) * spread(y, reach, depthNm);
                        concentration[k] -= share * taken[other];
                        concentration[other] -= share * taken[k];
                    }
                }
            }
        }
    }

    /** What was at 0 in one dimension, in a periodic box, after it has diffused; 1/nm. */
    private static double spread(double distanceNm, double reachNm2, double edgeNm) {
        double distance = Math.IEEEremainder(distanceNm, edgeNm);
        double sum = 0;
        if (reachNm2 > WAVES * edgeNm * edgeNm) {
            for (int wave = 1; wave <= 3; wave++) {
                double k = 2 * Math.PI * wave / edgeNm;
                sum += 2 * Math.cos(k * distance) * Math.exp(-k * k * reachNm2);
            }
            return (1 + sum) / edgeNm;
        }
        for (int image = -1; image <= 1; image++) {
            double to = distance + image * edgeNm;
            sum += Math.exp(-to * to / (4 * reachNm2));
        }
        return sum / Math.sqrt(4 * Math.PI * reachNm2);
    }
}
