package dev.kossel.scenarios.file;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.Shell;
import dev.kossel.scenarios.file.ElementaryProcess.NeighborCount;
import dev.kossel.scenarios.file.ElementaryProcess.PatternSite;
import dev.kossel.scenarios.file.Protocol.Phase;
import dev.kossel.scenarios.file.Protocol.Step;
import dev.kossel.scenarios.file.Protocol.Until;
import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import dev.kossel.scenarios.file.Scenario.Figure;
import dev.kossel.scenarios.file.Scenario.Species;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a scenario's values must satisfy together. Reports to the document; never stops at a problem. Single-threaded, used once. */
final class Validator {

    private static final int MOST_NAMES = 126;
    private static final List<String> SOURCE_WORDS = List.of("calibrated", "assumed", "derived", "default");

    private static final Predicate<Species> VACANT = s -> s.phase() == Scenario.Phase.VACANT;

    private final Scenario scenario;
    private final Document document;
    private final Set<String> siteTypes;

    /** Shells and their sizes; empty where the lattice is not known. */
    private final Map<String, Integer> shells = new LinkedHashMap<>();

    private @Nullable LatticeGeometry geometry;

    Validator(Scenario scenario, Document document) {
        this.scenario = scenario;
        this.document = document;
        this.siteTypes = new LinkedHashSet<>(scenario.siteTypeNames());
    }

    void validate() {
        box();
        species();
        siteTypes();
        for (int i = 0; i < scenario.sites().size(); i++) {
            sites(scenario.sites().get(i), "sites." + i);
        }
        initial();
        energies();
        scenario.processes().forEach((name, process) -> process(process, "processes." + name));
        if (scenario.processes().isEmpty()) {
            document.report("processes", "is empty: nothing would ever happen");
        }
        new DoubleCount(scenario, document).check();
        protocol();
        separation();
        sources();
    }

    private void box() {
        Box box = scenario.lattice();
        if (!document.readable("lattice.type") || !document.readable("lattice.orientation")) {
            return;
        }
        List<String> orientations = LatticeGeometry.orientations(box.type());
        if (!orientations.contains(box.plane())) {
            document.report(
                    "lattice.orientation",
                    "is not an orientation of " + Binder.kebab(box.type()) + ": expected "
                            + String.join(", ", orientations));
            return;
        }
        if (box.axialRatio() != null && box.type() != LatticeKind.HCP) {
            document.report("lattice.axial-ratio", "has no meaning for " + Binder.kebab(box.type()), "remove it");
        }
        double ratio = document.readable("lattice.axial-ratio") ? box.cOverA() : Box.IDEAL_AXIAL_RATIO;
        int[] least = LatticeGeometry.leastCells(box.type(), box.plane());
        try {
            LatticeGeometry smallest =
                    LatticeGeometry.of(box.type(), box.plane(), 1, ratio, least[0], least[1], least[2]);
            for (Shell shell : smallest.shells()) {
                shells.put(shell.name(), shell.size());
            }
        } catch (IllegalArgumentException e) {
            document.report("lattice.axial-ratio", "does not fit: " + e.getMessage());
            return;
        }
        if (box.type() == LatticeKind.HCP) {
            shells.put("1NN", shells.get("1NN-basal") + shells.get("1NN-pyramidal"));
        }
        if (!document.sound("lattice")) {
            return;
        }
        try {
            geometry = box.geometry();
        } catch (IllegalArgumentException e) {
            document.report("lattice.size", "does not fit the lattice: " + e.getMessage());
        }
    }

    private void species() {
        Map<String, Species> species = scenario.species();
        if (species.size() > MOST_NAMES + 1) {
            document.report("species", "has " + species.size() + " entries, expected at most " + (MOST_NAMES + 1));
        }
        if (document.sound("species") && count(species.keySet(), VACANT) == 0) {
            document.report("species", "holds no vacant species", "add e.g. 'vacant: {phase: vacant}'");
        }
        species.forEach((name, s) -> {
            if (s.color() != null && !s.color().matches("#[0-9a-fA-F]{6}")) {
                document.report(
                        "species." + name + ".color",
                        "is not a colour, e.g. \"#c8b040\" (with quotes: # begins a comment)");
            }
        });
    }

