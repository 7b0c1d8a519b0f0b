package dev.kossel.scenarios.file;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.ElementaryProcess.NeighborCount;
import dev.kossel.scenarios.file.ElementaryProcess.PatternSite;
import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import dev.kossel.scenarios.file.RateLaw.LineOfSight;
import dev.kossel.scenarios.file.Scenario.Species;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a process must satisfy. Reports to the document. */
final class ProcessValidator {

    private static final Predicate<Species> VACANT = s -> s.phase() == Scenario.Phase.VACANT;

    private final Scenario scenario;
    private final Document document;
    private final Declarations declarations;
    private final @Nullable LatticeGeometry geometry;

    ProcessValidator(Scenario scenario, Document document, Declarations declarations) {
        this.scenario = scenario;
        this.document = document;
        this.declarations = declarations;
        geometry = declarations.geometry();
    }

    void validate(ElementaryProcess process, String key) {
        Reaction reaction = process.reaction();
        boolean patterned = !process.pattern().isEmpty();
        if (document.readable(key) && document.readable(key + ".reaction") && document.readable(key + ".pattern")) {
            if (reaction == null && !patterned) {
                document.report(key, "has neither a reaction nor a pattern", "add e.g. 'reaction: vacant -> Na'");
            } else if (reaction != null && patterned) {
                document.report(key + ".pattern", "stands beside a reaction", "write either, not both");
            }
        }
        declarations.siteTypes(key + ".site-types", process.siteTypes());
        declarations.siteTypes(key + ".site-types-to", process.siteTypesTo());
        declarations.shell(key + ".shell", process.shell());
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
        } else if (process.law() instanceof LineOfSight law) {
            lineOfSight(process, law, key);
        } else if (process.law() instanceof RateLaw.Bep law) {
            if (reaction != null && isItsOwnReverse(reaction) && law.slope() != 0.5) {
                document.report(
                        key + ".law.slope",
                        "breaks detailed balance: the reaction is its own reverse",
                        "give 0.5, at which forward and reverse share one law");
            }
        } else if (process.law() instanceof RateLaw.Arrhenius law) {
            Map<String, ?> given = law.activationEnergy().bySiteType();
            String energies = key + ".law.activation-energy";
            given.keySet().forEach(type -> declarations.siteType(energies + "." + type, type));
            List<String> missing =
                    new ArrayList<>(process.siteTypes().isEmpty() ? scenario.siteTypeNames() : process.siteTypes());
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
        if (reaction.isTurnover()) {
            turnover(process, reaction, key);
        }
        if (reaction.before().size() == 1) {
            secondSite(process, key, "is about a second site, but the reaction is at one site", "");
        }
        boolean takesElectrons = process.law() instanceof Electrochemical
                || process.law() instanceof LineOfSight law && law.electrons() > 0;
        if (!takesElectrons
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

    /** What leaves its site as it is must do something elsewhere: transfer charge. */
    private void turnover(ElementaryProcess process, Reaction reaction, String key) {
        boolean transfers =
                process.law() instanceof Electrochemical && reaction.before().size() == 1;
        if (!transfers && document.readable(key + ".law")) {
            document.report(
                    key + ".reaction",
                    "changes nothing",
                    "that is for charge transfer at one site alone, as where hydrogen evolves");
        }
    }

    /** A hop or an exchange: the two species swap places. */
    private static boolean isItsOwnReverse(Reaction reaction) {
        return reaction.before().size() == 2
                && reaction.before().get(0).equals(reaction.after().get(1))
                && reaction.before().get(1).equals(reaction.after().get(0));
    }

    private boolean speciesIn(String key, Reaction reaction) {
        boolean known = true;
        for (String name : new LinkedHashSet<>(concat(reaction.before(), reaction.after()))) {
            known &= declarations.species(key, name);
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
                    || swapsVacant(reaction);
            if (before.phase() == Scenario.Phase.METAL && after.phase() != Scenario.Phase.METAL) {
                document.report(
                        key + ".reaction",
                        "reads from the reduced to the oxidised species",
                        "turn it round: '" + new Reaction(reaction.after(), reaction.before(), true, false)
                                + "' plates and strips");
            } else if (!exchange && !reaction.isTurnover()) {
                balance(reaction, law.electrons(), key);
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
        if (law.exchangeCurrentDensity() == null && law.kinkFraction() != 1) {
            document.report(
                    key + ".law.kink-fraction", "has no meaning without an exchange current density", "remove it");
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

    private void lineOfSight(ElementaryProcess process, LineOfSight law, String key) {
        Reaction reaction = process.reaction();
        if (!process.pattern().isEmpty()
                || reaction != null && reaction.before().size() != 1) {
            document.report(
                    key + ".law",
                    "is of arrivals, which is for a reaction at one site",
                    "write e.g. 'reaction: vacant -> Na'");
        } else if (reaction != null && known(reaction) && !reaction.condition()) {
            if (reaction.reversible()) {
                document.report(
                        key + ".reaction",
                        "has a reverse, but nothing leaves in line of sight",
                        "write '->', and a process of its own for what leaves");
            } else if (law.electrons() > 0 && !swapsVacant(reaction)) {
                balance(reaction, law.electrons(), key);
            }
            if (geometry != null && geometry.cellsZ() > 1 && document.sound(key + ".where")) {
                supported(process.where(), reaction.before().get(0), key);
            }
        }
        if (document.sound(key + ".law")) {
            amount(law, key + ".law");
        }
    }

    /** A particle must not stay in the middle of nowhere, which would be the top of the box. */
    private void supported(List<NeighborCount> where, String passed, String key) {
        boolean somewhere = where.stream()
                .anyMatch(condition ->
                        condition.atLeast() > 0 && !condition.species().contains(passed));
        if (!somewhere) {
            document.report(
                    where.isEmpty() ? key : key + ".where",
                    where.isEmpty()
                            ? "has no 'where': what arrives would stay at the top of the box"
                            : "asks for no neighbour but '" + passed
                                    + "', through which particles come: they would stay at the top of the box",
                    "add e.g. 'where: [{species: [Na], at-least: 1}]'");
        }
    }

    private void amount(LineOfSight law, String key) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("rate", law.rate());
        given.put("monolayers", law.monolayers());
        given.put("flux", law.flux());
        given.put("current-density", law.currentDensity());
        given.values().removeIf(Objects::isNull);
        List<String> names = List.copyOf(given.keySet());
        if (names.isEmpty()) {
            document.report(key, "says nothing of how much arrives", "add e.g. 'monolayers: 0.1 /s'");
        }
        for (String name : names.subList(Math.min(1, names.size()), names.size())) {
            document.report(
                    key + "." + name,
                    "stands beside '" + names.get(0) + "'",
                    "write one of rate, monolayers, flux and current-density");
        }
        if (law.currentDensity() != null && law.electrons() == 0) {
            document.report(
                    key + ".current-density",
                    "is that of no electrons",
                    "add e.g. 'electrons: 1', those that an arrival takes up");
        }
    }

    private boolean swapsVacant(Reaction reaction) {
        return (count(reaction.before(), VACANT) == 0) != (count(reaction.after(), VACANT) == 0);
    }

    private void balance(Reaction reaction, int electrons, String key) {
        int taken = charge(reaction.before()) - charge(reaction.after());
        if (taken != electrons && document.readable(key + ".law.electrons")) {
            document.report(key + ".law.electrons", "does not balance the charge: " + reaction + " takes up " + taken);
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
            declarations.siteTypes(at + ".site-types", site.siteTypes());
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
            declarations.speciesList(at + ".species", condition.species());
            declarations.shell(at + ".shell", condition.shell());
            if (condition.species().isEmpty()) {
                document.report(at + ".species", "names no species");
            }
            if (!document.sound(at)) {
                continue;
            }
            Integer size = declarations.shellSize(condition.shell());
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
}
