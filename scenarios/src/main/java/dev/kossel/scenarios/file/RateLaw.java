package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.units.Measure.CONCENTRATION;
import static dev.kossel.scenarios.units.Measure.CURRENT_DENSITY;
import static dev.kossel.scenarios.units.Measure.ENERGY;
import static dev.kossel.scenarios.units.Measure.FLUX;
import static dev.kossel.scenarios.units.Measure.POTENTIAL;
import static dev.kossel.scenarios.units.Measure.RATE;
import static dev.kossel.scenarios.units.Measure.TEMPERATURE;

import dev.kossel.scenarios.units.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fast a process is; see docs/model.md for the formulae. */
@Doc(
        "How fast a process is: k, a rate in 1/s for each site where it can happen. ΔE is the energy after less the energy before.")
@Variants(by = "type")
public sealed interface RateLaw
        permits RateLaw.Constant,
                RateLaw.Arrhenius,
                RateLaw.BondCounting,
                RateLaw.Bep,
                RateLaw.Metropolis,
                RateLaw.Kawasaki,
                RateLaw.LineOfSight,
                RateLaw.Precipitation,
                RateLaw.Electrochemical {

    @Doc("A fixed rate.")
    record Constant(
            @Key(value = "k.", example = "10 /s", min = 0, physical = true) @Of(RATE)
            Quantity rate) implements RateLaw {}

    @Doc("k = ν exp(−Ea/kT).")
    record Arrhenius(
            @Key(value = "ν.", example = "1e13 /s", min = 0, physical = true) @Of(RATE)
            Quantity prefactor,

            @Key(
                    value =
                            "Ea: one for all, or one for each type of the (first) site, `other` standing for those not named.",
                    example = "{bridge: 0.4 eV, other: 0.5 eV}",
                    min = 0,
                    max = 100,
                    physical = true)
            EnergyBySite activationEnergy)
            implements RateLaw {}

    @Doc(
            "k = ν exp(−Ea/kT) with Ea = barrier − E, where E is the sum of all site and pair energies that the changing sites have before the event; "
                    + "an inter-layer hop adds the step-edge barrier.")
    record BondCounting(
            @Key(value = "ν.", example = "1e13 /s", min = 0, physical = true) @Of(RATE)
            Quantity prefactor,

            @Key(
                    value = "Energy of the saddle point: the barrier without any bond.",
                    example = "0.1 eV",
                    min = -100,
                    max = 100,
                    physical = true)
            @Of(ENERGY)
            Quantity barrier,

            @Key(
                    value = "Ehrlich–Schwoebel barrier: added where the hop changes the layer.",
                    example = "0.03 eV",
                    fallback = "0 eV",
                    min = -100,
                    max = 100,
                    physical = true)
            @Of(ENERGY)
            Quantity stepEdgeBarrier)
            implements RateLaw {}

    @Doc("Brønsted–Evans–Polanyi: k = ν exp(−Ea/kT) with Ea = max(0, ΔE, barrier + slope · ΔE).")
    record Bep(
            @Key(value = "ν.", example = "1e13 /s", min = 0, physical = true) @Of(RATE)
            Quantity prefactor,

            @Key(value = "Barrier where ΔE = 0.", example = "0.3 eV", min = -100, max = 100, physical = true)
            @Of(ENERGY)
            Quantity barrier,

            @Key(
                    value = "How much of ΔE goes into the barrier.",
                    example = "0.5",
                    fallback = "0.5",
                    min = 0,
                    max = 1,
                    physical = true)
            double slope,

            @Key(
                    value = "Ehrlich–Schwoebel barrier: added where the hop changes the layer.",
                    example = "0.03 eV",
                    fallback = "0 eV",
                    min = -100,
                    max = 100,
                    physical = true)
            @Of(ENERGY)
            Quantity stepEdgeBarrier)
            implements RateLaw {}

    @Doc("k = ν min(1, exp(−ΔE/kT)).")
    record Metropolis(
            @Key(value = "ν.", example = "1e12 /s", min = 0, physical = true) @Of(RATE)
            Quantity prefactor) implements RateLaw {}

    @Doc("k = ν / (1 + exp(ΔE/kT)).")
    record Kawasaki(
            @Key(value = "ν.", example = "1e12 /s", min = 0, physical = true) @Of(RATE)
            Quantity prefactor) implements RateLaw {}

    @Doc(
            "Arrival from above in line of sight, for a one-way reaction `A -> B` at one site. A particle comes down one column (sites with the same x "
                    + "and y, evenly drawn) through sites that hold A, stays on the topmost of them that satisfies `site-types` and `where`, and turns it into "
                    + "B; where something else is met first, the attempt fails. Failed attempts are null events. Give exactly one of `rate`, "
                    + "`monolayers`, `flux` and `current-density`; each counts attempts.")
    record LineOfSight(
            @Key(value = "Attempts per column.", example = "0.01 /s", min = 0, physical = true) @Of(RATE) @Nullable
            Quantity rate,

            @Key(value = "Attempts per site of a layer.", example = "0.1 /s", min = 0, physical = true)
            @Of(RATE)
            @Nullable
            Quantity monolayers,

            @Key(value = "Attempts per area.", example = "1e18 /(m^2 s)", min = 0, physical = true) @Of(FLUX) @Nullable
            Quantity flux,

            @Key(
                    value = "Attempts per area, as the current density of their `electrons`.",
                    example = "1 mA/cm^2",
                    min = 0,
                    physical = true)
            @Of(CURRENT_DENSITY)
            @Nullable
            Quantity currentDensity,

            @Key(
                    value = "The probability that an attempt does not fail beforehand.",
                    example = "0.5",
                    fallback = "1",
                    min = 0,
                    max = 1,
                    physical = true)
            double sticking,

            @Key(
                    value =
                            "The electrons that an arrival takes up: booked as charge, but no current and no potential changes the rate.",
                    example = "1",
                    fallback = "0",
                    min = 0,
                    max = 20)
            int electrons,

            @Key(
                    value =
                            "Whether `events.csv` counts the attempts that fail, as a process with `-failed` after its name.",
                    example = "true",
                    fallback = "false")
            boolean countFailures)
            implements RateLaw {}

    @Doc(
            "Precipitation from the electrolyte and dissolution into it, for a reaction at one site under `transport: continuum`. With the supersaturation S = Π (c/c_sat)^ν over "
                    + "the ions that `transport.reactions` says are consumed, ν of each: k = k0 S exp(−β(ΔE − E_k)/kT), where E_k is the energy of the kink site; "
                    + "the reverse, k0 exp((1−β)(ΔE − E_k)/kT), so that a kink is in equilibrium with the saturated solution.")
    record Precipitation(
            @Key(
                    value = "k0, the rate at which a kink exchanges with the saturated solution.",
                    example = "10 /s",
                    min = 0,
                    aboveMin = true,
                    physical = true)
            @Of(RATE)
            Quantity rateConstant,

            @Key(
                    value =
                            "c_sat: a solution of these ions, all that are consumed, is saturated. Together they are the solubility product.",
                    example = "{OH-: 3.2e-9 M}",
                    min = 0,
                    aboveMin = true,
                    physical = true)
            Map<String, @Of(CONCENTRATION) Quantity> saturation,

            @Key(
                    value = "β, the part of ΔE − E_k that goes into the rate from left to right.",
                    example = "0.5",
                    fallback = "0.5",
                    min = 0,
                    max = 1,
                    physical = true)
            double symmetryFactor,

            @Key(
                    value = "Ea of k0: k0 is multiplied by exp(−Ea/k (1/T − 1/T_ref)).",
                    example = "0.5 eV",
                    min = 0,
                    max = 100,
                    physical = true)
            @Of(ENERGY)
            @Nullable
            Quantity activationEnergy,

            @Key(
                    value = "T_ref, at which k0 is given.",
                    example = "298.15 K",
                    fallback = "298.15 K",
                    min = 1,
                    max = 5000,
                    physical = true)
            @Of(TEMPERATURE)
            Quantity referenceTemperature)
            implements RateLaw {}

    @Doc(
            "Charge transfer at one site. `->` and `<->` read from the oxidised to the reduced species. With f = e/kT and the overpotential η (negative is "
                    + "cathodic), Butler–Volmer: k_red = k0 a^m exp(−α(ΔE − E_k)/kT) exp(−α n f η), k_ox = k0 exp((1−α)(ΔE − E_k)/kT) exp((1−α) n f η), where "
                    + "E_k is the energy of the kink site. Give either `exchange-current-density` or `rate-constant`. `A -> A` is a turnover: charge passes and the "
                    + "site stays as it is.")
    record Electrochemical(
            @Key(
                    value = "n, the electrons taken up from left to right.",
                    example = "2",
                    fallback = "1",
                    min = 1,
                    max = 20)
            int electrons,

            @Key(
                    value = "Dependence on the overpotential.",
                    example = "marcus-hush-chidsey",
                    fallback = "butler-volmer")
            Kinetics kinetics,

            @Key(value = "α.", example = "0.5", fallback = "0.5", min = 0, max = 1, physical = true)
            double transferCoefficient,

            @Key(
                    value = "λ, for Marcus–Hush–Chidsey.",
                    example = "0.3 eV",
                    min = 0,
                    aboveMin = true,
                    max = 100,
                    physical = true)
            @Of(ENERGY)
            @Nullable
            Quantity reorganizationEnergy,

            @Key(
                    value =
                            "i0 as measured on an electrode of which a fraction x of the sites are kinks: k0 is i0 times the area of a site over x n e.",
                    example = "0.068 mA/cm^2",
                    min = 0,
                    aboveMin = true,
                    physical = true)
            @Of(CURRENT_DENSITY)
            @Nullable
            Quantity exchangeCurrentDensity,

            @Key(
                    value = "x, the fraction of kink sites on the electrode whose i0 was measured.",
                    example = "0.01",
                    fallback = "1",
                    min = 0,
                    aboveMin = true,
                    max = 1,
                    physical = true)
            double kinkFraction,

            @Key(value = "k0.", example = "1e3 /s", min = 0, aboveMin = true, physical = true) @Of(RATE) @Nullable
            Quantity rateConstant,

            @Key(
                    value = "Ea of i0 or k0: k0 is multiplied by exp(−Ea/k (1/T − 1/T_ref)).",
                    example = "72.96 kJ/mol",
                    min = 0,
                    max = 100,
                    physical = true)
            @Of(ENERGY)
            @Nullable
            Quantity activationEnergy,

            @Key(
                    value = "T_ref, at which i0 or k0 was measured.",
                    example = "298.15 K",
                    fallback = "298.15 K",
                    min = 1,
                    max = 5000,
                    physical = true)
            @Of(TEMPERATURE)
            Quantity referenceTemperature,

            @Key(value = "a, the activity of the ion.", example = "0.8", fallback = "1", min = 0, physical = true)
            double activity,

            @Key(value = "m.", example = "0.5", fallback = "1", min = -10, max = 10, physical = true)
            double activityExponent,

            @Key(
                    value =
                            "The η at which a kink is in equilibrium at a = 1: 0 for the metal whose electrode η is measured against; for another reaction, what its "
                                    + "reversible potential lies above that of the metal. η less this stands in place of η.",
                    example = "0.5 V",
                    fallback = "0 V",
                    min = -100,
                    max = 100,
                    physical = true)
            @Of(POTENTIAL)
            Quantity equilibrium)
            implements RateLaw {}

    @Doc("Dependence of charge transfer on the overpotential.")
    enum Kinetics {
        @Doc("exponentials of the overpotential")
        BUTLER_VOLMER,
        @Doc("Marcus' parabolae over the metal's Fermi distribution; needs `reorganization-energy`")
        MARCUS_HUSH_CHIDSEY
    }
}