    private void siteTypes() {
        Set<String> seen = new HashSet<>(Set.of(Scenario.PLAIN));
        List<String> names = scenario.siteTypes();
        for (int i = 0; i < names.size(); i++) {
            String key = "site-types." + i;
            if (!Binder.NAME.matcher(names.get(i)).matches()) {
                document.report(key, "is not a name: expected " + Binder.NAME_RULE);
            } else if (names.get(i).equals(EnergyBySite.OTHER)) {
                document.report(
                        key, "has a meaning of its own where energies are given by site type", "choose another name");
            } else if (!seen.add(names.get(i))) {
                document.report(
                        key, names.get(i).equals(Scenario.PLAIN) ? "exists without being declared" : "is given twice");
            }
        }
        if (names.size() > MOST_NAMES) {
            document.report("site-types", "has " + names.size() + " entries, expected at most " + MOST_NAMES);
        }
    }

    private void sites(SitePattern pattern, String key) {
        LayerRange layers = pattern.layers();
        if (layers != null && geometry != null && layers.to() >= geometry.layerCount()) {
            document.report(
                    key + ".layers", "reaches beyond the box, whose layers are 0 to " + (geometry.layerCount() - 1));
        }
        if (pattern instanceof SitePattern.All all) {
            siteType(key + ".type", all.type());
        } else if (pattern instanceof SitePattern.Random random) {
            double sum = 0;
            for (Map.Entry<String, Double> entry : random.fractions().entrySet()) {
                siteType(key + ".fractions." + entry.getKey(), entry.getKey());
                sum += entry.getValue();
            }
            if (sum > 1 + 1e-9 && document.sound(key + ".fractions")) {
                document.report(key + ".fractions", "add up to " + sum + ", expected at most 1");
            }
        } else if (pattern instanceof SitePattern.Checkerboard board) {
            siteTypes(key + ".types", board.types());
        } else if (pattern instanceof SitePattern.Stripes stripes) {
            siteType(key + ".type", stripes.type());
            if (stripes.width().nanometres() > stripes.period().nanometres() && document.sound(key)) {
                document.report(key + ".width", "is more than the period, " + stripes.period());
            }
        } else if (pattern instanceof SitePattern.Discs discs) {
            siteType(key + ".type", discs.type());
        } else if (pattern instanceof SitePattern.GrainBoundary boundary) {
            siteType(key + ".type", boundary.type());
            if (geometry != null) {
                double edge = boundary.along() == SitePattern.Axis.X ? geometry.depthNm() : geometry.widthNm();
                if (boundary.position().nanometres() >= edge) {
                    document.report(key + ".position", "lies outside the box, whose edge is " + edge + " nm");
                }
            }
        } else if (pattern instanceof SitePattern.Mask mask) {
            siteType(key + ".type", mask.type());
            readable(key + ".file", mask.file(), Files::isRegularFile);
        } else if (pattern instanceof SitePattern.Points points) {
            siteType(key + ".type", points.type());
            points(key + ".at", points.at());
        }
    }

    private void points(String key, List<List<Double>> points) {
        for (int i = 0; i < points.size(); i++) {
            List<Double> point = points.get(i);
            if (point.size() != 3) {
                document.report(key + "." + i, "has " + point.size() + " coordinates, expected 3");
            } else if (geometry != null) {
                double a = geometry.latticeConstantNm();
                double[] box = {geometry.widthNm() / a, geometry.depthNm() / a, geometry.heightNm() / a};
                for (int axis = 0; axis < 3; axis++) {
                    if (point.get(axis) < 0 || point.get(axis) >= box[axis]) {
                        document.report(
                                key + "." + i + "." + axis,
                                "lies outside the box, whose edge is " + box[axis] + " lattice constants");
                    }
                }
            }
        }
    }

