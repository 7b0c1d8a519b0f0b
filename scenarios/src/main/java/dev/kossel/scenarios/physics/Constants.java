package dev.kossel.scenarios.physics;

/** Physical constants: exact values of the SI since 2019 (CODATA 2018, doi 10.1103/RevModPhys.93.025010). */
public final class Constants {

    /** Elementary charge e, C; also joules per electronvolt. */
    public static final double ELEMENTARY_CHARGE = 1.602176634e-19;

    /** Boltzmann constant k, J/K. */
    public static final double BOLTZMANN = 1.380649e-23;

    /** Avogadro constant N_A, 1/mol. */
    public static final double AVOGADRO = 6.02214076e23;

    /** Faraday constant F = e N_A, C/mol. */
    public static final double FARADAY = ELEMENTARY_CHARGE * AVOGADRO;

    private Constants() {}

    /** kT in eV. */
    public static double thermalEnergyEv(double temperatureKelvin) {
        return BOLTZMANN * temperatureKelvin / ELEMENTARY_CHARGE;
    }
}
