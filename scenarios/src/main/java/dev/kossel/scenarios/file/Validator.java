package dev.kossel.scenarios.file;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.Scenario.Figure;
import dev.kossel.scenarios.file.Scenario.Species;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a scenario's values must satisfy together. Reports to the document; never stops at a problem. Single-threaded, used once. */
final class Validator {

    private static final int MOST_NAMES = 126;
    private static final List<String> SOURCE_WORDS = List.of("calibrated", "assumed", "derived", "default");

    private final Scenario scenario;
    private final Document document;
    private final Declarations declarations;
    private final @Nullable LatticeGeometry geometry;

    Validator(Scenario scenario, Document document) {
        this.scenario = scenario;
        this.document = document;
        declarations = new Declarations(scenario, document);
        geometry = declarations.geometry();
    }

    void validate() {
        species();
        siteTypes();
        for (int i = 0; i < scenario.sites().size(); i++) {
            sites(scenario.sites().get(i), "sites." + i);
        }
        initial();
        energies();
        ProcessValidator processes = new ProcessValidator(scenario, document, declarations);
        scenario.processes().forEach((name, process) -> processes.validate(process, "processes." + name));
        if (scenario.processes().isEmpty()) {
            document.report("processes", "is empty: nothing would ever happen");
        }
        new DoubleCount(scenario, document).check();
        new TransportValidator(scenario, document).validate();
        new ProtocolValidator(scenario, document).validate();
        contact();
        detachment();
        sources();
    }

