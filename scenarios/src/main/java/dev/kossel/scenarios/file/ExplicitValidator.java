package dev.kossel.scenarios.file;

import dev.kossel.lattice.LatticeKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What transport by ions on the lattice must satisfy. Reports to the document. */
final class ExplicitValidator {

    private final Scenario scenario;
    private final Transport.Explicit explicit;
    private final Document document;

    ExplicitValidator(Scenario scenario, Transport.Explicit explicit, Document document) {
        this.scenario = scenario;
        this.explicit = explicit;
        this.document = document;
    }

    void validate() {
        if (document.sound("species")) {
            explicit.reservoir().keySet().forEach(this::ion);
        }
        room();
        firstPassage();
        separation();
        if (!(explicit.field() instanceof IonField.None)) {
            scenario.processes().forEach(this::inField);
        }
    }

    private void ion(String name) {
        String key = "transport.reservoir." + name;
        Scenario.Species species = scenario.species().get(name);
        if (species == null) {
            document.report(
                    key,
                    "is no species: there are "
                            + String.join(", ", scenario.species().keySet()),
                    Document.suggestion(name, scenario.species().keySet()));
            return;
        }
        if (species.phase() != Scenario.Phase.ION) {
            document.report(
                    key,
                    "is a species of phase " + Binder.kebab(species.phase()) + ", expected an ion",
                    "write 'phase: ion' at species." + name);
        }
        String vacant = scenario.speciesNames().get(0);
        boolean hops = scenario.processes().values().stream()
                .anyMatch(process -> process.reaction() != null
                        && process.directions() != ElementaryProcess.Directions.IN_PLANE
                        && process.reaction().before().equals(List.of(name, vacant))
                        && process.reaction().after().equals(List.of(vacant, name)));
        if (!hops && document.sound("processes")) {
            document.report(
                    key,
                    "has no hop that leads from layer to layer, so nothing could come from the reservoir",
                    "add a process with 'reaction: " + name + " + " + vacant + " -> " + vacant + " + " + name + "'");
        }
    }

    /** Rates that are scaled while the run goes on are rates of another kind. */
    private void separation() {
        Scenario.Separation separation = scenario.separation();
        boolean ownRates = !(explicit.field() instanceof IonField.None) || explicit.firstPassage();
        if (separation != null && separation.adaptive() != null && ownRates) {
            document.report(
                    "separation.adaptive",
                    "is not possible with a field or first passages of ions on the lattice",
                    "slow the processes by a `ratio` instead");
        }
    }

    private void firstPassage() {
        if (!explicit.firstPassage()) {
            return;
        }
        String key = "transport.first-passage";
        if (document.sound("lattice") && scenario.lattice().type() != LatticeKind.SC) {
            document.report(
                    key,
                    "is exact on the lattice sc alone, not on "
                            + Binder.kebab(scenario.lattice().type()),
                    "leave it out");
        }
        if (!(explicit.field() instanceof IonField.None)) {
            document.report(
                    key, "is exact where there is no field alone", "leave it out, or write 'field: {type: none}'");
        }
        if (scenario.processes().values().stream().anyMatch(process -> process.law() instanceof RateLaw.LineOfSight)) {
            document.report(
                    key, "does not go with arrivals in line of sight, which meet ions on their way", "leave it out");
        }
    }

    private void room() {
        if (!document.sound("lattice") || !document.sound("transport.reservoir")) {
            return;
        }
        Box box = scenario.lattice();
        double perNm3;
        try {
            var geometry = box.geometry();
            if (geometry.layerCount() < 2) {
                document.report("transport", "is explicit, but the lattice has one layer: there is no room above it");
                return;
            }
            perNm3 = geometry.siteCount() / (geometry.widthNm() * geometry.depthNm() * geometry.heightNm());
        } catch (IllegalArgumentException e) {
            // Told of elsewhere.
            return;
        }
        double molar = explicit.reservoir().values().stream()
                .mapToDouble(bath -> bath.concentration().molesPerLitre())
                .sum();
        double full = perNm3 * box.atomsPerSite() / 0.602214076;
        if (molar >= full) {
            document.report(
                    "transport.reservoir",
                    String.format(
                            Locale.ROOT,
                            "holds %.4g mol/L, expected less than the %.4g mol/L of a lattice that is full",
                            molar,
                            full));
        }
    }

    /** The energy of what moves in a potential must be known: of hops by the charges they move, of charge transfers by Butler and Volmer's law. */
    private void inField(String name, ElementaryProcess process) {
        String key = "processes." + name;
        if (!document.sound(key)) {
            return;
        }
        Reaction reaction = process.reaction();
        if (reaction == null) {
            boolean moves = process.pattern().stream()
                    .map(ElementaryProcess.PatternSite::reaction)
                    .anyMatch(at ->
                            charge(at.before().get(0)) != charge(at.after().get(0)));
            if (moves) {
                document.report(
                        key + ".pattern",
                        "moves charge in a field, which a pattern cannot",
                        "write a reaction of one or two sites, or 'field: {type: none}'");
            }
        } else if (process.law() instanceof RateLaw.Electrochemical law) {
            if (law.kinetics() != RateLaw.Kinetics.BUTLER_VOLMER) {
                document.report(
                        key + ".law.kinetics",
                        "is marcus-hush-chidsey, which a field on the lattice is not there for",
                        "write 'kinetics: butler-volmer', or 'field: {type: none}'");
            }
            int taken =
                    charge(reaction.before().get(0)) - charge(reaction.after().get(0));
            if (taken != law.electrons()) {
                document.report(
                        key + ".law.electrons",
                        "are not the charge that the reaction takes off the species, " + taken
                                + ": in a field the two must agree",
                        "give the species their charge, e.g. 'Zn2+: {phase: ion, charge: 2}'");
            }
        }
    }

    private int charge(String species) {
        Map<String, Scenario.Species> all = scenario.species();
        return all.containsKey(species) ? all.get(species).charge() : 0;
    }
}
