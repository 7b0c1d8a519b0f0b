package dev.kossel.scenarios.physics;

import java.util.List;

/**
 * Relates current and overpotential: i(η) = (e/A) Σ_g S_g F_g(η), where S_g = Σ n k(η = 0) over all sites and processes
 * of factor group g (electrons per second, reductions positive, oxidations negative) and F_g is the group's
 * {@link OverpotentialFactor}.
 *
 * <p>Plating currents are positive and go with negative overpotentials, so i falls monotonically with η. Immutable;
 * thread-safe.
 */
public final class ElectrodeKinetics {

    /** Beyond this no electrode makes sense; a solution there means that the current cannot be carried. */
    public static final double LARGEST_OVERPOTENTIAL_VOLTS = 10;

    /** Far below what matters to a rate: a change of 10⁻¹² kT/e. */
    private static final double RESOLUTION_VOLTS = 1e-13;

    /** A step of Newton's method that leaves an error below the resolution. */
    private static final double LAST_STEP_VOLTS = 1e-8;

    /** Steps of Newton's method before a bracket is sought: from the last solution, two or three are enough. */
    private static final int FREE_STEPS = 8;

    private final OverpotentialFactor[] factors;
    private final double areaSquareMetres;

    /** @param factors of the groups 1, 2, …; group 0 is what does not depend on the potential */
    public ElectrodeKinetics(List<OverpotentialFactor> factors, double areaSquareMetres) {
        this.factors = factors.toArray(OverpotentialFactor[]::new);
        this.areaSquareMetres = areaSquareMetres;
    }

    /** Groups, the constant one included. */
    public int groupCount() {
        return factors.length + 1;
    }

    public double areaSquareMetres() {
        return areaSquareMetres;
    }

    /** The factors of all groups at η. */
    public void factors(double overpotentialVolts, double[] out) {
        out[0] = 1;
        for (int g = 1; g < out.length; g++) {
            out[g] = factors[g - 1].at(overpotentialVolts);
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
            // A factor may overflow where nobody is there to use it.
            if (electronsPerSecond[g] != 0) {
                sum += electronsPerSecond[g] * factors[g - 1].at(overpotentialVolts);
            }
        }
        return sum * Constants.ELEMENTARY_CHARGE / areaSquareMetres;
    }

    /**
     * What flows both ways at once, A/m²: twice the smaller of reductions and oxidations, so 2i₀ at equilibrium and nothing far from it.
     *
     * @param electronsPerSecond S_g for every group, at η = 0
     * @param factorsNow of all groups, as {@link #factors} finds them
     */
    public double exchangedCurrentDensity(double[] electronsPerSecond, double[] factorsNow) {
        double reduced = 0;
        double oxidised = 0;
        for (int g = 1; g < electronsPerSecond.length; g++) {
            if (electronsPerSecond[g] > 0) {
                reduced += electronsPerSecond[g] * factorsNow[g];
            } else if (electronsPerSecond[g] < 0) {
                oxidised -= electronsPerSecond[g] * factorsNow[g];
            }
        }
        return 2 * Math.min(reduced, oxidised) * Constants.ELEMENTARY_CHARGE / areaSquareMetres;
    }

    /**
     * The overpotential at which {@code currentDensity} flows: Newton's method and, where that does not settle, Newton's
     * method kept inside a bracket, which is halved wherever the steps shrink too slowly (W. H. Press et al., Numerical
     * Recipes, 3rd ed., Cambridge 2007, section 9.4). Near the solution it costs two evaluations of the factors.
     *
     * @param start where to start, e.g. the last solution, V
     * @return η in V; ±{@link #LARGEST_OVERPOTENTIAL_VOLTS} if no overpotential in that range carries the current
     */
    public double overpotential(double[] electronsPerSecond, double currentDensity, double start) {
        double eta = start;
        for (int n = 0; n < FREE_STEPS; n++) {
            double next = newton(electronsPerSecond, currentDensity, eta);
            // The negation catches NaN, where exponentials overflow or nothing carries a current.
            if (!(Math.abs(next) < LARGEST_OVERPOTENTIAL_VOLTS)) {
                break;
            }
            // The error after a step is the step's square times less than 1000/V.
            if (Math.abs(next - eta) < LAST_STEP_VOLTS) {
                return next;
            }
            eta = next;
        }
        return bracketed(electronsPerSecond, currentDensity, start);
    }

    private double bracketed(double[] electronsPerSecond, double currentDensity, double start) {
        double low = -LARGEST_OVERPOTENTIAL_VOLTS;
        double high = LARGEST_OVERPOTENTIAL_VOLTS;
        if (currentDensity(electronsPerSecond, low) <= currentDensity) {
            return low;
        }
        if (currentDensity(electronsPerSecond, high) >= currentDensity) {
            return high;
        }
        double eta = start;
        double lastStep = high - low;
        while (true) {
            double excess = currentDensity(electronsPerSecond, eta) - currentDensity;
            if (excess == 0) {
                return eta;
            } else if (excess > 0) {
                low = eta;
            } else {
                high = eta;
            }
            double next = newton(electronsPerSecond, currentDensity, eta);
            // On an exponential, Newton comes down in equal steps of kT/αne. The negations catch NaN, where
            // exponentials overflow.
            boolean shrinks = Math.abs(next - eta) < lastStep / 2;
            if (!(next > low && next < high && shrinks)) {
                next = (low + high) / 2;
            }
            lastStep = Math.abs(next - eta);
            if (lastStep < RESOLUTION_VOLTS) {
                return next;
            }
            eta = next;
        }
    }

    /** One step of Newton's method from η. */
    private double newton(double[] electronsPerSecond, double currentDensity, double eta) {
        double sum = 0;
        double slope = 0;
        for (int g = 1; g < electronsPerSecond.length; g++) {
            if (electronsPerSecond[g] != 0) {
                OverpotentialFactor of = factors[g - 1];
                double factor = of.at(eta);
                sum += electronsPerSecond[g] * factor;
                slope += electronsPerSecond[g] * of.slopeAt(eta, factor);
            }
        }
        return eta - (sum - currentDensity * areaSquareMetres / Constants.ELEMENTARY_CHARGE) / slope;
    }
}