    private void species() {
        Map<String, Species> species = scenario.species();
        if (species.size() > MOST_NAMES + 1) {
            document.report("species", "has " + species.size() + " entries, expected at most " + (MOST_NAMES + 1));
        }
        if (document.sound("species") && species.values().stream().noneMatch(s -> s.phase() == Scenario.Phase.VACANT)) {
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

    private void contact() {
        Scenario.Contact contact = scenario.contact();
        declarations.speciesList("contact.conductors", contact.conductors());
        for (int i = 0; i < contact.shells().size(); i++) {
            declarations.shell("contact.shells." + i, contact.shells().get(i));
        }
        if (contact.shells().isEmpty() && document.sound("contact.shells")) {
            document.report("contact.shells", "names no shell", "leave the key out for nearest neighbours");
        }
        for (int i = 0; i < contact.conductors().size(); i++) {
            Species species = scenario.species().get(contact.conductors().get(i));
            if (species != null && species.phase() == Scenario.Phase.VACANT) {
                document.report("contact.conductors." + i, "is vacant: electrolyte does not conduct electrons");
            }
        }
    }

    private void detachment() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < scenario.detachment().size(); i++) {
            Scenario.Detachment detachment = scenario.detachment().get(i);
            String key = "detachment." + i;
            if (!document.sound(key)) {
                continue;
            }
            declarations.speciesList(key + ".species", detachment.species());
            declarations.speciesList(key + ".held-by", detachment.heldBy());
            declarations.species(key + ".becomes", detachment.becomes());
            for (int n = 0; n < detachment.shells().size(); n++) {
                declarations.shell(key + ".shells." + n, detachment.shells().get(n));
            }
            for (int n = 0; n < detachment.species().size(); n++) {
                if (!seen.add(detachment.species().get(n))) {
                    document.report(key + ".species." + n, "comes off in two ways", "name it once");
                }
            }
            if (detachment.species().isEmpty()) {
                document.report(key + ".species", "names no species", "add e.g. 'species: [H2]'");
            }
            if (detachment.species().contains(detachment.becomes())) {
                document.report(
                        key + ".becomes", "is what comes off", "name another species, as a rule the vacant one");
            }
            for (int n = 0; n < detachment.heldBy().size(); n++) {
                if (detachment.species().contains(detachment.heldBy().get(n))) {
                    document.report(key + ".held-by." + n, "is what comes off: it would hold itself");
                }
            }
            if (detachment.atLeast() == null && detachment.heldBy().isEmpty()) {
                document.report(
                        key,
                        "says nothing of when something comes off",
                        "add e.g. 'at-least: 200', or 'held-by: [Zn]'");
            }
        }
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
            declarations.speciesList(key + ".touching", all.touching());
            declarations.siteType(key + ".type", all.type());
        } else if (pattern instanceof SitePattern.Random random) {
            declarations.speciesList(key + ".touching", random.touching());
            double sum = 0;
            for (Map.Entry<String, Double> entry : random.fractions().entrySet()) {
                declarations.siteType(key + ".fractions." + entry.getKey(), entry.getKey());
                sum += entry.getValue();
            }
            if (sum > 1 + 1e-9 && document.sound(key + ".fractions")) {
                document.report(key + ".fractions", "add up to " + sum + ", expected at most 1");
            }
        } else if (pattern instanceof SitePattern.Checkerboard board) {
            declarations.siteTypes(key + ".types", board.types());
        } else if (pattern instanceof SitePattern.Stripes stripes) {
            declarations.siteType(key + ".type", stripes.type());
            if (stripes.width().nanometres() > stripes.period().nanometres() && document.sound(key)) {
                document.report(key + ".width", "is more than the period, " + stripes.period());
            }
        } else if (pattern instanceof SitePattern.Discs discs) {
            declarations.siteType(key + ".type", discs.type());
        } else if (pattern instanceof SitePattern.GrainBoundary boundary) {
            declarations.siteType(key + ".type", boundary.type());
            if (geometry != null) {
                double edge = boundary.along() == SitePattern.Axis.X ? geometry.depthNm() : geometry.widthNm();
                if (boundary.position().nanometres() >= edge) {
                    document.report(key + ".position", "lies outside the box, whose edge is " + edge + " nm");
                }
            }
        } else if (pattern instanceof SitePattern.Mask mask) {
            declarations.siteType(key + ".type", mask.type());
            picture(key + ".file", mask.file());
        } else if (pattern instanceof SitePattern.Points points) {
            declarations.siteType(key + ".type", points.type());
            points(key + ".at", points.at());
        }
    }

    private void picture(String key, Path file) {
        readable(key, file, Files::isRegularFile);
        if (Files.isRegularFile(file)) {
            try {
                Raster.read(file);
            } catch (IllegalArgumentException e) {
                document.report(key, "is no picture that can be read", "expected a PNG file");
            }
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
                declarations.species(key + ".species", some.species());
                layers += some.count();
                if (geometry != null && layers > geometry.layerCount()) {
                    document.report(
                            key + ".count",
                            "makes " + layers + " layers, but the box has room for " + geometry.layerCount());
                }
            } else if (piece instanceof Morphology.Rough rough) {
                declarations.species(key + ".species", rough.species());
            } else if (piece instanceof Morphology.Protrusion protrusion) {
                declarations.species(key + ".species", protrusion.species());
            } else if (piece instanceof Morphology.Particles particles) {
                declarations.species(key + ".species", particles.species());
            } else if (piece instanceof Morphology.Points points) {
                declarations.species(key + ".species", points.species());
                points(key + ".at", points.at());
            } else if (piece instanceof Morphology.Dispersed dispersed) {
                declarations.species(key + ".species", dispersed.species());
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
            declarations.species(key + ".species", site.species());
            if (site.type() != null) {
                declarations.siteType(key + ".type", site.type());
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
            declarations.speciesList(key + ".species", pair.species());
            declarations.shell(key + ".shell", pair.shell());
            if (!document.sound(key)) {
                continue;
            }
            List<Integer> others = pairs.computeIfAbsent(new HashSet<>(pair.species()), k -> new ArrayList<>());
            for (int other : others) {
                if (Declarations.shellsOverlap(
                        scenario.energies().pairs().get(other).shell(), pair.shell())) {
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
}
