package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.units.Measure.CONCENTRATION;
import static dev.kossel.scenarios.units.Measure.CONDUCTIVITY;
import static dev.kossel.scenarios.units.Measure.DIFFUSIVITY;
import static dev.kossel.scenarios.units.Measure.LENGTH;
import static dev.kossel.scenarios.units.Measure.POTENTIAL;
import static dev.kossel.scenarios.units.Measure.TIME;

import dev.kossel.scenarios.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How ions come to the electrode and current through the electrolyte; see docs/model.md for the equations. */
@Doc("How ions come to the electrode and current through the electrolyte.")
@Variants(by = "type")
public sealed interface Transport permits Transport.Reservoir, Transport.Continuum, Transport.Explicit {

    @Doc("Everywhere and at all times as in the bulk: kinetics alone decide.")
    record Reservoir() implements Transport {}

    @Doc(
            "Concentrations and the potential around the surface as it is, on a grid of their own. Each charge transfer goes at the activity and the overpotential of its place.")
    record Continuum(
            @Key(
                    value =
                            "δ, the thickness of the layer above the box, at whose top there is bulk electrolyte. Up there everything is laterally uniform, so the "
                                    + "layer may be a thousand times as thick as the box is wide.",
                    example = "100 um",
                    min = 0,
                    aboveMin = true,
                    physical = true)
            @Of(LENGTH)
            Quantity boundaryLayer,

            @Key(
                    value = "Edge of a cell of the grid, rounded to whole cells of the lattice.",
                    example = "2 nm",
                    min = 0,
                    aboveMin = true)
            @Of(LENGTH)
            Quantity cell,

            @Key(
                    value = "Whether concentrations follow the surface at once.",
                    example = "transient",
                    fallback = "quasi-steady")
            Change change,

            @Key(
                    value = "The ions that diffuse, each with its concentration in the bulk.",
                    example = "{Zn2+: {charge: 2, concentration: 1 M, diffusivity: 7e-10 m^2/s}}")
            Map<String, Ion> electrolyte,

            @Key(
                    value = "H+ and OH-, which are no part of `electrolyte`; without it the pH is left out.",
                    example = "{ph: 4.3, proton-diffusivity: 9.31e-9 m^2/s, hydroxide-diffusivity: 5.27e-9 m^2/s}")
            @Nullable
            Acidity acidity,

            @Key(
                    value =
                            "What processes take out of the electrolyte and give to it. A deposition of metal on a vacant site that is not named here takes out one ion "
                                    + "of the charge of its electrons. The reverse of a process does the opposite.",
                    example = "{deposition: {consumes: {Zn2+: 1}}}",
                    fallback = "{}")
            Map<String, Exchange> reactions,

            @Key(value = "Whether the potential drops in the electrolyte.", example = "uniform", fallback = "none")
            Potential potential,

            @Key(
                    value =
                            "Conductivity of the electrolyte, for a potential that is `uniform`. Of a salt with a `transference-number` that in the bulk, which goes with the "
                                    + "concentration; without it, that of Nernst and Einstein.",
                    example = "5 S/m",
                    min = 0,
                    aboveMin = true,
                    physical = true)
            @Of(CONDUCTIVITY)
            @Nullable
            Quantity conductivity,

            @Key(
                    value =
                            "The fields are solved anew when charge transfers have moved the surface by this part of a cell of the grid, on average; at a held potential also when "
                                    + "what reacts has changed by this part, as far as transport limits it; and, whatever this is, when what passes of an ion has changed by so much that its concentration at the surface would by 30 %.",
                    example = "0.05",
                    fallback = "0.1",
                    min = 1e-6,
                    max = 10)
            double step,

            @Key(
                    value =
                            "The longest step in time of a transient; without it, a two-hundredth of the time in which the layer is diffused through. After a change of "
                                    + "what is held, steps are 3 % of the time since.",
                    example = "1 s",
                    min = 0,
                    aboveMin = true)
            @Of(TIME)
            @Nullable
            Quantity timeStep,

            @Key(
                    value =
                            "To which part of all that reacts the balances of the cells must close. Local factors of the rates are known to ten times this part.",
                    example = "1e-8",
                    fallback = "1e-4",
                    min = 1e-12,
                    max = 1e-2)
            double tolerance)
            implements Transport {

        /** The names of the ions, in the order of the file; those of water, if there is {@code acidity}, follow. */
        public List<String> ions() {
            List<String> names = new ArrayList<>(electrolyte.keySet());
            if (acidity != null) {
                names.add(Acidity.PROTON);
                names.add(Acidity.HYDROXIDE);
            }
            return List.copyOf(names);
        }

        /** The ion whose salt is the electrolyte, with no supporting one beside it; null where there is none. */
        public @Nullable String salted() {
            return electrolyte.entrySet().stream()
                    .filter(entry -> entry.getValue().transferenceNumber() != null)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        /** What {@code process} exchanges with the electrolyte, stated or derived; null for nothing. */
        public @Nullable Exchange exchange(
                String name, ElementaryProcess process, Map<String, Scenario.Species> species) {
            Exchange stated = reactions.get(name);
            return stated != null || !isTransferFromTheElectrolyte(process, species)
                    ? stated
                    : derived(process, species);
        }

        /** Whether a process is a charge transfer that turns an empty site into something, so that its ion is none on the lattice. */
        static boolean isTransferFromTheElectrolyte(ElementaryProcess process, Map<String, Scenario.Species> species) {
            Reaction reaction = process.reaction();
            if (reaction == null || !(process.law() instanceof RateLaw.Electrochemical)) {
                return false;
            }
            Scenario.Species before = species.get(reaction.before().get(0));
            return before != null && before.phase() == Scenario.Phase.VACANT && !reaction.isTurnover();
        }

        /** Of a metal that is deposited, the one ion whose charge is that of the electrons. */
        @Nullable
        Exchange derived(ElementaryProcess process, Map<String, Scenario.Species> species) {
            Reaction reaction = process.reaction();
            Scenario.Species after =
                    reaction == null ? null : species.get(reaction.after().get(0));
            if (after == null
                    || after.phase() != Scenario.Phase.METAL
                    || !(process.law() instanceof RateLaw.Electrochemical law)) {
                return null;
            }
            List<String> fitting = electrolyte.entrySet().stream()
                    .filter(entry -> entry.getValue().charge() == law.electrons())
                    .map(Map.Entry::getKey)
                    .toList();
            return fitting.size() == 1 ? new Exchange(Map.of(fitting.get(0), 1.0), Map.of(), null) : null;
        }
    }

    @Doc(
            "Water's own ions, `H+` and `OH-`, in equilibrium with one another and with buffers at every place. Processes may consume and produce them.")
    record Acidity(
            @Key(
                    value = "pH of the bulk: −log10 of the concentration of H+ in mol/L.",
                    example = "4.3",
                    min = -2,
                    max = 16,
                    physical = true)
            double ph,

            @Key(value = "D of H+.", example = "9.31e-9 m^2/s", min = 0, aboveMin = true, physical = true)
            @Of(DIFFUSIVITY)
            Quantity protonDiffusivity,

            @Key(value = "D of OH-.", example = "5.27e-9 m^2/s", min = 0, aboveMin = true, physical = true)
            @Of(DIFFUSIVITY)
            Quantity hydroxideDiffusivity,

            @Key(
                    value =
                            "−log10 of the ion product of water in mol²/L²; without it, that of pure water at the temperature of the run.",
                    example = "14.0",
                    min = 5,
                    max = 20,
                    physical = true)
            @Nullable
            Double pkw,

            @Key(
                    value = "Weak acids, each under a name of its own.",
                    example = "{acetate: {pka: 4.76, concentration: 0.1 M, diffusivity: 1.1e-9 m^2/s}}",
                    fallback = "{}")
            Map<String, Buffer> buffers) {

        /** The names of the ions. */
        public static final String PROTON = "H+";

        public static final String HYDROXIDE = "OH-";
    }

    @Doc("A weak acid HA in equilibrium with A-, both with the same diffusivity.")
    record Buffer(
            @Key(
                    value = "−log10 of its dissociation constant in mol/L.",
                    example = "4.76",
                    min = -2,
                    max = 16,
                    physical = true)
            double pka,

            @Key(value = "Concentration of HA and A- together.", example = "0.1 M", min = 0, physical = true)
            @Of(CONCENTRATION)
            Quantity concentration,

            @Key(value = "D.", example = "1.1e-9 m^2/s", min = 0, aboveMin = true, physical = true) @Of(DIFFUSIVITY)
            Quantity diffusivity) {}

    @Doc(
            "Ions are species on the lattice: they hop by ordinary pair processes and react from where they are. A reservoir above the box exchanges them at the sites of the "
                    + "top layer so that it holds their concentrations, and they may drift in a field.")
    record Explicit(
            @Key(
                    value =
                            "The ions that the reservoir holds. At time 0 the vacant sites of the box hold as many. Without any the box is closed.",
                    example = "{Zn2+: {concentration: 1 M}}",
                    fallback = "{}")
            Map<String, Bath> reservoir,

            @Key(
                    value = "The potential in which the charges of the ions drift.",
                    example = "{type: laplace, potential: -50 mV, cell: 0.9 nm}",
                    fallback = "{type: none}")
            IonField field,

            @Key(
                    value =
                            "Whether ions that are far from everything take many hops at once, to where and when hops would have taken them: exact on `sc`, where there is no field. For dilute ions.",
                    example = "true",
                    fallback = "false")
            boolean firstPassage,

            @Key(
                    value =
                            "How far the overpotential goes, either way, to hold a current: at moments no ion may be there to react. The run ends when the charge is behind by 100 "
                                    + "electrons there.",
                    example = "1 V",
                    fallback = "1 V",
                    min = 0,
                    aboveMin = true,
                    max = 5)
            @Of(POTENTIAL)
            Quantity compliance)
            implements Transport {}

    @Doc("An ion that the reservoir above the box holds.")
    record Bath(
            @Key(value = "Its concentration.", example = "1 M", min = 0, aboveMin = true, physical = true)
            @Of(CONCENTRATION)
            Quantity concentration) {}

    @Doc("An ion of the electrolyte.")
    record Ion(
            @Key(value = "Charge number.", example = "2", fallback = "0", min = -20, max = 20, physical = true)
            int charge,

            @Key(value = "Concentration in the bulk.", example = "1 M", min = 0, physical = true) @Of(CONCENTRATION)
            Quantity concentration,

            @Key(
                    value = "D; of an ion with a `transference-number` that of its salt.",
                    example = "7e-10 m^2/s",
                    min = 0,
                    aboveMin = true,
                    physical = true)
            @Of(DIFFUSIVITY)
            Quantity diffusivity,

            @Key(
                    value =
                            "t, the part of the current that the ion carries: for an electrolyte without a supporting one, of this ion and a counter-ion that does not react. "
                                    + "Less than 1. Without it ions move by diffusion alone.",
                    example = "0.3",
                    min = 0,
                    aboveMin = true,
                    max = 1,
                    physical = true)
            @Nullable
            Double transferenceNumber,

            @Key(
                    value =
                            "Charge number of the counter-ion, where there is a `transference-number`; without it, −1 beside a cation and 1 beside an anion.",
                    example = "-1",
                    min = -20,
                    max = 20,
                    physical = true)
            @Nullable
            Integer counterCharge) {

        /** Charge number of the ion that makes a salt with this one. */
        public int counterChargeOrDefault() {
            return counterCharge != null ? counterCharge : charge > 0 ? -1 : 1;
        }
    }

    @Doc("What an event takes out of the electrolyte and gives to it, for each atom that a site stands for.")
    record Exchange(
            @Key(value = "Ions taken out.", example = "{Zn2+: 1}", fallback = "{}", min = 0, aboveMin = true)
            Map<String, Double> consumes,

            @Key(value = "Ions given off.", example = "{OH-: 2}", fallback = "{}", min = 0, aboveMin = true)
            Map<String, Double> produces,

            @Key(
                    value =
                            "The ion whose concentration over that of the bulk multiplies the rate, to the power `activity-exponent` of an electrochemical law, 1 of "
                                    + "others; without it, the one ion that is taken out.",
                    example = "Zn2+")
            @Nullable
            String activityOf) {

        /** The ion that the rate depends on; null if it depends on none. */
        public @Nullable String activityIon() {
            if (activityOf != null || consumes.size() != 1) {
                return activityOf;
            }
            return consumes.keySet().iterator().next();
        }
    }

    @Doc("Whether concentrations follow the surface at once.")
    enum Change {
        @Doc("at every moment as they would settle: right for times longer than δ²/D")
        QUASI_STEADY,
        @Doc("in time: depletion, Sand's time, relaxation")
        TRANSIENT
    }

    @Doc("Whether the potential drops in the electrolyte.")
    enum Potential {
        @Doc("it does not")
        NONE,
        @Doc("in an electrolyte of the same `conductivity` everywhere")
        UNIFORM,
        @Doc(
                "in one that conducts as its ions do where they are (Nernst–Einstein); all ions that carry current must be listed, but for the counter-ion of one with a `transference-number`")
        FROM_IONS
    }
}