    private void initial() {
        long layers = 0;
        for (int i = 0; i < scenario.initial().size(); i++) {
            String key = "initial." + i;
            Morphology piece = scenario.initial().get(i);
            if (piece instanceof Morphology.Layers some) {
                species(key + ".species", some.species());
                layers += some.count();
                if (geometry != null && layers > geometry.layerCount()) {
                    document.report(
                            key + ".count",
                            "makes " + layers + " layers, but the box has room for " + geometry.layerCount());
                }
            } else if (piece instanceof Morphology.Rough rough) {
                species(key + ".species", rough.species());
            } else if (piece instanceof Morphology.Protrusion protrusion) {
                species(key + ".species", protrusion.species());
            } else if (piece instanceof Morphology.Particles particles) {
                species(key + ".species", particles.species());
            } else if (piece instanceof Morphology.Snapshot snapshot) {
                readable(key + ".file", snapshot.file(), Files::exists);
                if (i > 0) {
                    document.report(key, "a snapshot fills the whole box, so it must come first");
                }
            }
        }
    }

    private void energies() {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < scenario.energies().site().size(); i++) {
            Energies.SiteEnergy site = scenario.energies().site().get(i);
            String key = "energies.site." + i;
            species(key + ".species", site.species());
            if (site.type() != null) {
                siteType(key + ".type", site.type());
            }
            Integer first = document.sound(key) ? seen.putIfAbsent(site.species() + " on " + site.type(), i) : null;
            if (first != null) {
                document.report(
                        key,
                        "gives the same energy as energies.site." + first + " a second time",
                        "remove one of them");
            }
        }
        Map<Set<String>, List<Integer>> pairs = new HashMap<>();
        for (int i = 0; i < scenario.energies().pairs().size(); i++) {
            Energies.PairEnergy pair = scenario.energies().pairs().get(i);
            String key = "energies.pairs." + i;
            speciesList(key + ".species", pair.species());
            shell(key + ".shell", pair.shell());
            if (!document.sound(key)) {
                continue;
            }
            List<Integer> others = pairs.computeIfAbsent(new HashSet<>(pair.species()), k -> new ArrayList<>());
            for (int other : others) {
                if (shellsOverlap(scenario.energies().pairs().get(other).shell(), pair.shell())) {
                    document.report(
                            key,
                            "gives the energy of " + String.join("–", pair.species()) + " in shell " + pair.shell()
                                    + " a second time, after energies.pairs." + other,
                            "remove one of them");
                    break;
                }
            }
            others.add(i);
        }
    }

    /** Whether some neighbour is in both shells: {@code 1NN} of hcp is {@code 1NN-basal} and {@code 1NN-pyramidal} together. */
    static boolean shellsOverlap(String a, String b) {
        return a.equals(b) || a.startsWith(b + "-") || b.startsWith(a + "-");
    }

    private void process(ElementaryProcess process, String key) {
        Reaction reaction = process.reaction();
        boolean patterned = !process.pattern().isEmpty();
        if (document.readable(key) && document.readable(key + ".reaction") && document.readable(key + ".pattern")) {
            if (reaction == null && !patterned) {
                document.report(key, "has neither a reaction nor a pattern", "add e.g. 'reaction: vacant -> Na'");
            } else if (reaction != null && patterned) {
                document.report(key + ".pattern", "stands beside a reaction", "write either, not both");
            }
        }
        siteTypes(key + ".site-types", process.siteTypes());
        siteTypes(key + ".site-types-to", process.siteTypesTo());
        shell(key + ".shell", process.shell());
        String partner = reaction != null && reaction.before().size() == 2 ? process.shell() : "";
        neighbors(key + ".where", process.where(), partner);
        neighbors(key + ".where-to", process.whereTo(), partner);
        if (reaction != null) {
            reaction(process, reaction, key);
        }
        if (patterned) {
            pattern(process, key);
        } else if (!process.symmetry().isEmpty()) {
            document.report(key + ".symmetry", "is about patterns, but there is none here");
        }
        if (process.law() instanceof Electrochemical law) {
            electrochemical(process, law, key);
        } else if (process.law() instanceof RateLaw.Arrhenius law) {
            Map<String, ?> given = law.activationEnergy().bySiteType();
            String energies = key + ".law.activation-energy";
            given.keySet().forEach(type -> siteType(energies + "." + type, type));
            List<String> missing = new ArrayList<>(process.siteTypes().isEmpty() ? siteTypes : process.siteTypes());
            missing.removeAll(given.keySet());
            if (law.activationEnergy().other() == null && !missing.isEmpty() && document.sound(energies)) {
                document.report(
                        energies,
                        "says nothing about site type " + String.join(", ", missing),
                        "add it, or 'other: …' for all that are not named");
            }
        }
    }

    private void reaction(ElementaryProcess process, Reaction reaction, String key) {
        String at = key + ".reaction";
        if (reaction.condition()) {
            document.report(at, "has no arrow, so nothing happens", "write e.g. vacant -> Na");
            return;
        }
        if (!speciesIn(at, reaction)) {
            return;
        }
        if (reaction.before().equals(reaction.after())) {
            document.report(at, "changes nothing");
        }
        if (reaction.before().size() == 1) {
            secondSite(process, key, "is about a second site, but the reaction is at one site", "");
        }
        if (!(process.law() instanceof Electrochemical)
                && document.readable(key + ".law")
                && count(reaction.before(), VACANT) == count(reaction.after(), VACANT)) {
            int change = charge(reaction.after()) - charge(reaction.before());
            if (change != 0) {
                document.report(
                        at,
                        "changes the charge by " + (change > 0 ? "+" : "") + change
                                + " without taking up or giving off electrons",
                        "balance it, or use the law 'electrochemical'");
            }
        }
    }

    private boolean speciesIn(String key, Reaction reaction) {
        boolean known = true;
        for (String name : new LinkedHashSet<>(concat(reaction.before(), reaction.after()))) {
            known &= species(key, name);
        }
        return known;
    }

    private void electrochemical(ElementaryProcess process, Electrochemical law, String key) {
        Reaction reaction = process.reaction();
        if (!process.pattern().isEmpty()
                || reaction != null && reaction.before().size() != 1) {
            document.report(
                    key + ".law",
                    "is electrochemical, which is for a reaction at one site",
                    "write e.g. 'reaction: vacant <-> Na'");
        } else if (reaction != null && known(reaction) && !reaction.condition()) {
            Species before = scenario.species().get(reaction.before().get(0));
            Species after = scenario.species().get(reaction.after().get(0));
            boolean exchange = !document.sound("species")
                    || count(scenario.species().keySet(), VACANT) == 0
                    || (before.phase() == Scenario.Phase.VACANT) != (after.phase() == Scenario.Phase.VACANT);
            if (before.phase() == Scenario.Phase.METAL && after.phase() != Scenario.Phase.METAL) {
                document.report(
                        key + ".reaction",
                        "reads from the reduced to the oxidised species",
                        "turn it round: '" + new Reaction(reaction.after(), reaction.before(), true, false)
                                + "' plates and strips");
            } else if (!exchange
                    && before.charge() - after.charge() != law.electrons()
                    && document.readable(key + ".law.electrons")) {
                document.report(
                        key + ".law.electrons",
                        "does not balance the charge: " + reaction + " takes up " + (before.charge() - after.charge()));
            }
        }
        if (!document.sound(key + ".law")) {
            return;
        }
        if (law.exchangeCurrentDensity() == null && law.rateConstant() == null) {
            document.report(
                    key + ".law",
                    "has neither an exchange current density nor a rate constant",
                    "add e.g. 'exchange-current-density: 0.068 mA/cm^2'");
        } else if (law.exchangeCurrentDensity() != null && law.rateConstant() != null) {
            document.report(
                    key + ".law.rate-constant", "stands beside an exchange current density", "write either, not both");
        }
        boolean marcus = law.kinetics() == RateLaw.Kinetics.MARCUS_HUSH_CHIDSEY;
        if (marcus && law.reorganizationEnergy() == null) {
            document.report(
                    key + ".law.kinetics",
                    "needs a 'reorganization-energy'",
                    "add e.g. 'reorganization-energy: 0.3 eV'");
        } else if (!marcus && law.reorganizationEnergy() != null) {
            document.report(
                    key + ".law.reorganization-energy",
                    "has no meaning in Butler–Volmer kinetics",
                    "add 'kinetics: marcus-hush-chidsey', or remove it");
        }
    }

    private void pattern(ElementaryProcess process, String key) {
        secondSite(process, key, "has no meaning for a pattern", "say it of the sites of the pattern");
        if (!process.siteTypes().isEmpty()) {
            document.report(key + ".site-types", "has no meaning for a pattern", "say it of the sites of the pattern");
        }
        Set<List<Double>> places = new HashSet<>();
        Set<Boolean> arrows = new HashSet<>();
        for (int i = 0; i < process.pattern().size(); i++) {
            PatternSite site = process.pattern().get(i);
            String at = key + ".pattern." + i;
            siteTypes(at + ".site-types", site.siteTypes());
            if (site.reaction().before().size() > 1) {
                document.report(
                        at + ".reaction", "is about two sites, expected one", "give the other an entry of its own");
            }
            speciesIn(at + ".reaction", site.reaction());
            if (!site.reaction().condition() && arrows.add(site.reaction().reversible()) && arrows.size() > 1) {
                document.report(at + ".reaction", "mixes '->' and '<->' in one pattern", "use one of them throughout");
            }
            if (!document.sound(at + ".at")) {
                continue;
            }
            if (!places.add(site.at())) {
                document.report(at + ".at", "is the place of two entries");
            } else if (i == 0 && !site.at().equals(List.of(0.0, 0.0, 0.0))) {
                document.report(at + ".at", "must be [0, 0, 0] for the first entry: places are counted from it");
            } else if (geometry != null && !isSite(geometry, site.at())) {
                document.report(
                        at + ".at",
                        "is not a site of the lattice, counted from any site",
                        "places are in lattice constants along the box");
            }
        }
        if (arrows.isEmpty() && document.sound(key + ".pattern")) {
            document.report(
                    key + ".pattern",
                    "has no arrow, so nothing happens",
                    "write e.g. 'reaction: vacant -> Na' in one entry");
        }
    }

    private void secondSite(ElementaryProcess process, String key, String message, String remedy) {
        Map<String, Boolean> used = new LinkedHashMap<>();
        used.put("shell", !process.shell().equals("1NN"));
        used.put("directions", process.directions() != ElementaryProcess.Directions.ALL);
        used.put("site-types-to", !process.siteTypesTo().isEmpty());
        used.put("where-to", !process.whereTo().isEmpty());
        used.forEach((name, isUsed) -> {
            if (isUsed) {
                document.report(key + "." + name, message, remedy);
            }
        });
    }

    private static boolean isSite(LatticeGeometry geometry, List<Double> at) {
        for (int basis = 0; basis < geometry.basisSize(); basis++) {
            int origin = geometry.site(0, 0, geometry.cellsZ() / 2, basis);
            if (geometry.siteAt(origin, at.get(0), at.get(1), at.get(2)) != -2) {
                return true;
            }
        }
        return false;
    }

    private void neighbors(String key, List<NeighborCount> conditions, String partnerShell) {
        for (int i = 0; i < conditions.size(); i++) {
            NeighborCount condition = conditions.get(i);
            String at = key + "." + i;
            speciesList(at + ".species", condition.species());
            shell(at + ".shell", condition.shell());
            if (condition.species().isEmpty()) {
                document.report(at + ".species", "names no species");
            }
            if (!document.sound(at)) {
                continue;
            }
            Integer size = shells.get(condition.shell());
            int most =
                    size == null ? Integer.MAX_VALUE : size - (condition.shell().equals(partnerShell) ? 1 : 0);
            Integer atMost = condition.atMost();
            if (condition.atLeast() > most) {
                document.report(
                        at + ".at-least",
                        "can never be: the shell " + condition.shell() + " holds " + most + " neighbours"
                                + (size != null && most < size ? " besides the partner" : ""));
            } else if (atMost != null && condition.atLeast() > atMost) {
                document.report(at + ".at-least", "is more than at-most, " + atMost);
            } else if (condition.atLeast() == 0 && atMost == null) {
                document.report(at, "demands nothing", "add at-least or at-most");
            }
        }
    }

    private void protocol() {
        List<Step> steps = scenario.protocol().steps();
        if (steps.isEmpty() && document.readable("protocol")) {
            document.report(
                    "protocol.steps",
                    "is empty: there is nothing to run",
                    "add e.g. '{type: rest, until: {time: 1 ms}}'");
        }
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String key = "protocol.steps." + i;
            if (!document.sound(key)) {
                continue;
            }
            boolean charging = true;
            boolean driven = true;
            boolean stripping = true;
            if (step instanceof Protocol.Galvanostatic galvanostatic) {
                double current = galvanostatic.currentDensity().amperesPerSquareMetre();
                charging = current != 0;
                stripping = current < 0;
                strippable(key + ".current-density", current);
            } else if (step instanceof Protocol.Rest) {
                charging = false;
                driven = false;
            } else if (step instanceof Protocol.Pulse pulse) {
                phase(key + ".on", pulse.on());
                phase(key + ".off", pulse.off());
                charging = isDriven(pulse.on()) || isDriven(pulse.off());
                driven = charging;
            } else if (step instanceof Protocol.Sweep sweep) {
                double from = sweep.from().volts();
                if (sweep.via() == null
                        ? from == sweep.to().volts()
                        : from == sweep.via().volts()) {
                    document.report(key, "a sweep that leads from " + sweep.from() + " to itself");
                }
            }
            if (driven && document.sound("processes") && electrochemical().isEmpty()) {
                document.report(
                        key,
                        "no process takes up electrons, so nothing answers to current or potential",
                        "give a process the law 'electrochemical'");
            }
            Until until = step.until();
            if (until != null) {
                ends(key + ".until", until, charging, stripping, driven, step instanceof Protocol.Sweep);
            }
        }
    }

    private void ends(String key, Until until, boolean charging, boolean stripping, boolean driven, boolean ends) {
        if (until.time() == null
                && until.charge() == null
                && until.overpotential() == null
                && !until.noMetalLeft()
                && !until.shortCircuit()) {
            document.report(key, "says nothing that could end the step", "add e.g. 'time: 10 ms'");
            return;
        }
        boolean sure = until.time() != null
                || until.charge() != null && charging
                || until.overpotential() != null && driven
                || until.noMetalLeft() && stripping && driven
                || until.shortCircuit() && charging;
        if (!sure && !ends) {
            document.report(
                    key,
                    charging
                            ? "would never be reached: plating does not use up the metal"
                            : "would never be reached: no charge passes",
                    "add e.g. 'time: 10 ms'");
        }
    }

    private void phase(String key, Phase phase) {
        if (phase.currentDensity() != null && phase.overpotential() != null) {
            document.report(key, "sets both a current density and an overpotential", "write either, not both");
        }
        if (phase.currentDensity() != null) {
            strippable(key + ".current-density", phase.currentDensity().amperesPerSquareMetre());
        }
    }

    private static boolean isDriven(Phase phase) {
        return phase.overpotential() != null
                || phase.currentDensity() != null && phase.currentDensity().amperesPerSquareMetre() != 0;
    }

    private void strippable(String key, double current) {
        List<ElementaryProcess> electrochemical = electrochemical();
        if (current < 0
                && !electrochemical.isEmpty()
                && document.sound("processes")
                && electrochemical.stream()
                        .noneMatch(p -> p.reaction() != null && p.reaction().reversible())) {
            document.report(
                    key, "strips metal, but every electrochemical process is one-way", "write its reaction with '<->'");
        }
    }

    private List<ElementaryProcess> electrochemical() {
        return scenario.processes().values().stream()
                .filter(p -> p.law() instanceof Electrochemical)
                .toList();
    }

    private void separation() {
        Scenario.Separation separation = scenario.separation();
        if (separation == null) {
            return;
        }
        List<String> names = separation.processes();
        for (int i = 0; i < names.size(); i++) {
            String key = "separation.processes." + i;
            ElementaryProcess process = scenario.processes().get(names.get(i));
            if (process == null) {
                if (document.readable("processes")) {
                    unknown(key, names.get(i), "process", scenario.processes().keySet());
                }
            } else if (process.law() instanceof Electrochemical) {
                document.report(key, "is electrochemical: its rate sets the current and cannot be lowered");
            }
        }
        if (names.isEmpty()) {
            document.report("separation.processes", "names no process");
        }
    }

    private void sources() {
        for (Figure figure : scenario.figures()) {
            String source = figure.source();
            if (source == null
                    || scenario.references().containsKey(source)
                    || SOURCE_WORDS.stream()
                            .anyMatch(word -> source.matches(word + "\\b.*") || source.startsWith(word + "\n"))) {
                continue;
            }
            if (document.readable("references")) {
                document.report(
                        figure.key() + ".source",
                        "is neither a key of 'references' nor begins with calibrated, assumed, derived or default",
                        Document.suggestion(source, scenario.references().keySet()));
            }
        }
        scenario.references().forEach((name, reference) -> {
            if (reference.doi() != null && !reference.doi().matches("10\\.\\d{4,9}/\\S+")) {
                document.report("references." + name + ".doi", "is not a DOI, e.g. 10.1039/d2nh00152g");
            }
        });
    }

    private void readable(String key, Path file, Predicate<Path> expected) {
        if (!expected.test(file)) {
            document.report(key, "is not there: looked for " + file);
        }
    }

    private boolean known(Reaction reaction) {
        return scenario.species().keySet().containsAll(concat(reaction.before(), reaction.after()));
    }

    private long count(Collection<String> names, Predicate<Species> predicate) {
        return names.stream().map(scenario.species()::get).filter(predicate).count();
    }

    private int charge(List<String> names) {
        return names.stream()
                .mapToInt(name -> scenario.species().get(name).charge())
                .sum();
    }

    private static List<String> concat(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private void speciesList(String key, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            species(key + "." + i, names.get(i));
        }
    }

    private boolean species(String key, String name) {
        return declared(key, name, "species", scenario.species().keySet(), document.readable("species"));
    }

    private void siteTypes(String key, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            siteType(key + "." + i, names.get(i));
        }
    }

    private void siteType(String key, String name) {
        declared(key, name, "site type", siteTypes, document.sound("site-types"));
    }

    private void shell(String key, String name) {
        declared(key, name, "shell", shells.keySet(), !shells.isEmpty());
    }

    private boolean declared(String key, String name, String kind, Collection<String> names, boolean certain) {
        if (names.contains(name)) {
            return true;
        }
        if (certain) {
            unknown(key, name, kind, names);
        }
        return false;
    }

    private void unknown(String key, String name, String kind, Collection<String> names) {
        document.report(
                key,
                "names no declared " + kind + " '" + name + "': there are " + String.join(", ", names),
                Document.suggestion(name, names));
    }
}
