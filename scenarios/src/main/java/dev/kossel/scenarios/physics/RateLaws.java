package dev.kossel.scenarios.physics;

import dev.kossel.engine.process.RateLaw;

/**
 * The rate laws of the model, as functions of energies in eV.
 *
 * <p>Every law of a reversible pair of processes obeys detailed balance, k(forward)/k(reverse) = exp(−ΔE/kT), because
 * the reverse is always made by {@link #reversed} (or, for charge transfer, as the other half of {@link #reduction})
 * from the same ΔE.
 */
public final class RateLaws {

    private RateLaws() {}

    /** k = ν exp(−Ea/kT), with one Ea a site type. */
    public static RateLaw arrhenius(double prefactorPerSecond, double[] activationEnergyEv, double kT) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) ->
                prefactorPerSecond * Math.exp(-activationEnergyEv[siteType] / kT);
    }

    /**
     * k = ν exp(−(E_d − E_initial)/kT): breaking all bonds that the changing sites have, on top of a diffusion barrier
     * E_d; a change of layer adds the Ehrlich–Schwoebel barrier (doi 10.1063/1.1726787, 10.1063/1.1707904). The
     * transition state has a fixed energy, so detailed balance holds.
     */
    public static RateLaw bondCounting(double prefactorPerSecond, double barrierEv, double stepEdgeEv, double kT) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) ->
                prefactorPerSecond * Math.exp(-(barrierEv + (layerStep == 0 ? 0 : stepEdgeEv) - initialEnergy) / kT);
    }

    /**
     * Brønsted–Evans–Polanyi: Ea = max(0, ΔE, E_0 + ω ΔE), 0 ≤ ω ≤ 1 (doi 10.1039/TF9383400011); a change of layer adds
     * the Ehrlich–Schwoebel barrier to E_0.
     */
    public static RateLaw brønstedEvansPolanyi(
            double prefactorPerSecond, double barrierEv, double slope, double stepEdgeEv, double kT) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) -> {
            double barrier = barrierEv + (layerStep == 0 ? 0 : stepEdgeEv) + slope * deltaEnergy;
            return prefactorPerSecond * Math.exp(-Math.max(Math.max(0, deltaEnergy), barrier) / kT);
        };
    }

    /** k = ν min(1, exp(−ΔE/kT)) (Metropolis et al. 1953, doi 10.1063/1.1699114). */
    public static RateLaw metropolis(double prefactorPerSecond, double kT) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) ->
                prefactorPerSecond * Math.min(1, Math.exp(-deltaEnergy / kT));
    }

    /** k = ν / (1 + exp(ΔE/kT)) (Kawasaki 1966, doi 10.1103/PhysRev.145.224). */
    public static RateLaw kawasaki(double prefactorPerSecond, double kT) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) ->
                prefactorPerSecond / (1 + Math.exp(deltaEnergy / kT));
    }

    /** A rate that depends on nothing. */
    public static RateLaw constant(double ratePerSecond) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) -> ratePerSecond;
    }

    /** Reduction at η = 0: k = k₀ exp(−α(ΔE − E_k)/kT). At the kink, ΔE = E_k, reduction and oxidation balance. */
    public static RateLaw reduction(
            double exchangeRatePerSecond, double transferCoefficient, double kinkEv, double kT) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) ->
                exchangeRatePerSecond * Math.exp(-transferCoefficient * (deltaEnergy - kinkEv) / kT);
    }

    /**
     * Oxidation at η = 0, the reverse of {@link #reduction}: k = k₀ exp((1 − α)(ΔE − E_k)/kT), ΔE being that of the
     * reduction.
     */
    public static RateLaw oxidation(
            double exchangeRatePerSecond, double transferCoefficient, double kinkEv, double kT) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) ->
                exchangeRatePerSecond * Math.exp((1 - transferCoefficient) * (-deltaEnergy - kinkEv) / kT);
    }

    /**
     * The law of the reverse process: k(reverse) = k(forward) · exp(ΔE(forward)/kT), whatever the forward law is. The
     * reverse of a pair process starts from the same first site, so site type and layer step are those of the forward
     * process.
     */
    public static RateLaw reversed(RateLaw forward, double kT) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) ->
                forward.rate(-deltaEnergy, initialEnergy + deltaEnergy, siteType, layerStep)
                        * Math.exp(-deltaEnergy / kT);
    }

    /** A law slowed down or sped up by a constant factor. */
    public static RateLaw scaled(RateLaw law, double factor) {
        return (deltaEnergy, initialEnergy, siteType, layerStep) ->
                factor * law.rate(deltaEnergy, initialEnergy, siteType, layerStep);
    }
}
