package dev.kossel.scenarios.file;

import dev.kossel.scenarios.file.ElementaryProcess.Directions;
import dev.kossel.scenarios.file.ElementaryProcess.NeighborCount;
import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import dev.kossel.scenarios.file.RateLaw.LineOfSight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Finds processes that would happen twice: the same reaction given again, as its mirror image, or as the reverse of a reversible one.
 *
 * <p>Two processes with the same reaction are in order if something tells them apart (shells, directions, site types, ranges of neighbours that
 * exclude each other), or if they are different mechanisms: electrochemical and not, in line of sight and not.
 */
final class DoubleCount {

    /** Ends the name of the second direction of a reversible process. */
    private static final String REVERSE = "-reverse";

    /** Ends the name under which the attempts of an arrival that fail are counted. */
    private static final String FAILED = "-failed";

    private final Scenario scenario;
    private final Document document;

    DoubleCount(Scenario scenario, Document document) {
        this.scenario = scenario;
        this.document = document;
    }

    /** One direction of a process, turned so that mirror images are written alike. */
    private record OneWay(
            String process,
            String wording,
            ElementaryProcess of,
            boolean turned,
            List<String> types,
            List<String> typesTo,
            List<NeighborCount> where,
            List<NeighborCount> whereTo) {

        boolean overlaps(OneWay other) {
            return !isAnotherTurnover(other)
                    && of.law() instanceof Electrochemical == other.of.law() instanceof Electrochemical
                    && of.law() instanceof LineOfSight == other.of.law() instanceof LineOfSight
                    && Declarations.shellsOverlap(of.shell(), other.of.shell())
                    && (of.directions() == other.of.directions()
                            || of.directions() == Directions.ALL
                            || other.of.directions() == Directions.ALL)
                    && meet(types, other.types)
                    && meet(typesTo, other.typesTo)
                    && compatible(where, other.where)
                    && compatible(whereTo, other.whereTo);
        }

        /** Reactions that leave a site as it is say nothing of what reacts there: two laws are two reactions. */
        private boolean isAnotherTurnover(OneWay other) {
            Reaction reaction = of.reaction();
            return reaction != null && reaction.isTurnover() && !of.law().equals(other.of.law());
        }

        private static boolean meet(List<String> a, List<String> b) {
            return a.isEmpty() || b.isEmpty() || !Collections.disjoint(a, b);
        }

        private static boolean compatible(List<NeighborCount> a, List<NeighborCount> b) {
            for (NeighborCount one : a) {
                for (NeighborCount two : b) {
                    if (one.shell().equals(two.shell())
                            && new HashSet<>(one.species()).equals(new HashSet<>(two.species()))
                            && (one.atLeast() > most(two) || two.atLeast() > most(one))) {
                        return false;
                    }
                }
            }
            return true;
        }

        private static int most(NeighborCount condition) {
            return condition.atMost() == null ? Integer.MAX_VALUE : condition.atMost();
        }
    }

    void check() {
        Map<String, List<OneWay>> byReaction = new HashMap<>();
        Map<Object, String> byPattern = new HashMap<>();
        scenario.processes().forEach((name, process) -> {
            String key = "processes." + name;
            Reaction reaction = process.reaction();
            if (!document.sound(key)) {
                return;
            }
            if (name.endsWith(REVERSE)
                    && scenario.processes().containsKey(name.substring(0, name.length() - REVERSE.length()))) {
                document.report(
                        key,
                        "has the name that the reverse of another process is given",
                        "choose one without " + REVERSE);
            }
            if (name.endsWith(FAILED) && countsFailures(name.substring(0, name.length() - FAILED.length()))) {
                document.report(
                        key,
                        "has the name under which the failures of another process are counted",
                        "choose one without " + FAILED);
            }
            if (reaction == null) {
                String other = byPattern.putIfAbsent(List.of(process.pattern(), process.where()), name);
                if (other != null && !process.pattern().isEmpty()) {
                    document.report(
                            key + ".pattern",
                            "is that of process '" + other + "': its events would happen twice",
                            "remove one of them");
                }
                return;
            }
            List<Reaction> directions = new ArrayList<>(List.of(reaction));
            if (reaction.reversible()) {
                directions.add(reaction.reversed());
            }
            for (int i = 0; i < directions.size(); i++) {
                OneWay oneWay = oneWay(name, process, directions.get(i), i == 1);
                List<OneWay> same = byReaction.computeIfAbsent(canonical(directions.get(i)), k -> new ArrayList<>());
                OneWay other =
                        same.stream().filter(oneWay::overlaps).findFirst().orElse(null);
                if (other != null && other.process.equals(name)) {
                    document.report(
                            key + ".reaction",
                            "counts every event twice: its reverse is its own mirror image",
                            "write '" + new Reaction(reaction.before(), reaction.after(), false, false) + "'");
                    break;
                }
                if (other != null) {
                    document.report(
                            key + ".reaction",
                            "would happen twice: " + oneWay.wording + " is " + other.wording
                                    + (oneWay.turned == other.turned ? "" : " seen from the other site"),
                            "remove one of '" + other.process + "' and '" + name
                                    + "', or tell them apart by site-types, shell, directions or where");
                    break;
                }
                same.add(oneWay);
            }
        });
    }

    private boolean countsFailures(String name) {
        ElementaryProcess process = scenario.processes().get(name);
        return process != null && process.law() instanceof LineOfSight law && law.countFailures();
    }

    private static OneWay oneWay(String name, ElementaryProcess process, Reaction reaction, boolean reverse) {
        boolean turned = mirrored(reaction);
        return new OneWay(
                name,
                (reverse ? "the reverse of '" : "'") + name + "'",
                process,
                turned,
                turned ? process.siteTypesTo() : process.siteTypes(),
                turned ? process.siteTypes() : process.siteTypesTo(),
                turned ? process.whereTo() : process.where(),
                turned ? process.where() : process.whereTo());
    }

    private static String canonical(Reaction reaction) {
        String direct = oneWayText(reaction.before(), reaction.after());
        String mirror = oneWayText(mirror(reaction.before()), mirror(reaction.after()));
        return direct.compareTo(mirror) <= 0 ? direct : mirror;
    }

    private static boolean mirrored(Reaction reaction) {
        return !canonical(reaction).equals(oneWayText(reaction.before(), reaction.after()));
    }

    private static String oneWayText(List<String> before, List<String> after) {
        return before + " -> " + after;
    }

    private static List<String> mirror(List<String> sites) {
        List<String> mirrored = new ArrayList<>(sites);
        Collections.reverse(mirrored);
        return mirrored;
    }
}
