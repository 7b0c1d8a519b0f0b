package dev.kossel.scenarios.physics;

import java.util.List;

/**
 * Relates current and overpotential: i(η) = (e/A) Σ_g S_g F_g(η), where S_g = Σ n k(η = 0) over all sites and processes of factor group g (electrons per
 * second, reductions positive, oxidations negative) and F_g is the group's {@link OverpotentialFactor}.
 *
 * <p>Plating currents are positive and go with negative overpotentials, so i falls monotonically with η. Immutable; thread-safe.
 */
public final class ElectrodeKinetics {

    /** Beyond this no electrode makes sense; a solution there means that the current cannot be carried. */
    public static final double LARGEST_OVERPOTENTIAL_VOLTS = 10;

    private final List<OverpotentialFactor> factors;
    private final double areaSquareMetres;

    /** @param factors of the groups 1, 2, …; group 0 is what does not depend on the potential */
    public ElectrodeKinetics(List<OverpotentialFactor> factors, double areaSquareMetres) {
        this.factors = List.copyOf(factors);
        this.areaSquareMetres = areaSquareMetres;
    }

    /** Groups, the constant one included. */
    public int groupCount() {
        return factors.size() + 1;
    }

    public double areaSquareMetres() {
        return areaSquareMetres;
    }

    /** The factors of all groups at η. */
    public void factors(double overpotentialVolts, double[] out) {
        out[0] = 1;
        for (int g = 1; g < out.length; g++) {
            out[g] = factors.get(g - 1).at(overpotentialVolts);
        }
    }

    /**
     * Current density, A/m², plating positive.
     *
     * @param electronsPerSecond S_g for every group, at η = 0
     */
    public double currentDensity(double[] electronsPerSecond, double overpotentialVolts) {
        double sum = 0;
        for (int g = 1; g < electronsPerSecond.length; g++) {
            sum += electronsPerSecond[g] * factors.get(g - 1).at(overpotentialVolts);
        }
        return sum * Constants.ELEMENTARY_CHARGE / areaSquareMetres;
    }

    /**
     * The overpotential at which {@code currentDensity} flows: Newton's method kept inside a bracket.
     *
     * @param start where to start, e.g. the last solution, V
     * @return η in V; ±{@link #LARGEST_OVERPOTENTIAL_VOLTS} if no overpotential in that range carries the current
     */
    public double overpotential(double[] electronsPerSecond, double currentDensity, double start) {
        double low = -LARGEST_OVERPOTENTIAL_VOLTS;
        double high = LARGEST_OVERPOTENTIAL_VOLTS;
        if (currentDensity(electronsPerSecond, low) <= currentDensity) {
            return low;
        }
        if (currentDensity(electronsPerSecond, high) >= currentDensity) {
            return high;
        }
        double eta = start;
        for (int iteration = 0; iteration < 200; iteration++) {
            double excess = currentDensity(electronsPerSecond, eta) - currentDensity;
            if (excess > 0) {
                low = eta;
            } else {
                high = eta;
            }
            // Newton on the exponentials converges slowly from far away, and the bracket then halves instead.
            double next = eta - excess / slope(electronsPerSecond, eta);
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - eta) < 1e-12) {
                return next;
            }
            eta = next;
        }
        return eta;
    }

    private double slope(double[] electronsPerSecond, double overpotentialVolts) {
        double sum = 0;
        for (int g = 1; g < electronsPerSecond.length; g++) {
            sum += electronsPerSecond[g] * factors.get(g - 1).slopeAt(overpotentialVolts);
        }
        return sum * Constants.ELEMENTARY_CHARGE / areaSquareMetres;
    }
}
