package dev.kossel.scenarios.physics;

/**
 * A salt alone in its solvent, of whose two ions one reacts at the electrode and the other does not. Theory of dilute solutions (J. Newman, N. P. Balsara, Electrochemical Systems, 4th edition, Wiley 2021, chapter 11):
 *
 * <pre>
 *   N  = −D ∇c + t i/(zF)          what moves of the ion that reacts
 *   i  = −κ ∇Ψ,   Ψ = φ + (t/z + (1 − t)/z′)(kT/e) ln c
 *   κ  = z² |z′| D c e²/((|z| + |z′|) t (1 − t) kT)          Nernst–Einstein
 * </pre>
 *
 * <p>with c the concentration of the ion, z and z′ the charge numbers of it and of the other, t its transference number, and D the diffusivity of the salt, (|z| + |z′|) D₁D₂/(|z| D₁ + |z′| D₂) with those of the ions. Where the other
 * ion is at rest, φ = −(kT/z′e) ln c up to a constant: it is distributed as Boltzmann has it. Immutable.
 *
 * @param charge z, not 0
 * @param counterCharge z′, of the other sign
 * @param transferenceNumber t, the part of the current that the ion carries where the concentration is uniform; between 0 and 1
 */
public record BinarySalt(int charge, int counterCharge, double transferenceNumber) {

    /** @throws IllegalArgumentException if these are no two ions that share a current */
    public BinarySalt {
        if ((long) charge * counterCharge >= 0 || !(transferenceNumber > 0 && transferenceNumber < 1)) {
            throw new IllegalArgumentException("charges " + charge + " and " + counterCharge + ", transference number "
                    + transferenceNumber + ": expected opposite signs, and a number between 0 and 1");
        }
    }

    /** How much of the ion migration brings to the electrode with one elementary charge that passes from the electrolyte into it: t/z. */
    public double broughtPerCharge() {
        return transferenceNumber / charge;
    }

    /** By how many kT/e the potential falls, where no current flows, with an e-fold concentration: t/z + (1 − t)/z′. */
    public double diffusionPotential() {
        return transferenceNumber / charge + (1 - transferenceNumber) / counterCharge;
    }

    /** κ/(e² c): what a particle of the ion in a unit of volume, and what goes with it of the other, add to the conductivity over e². */
    public double conductivityPerParticle(double diffusivity, double kT) {
        double z = Math.abs(charge);
        double other = Math.abs(counterCharge);
        return z * z * other * diffusivity / ((z + other) * transferenceNumber * (1 - transferenceNumber) * kT);
    }

    /** Diffusivity of the ion itself, in a salt of diffusivity D: |z′| D/((|z| + |z′|)(1 − t)). */
    public double diffusivity(double ofSalt) {
        double other = Math.abs(counterCharge);
        return other * ofSalt / ((Math.abs(charge) + other) * (1 - transferenceNumber));
    }

    /** Diffusivity of the other ion, in a salt of diffusivity D: |z| D/((|z| + |z′|) t). */
    public double counterDiffusivity(double ofSalt) {
        double z = Math.abs(charge);
        return z * ofSalt / ((z + Math.abs(counterCharge)) * transferenceNumber);
    }
}
