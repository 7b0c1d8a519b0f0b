package dev.kossel.scenarios.physics;

import java.util.List;

/**
 * Water's own ions and weak acids in equilibrium with one another, everywhere and at once, while they diffuse: c(H+) c(OH−) = K_w and c(H+) c(A−) = K_a c(HA).
 *
 * <p>Neither of them is conserved, but the excess of base is: OH− + Σ A− − H+. Its flux is −∇ψ with
 *
 * <pre>
 *   ψ = D_OH c(OH−) + Σ D_b c(A−) − D_H c(H+)
 * </pre>
 *
 * <p>so in a steady state ∇²ψ is minus the production of base, exactly, whatever the diffusivities, and ψ falls with c(H+), which it determines. So does the excess itself, B, which is what changes in time: ∂B/∂t = ∇²ψ + the
 * production. That HA and A− diffuse alike makes their sum uniform. (The reaction invariants of instantaneous reactions: Olander 1960, doi 10.1002/aic.690060214.)
 *
 * <p>Concentrations in mol/L (activity coefficients are left out), diffusivities in nm²/s, so ψ in nm² mol/(L s). Immutable; thread-safe; allocates nothing once made.
 */
public final class AcidBase {

    /**
     * A weak acid.
     *
     * @param dissociation K_a, mol/L
     * @param concentration of both forms, mol/L
     * @param diffusivity of both forms
     */
    public record Buffer(double dissociation, double concentration, double diffusivity) {}

    private static final double LEAST_PROTONS = 1e-25;
    private static final double MOST_PROTONS = 1e5;
    private static final double RESOLUTION = 1e-14;

    private final double ionProduct;
    private final Sum potential;
    private final Sum base;

    /** @param ionProduct K_w, mol²/L² */
    public AcidBase(double ionProduct, double protonDiffusivity, double hydroxideDiffusivity, List<Buffer> buffers) {
        this.ionProduct = ionProduct;
        potential = new Sum(
                protonDiffusivity,
                hydroxideDiffusivity * ionProduct,
                buffers.stream()
                        .mapToDouble(buffer -> buffer.diffusivity() * buffer.concentration() * buffer.dissociation())
                        .toArray(),
                buffers);
        base = new Sum(
                1,
                ionProduct,
                buffers.stream()
                        .mapToDouble(buffer -> buffer.concentration() * buffer.dissociation())
                        .toArray(),
                buffers);
    }

    /**
     * K_w of pure water at atmospheric pressure, mol²/L²: Marshall and Franck 1981 (doi 10.1063/1.555643), in which the molality is that of a litre here, with the density of Kell 1975
     * (doi 10.1021/je60064a005). For 273 to 373 K.
     */
    public static double ionProductOfWater(double temperatureKelvin) {
        double t = temperatureKelvin - 273.15;
        double density = 1e-3
                * (999.83952
                        + t
                                * (16.945176
                                        + t
                                                * (-7.9870401e-3
                                                        + t
                                                                * (-46.170461e-6
                                                                        + t * (105.56302e-9 - t * 280.54253e-12)))))
                / (1 + 16.897850e-3 * t);
        double perKelvin = 1 / temperatureKelvin;
        double log = -4.098
                + perKelvin * (-3245.2 + perKelvin * (2.2362e5 - perKelvin * 3.984e7))
                + (13.957 + perKelvin * (-1262.3 + perKelvin * 8.5641e5)) * Math.log10(density);
        return Math.pow(10, log);
    }

    /** c(OH−) beside c(H+). */
    public double hydroxide(double protons) {
        return ionProduct / protons;
    }

    /** ψ. */
    public double potential(double protons) {
        return potential.at(protons);
    }

    /** −dψ/d ln c(H+), positive: how far the diffusion of base follows a change of the pH. */
    public double steepness(double protons) {
        return potential.steepness(protons);
    }

    /** B, the excess of base: OH− + Σ A− − H+, mol/L. */
    public double base(double protons) {
        return base.at(protons);
    }

    /** dB/dψ, s/nm²: between the inverse of the largest diffusivity and that of the smallest. */
    public double capacity(double protons) {
        return base.steepness(protons) / potential.steepness(protons);
    }

    /**
     * The c(H+) at which ψ has a value: Newton's method in its logarithm, kept inside a bracket.
     *
     * @param start where to begin, e.g. the last solution
     */
    public double protons(double potential, double start) {
        return this.potential.protons(potential, start);
    }

    /** The c(H+) at which B has a value, found likewise. */
    public double protonsOfBase(double base, double start) {
        return this.base.protons(base, start);
    }

    /** OH− and A− less H+, each counted by a weight of its own. */
    private static final class Sum {

        private final double ofProtons;
        /** The weight times K_w; */
        private final double ofHydroxide;
        /** the weights times the concentration of both forms and K_a. */
        private final double[] ofBuffers;

        private final double[] dissociations;

        Sum(double ofProtons, double ofHydroxide, double[] ofBuffers, List<Buffer> buffers) {
            this.ofProtons = ofProtons;
            this.ofHydroxide = ofHydroxide;
            this.ofBuffers = ofBuffers;
            dissociations = buffers.stream().mapToDouble(Buffer::dissociation).toArray();
        }

        double at(double protons) {
            double sum = ofHydroxide / protons - ofProtons * protons;
            for (int n = 0; n < ofBuffers.length; n++) {
                sum += ofBuffers[n] / (dissociations[n] + protons);
            }
            return sum;
        }

        /** Minus the derivative by ln c(H+). */
        double steepness(double protons) {
            double sum = ofHydroxide / protons + ofProtons * protons;
            for (int n = 0; n < ofBuffers.length; n++) {
                double both = dissociations[n] + protons;
                sum += ofBuffers[n] * protons / (both * both);
            }
            return sum;
        }

        double protons(double value, double start) {
            double low = Math.log(LEAST_PROTONS);
            double high = Math.log(MOST_PROTONS);
            double x = Math.log(start);
            for (double step = high - low; Math.abs(step) > RESOLUTION * Math.max(1, Math.abs(x)); ) {
                double protons = Math.exp(x);
                double excess = at(protons) - value;
                if (excess == 0) {
                    break;
                } else if (excess > 0) {
                    low = x;
                } else {
                    high = x;
                }
                double next = x + excess / steepness(protons);
                if (!(next > low && next < high)) {
                    next = (low + high) / 2;
                }
                step = next - x;
                x = next;
            }
            return Math.exp(x);
        }
    }
}
