package dev.kossel.engine.process;

/**
 * The rate of an event as a function of the energies around it.
 *
 * <p>Evaluated when a scenario is compiled into tables, not in the loop (patterns excepted). A law must not increase
 * with ΔE and must not decrease with the initial energy: rate tables take their bounds from the extremes. Stateless;
 * thread-safe.
 */
@FunctionalInterface
public interface RateLaw {

    /**
     * @param deltaEnergy E(after) − E(before)
     * @param initialEnergy all terms of the Hamiltonian that involve a changing site, before the event
     * @param siteType type of the (first) site of the event
     * @param layerStep layers from the first site of a pair up to the second: 0 within a layer; in a pattern the most
     *     between the anchor and a site that changes, without sign. Patterns take their bounds from 0 and 1
     * @return the rate in s⁻¹, finite and not negative, before the factor of the process is applied
     */
    double rate(double deltaEnergy, double initialEnergy, int siteType, int layerStep);
}
