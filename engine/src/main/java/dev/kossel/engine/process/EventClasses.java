package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.lattice.LatticeGeometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorts the events of reversible processes into classes: an event and the event that undoes it are in the same class, on
 * opposite sides of it. Where the rates of a class are multiplied by one number, forth and back, detailed balance stays.
 *
 * <p>A class is (process and its reverse; E of the changing sites before and after; step between layers). One process has
 * many: an adatom's hop along a terrace and its hop to a step differ in the energies. E is the sum of all terms of the
 * Hamiltonian that involve a changing site.
 *
 * <p>Site and pair processes only. Immutable; thread-safe. A look-up costs three array reads.
 */
public final class EventClasses {

    /** Energies that differ by less are the same: 10⁻⁹ of the unit. */
    private static final double QUANTA = 1e9;

    /**
     * One class.
     *
     * @param process its forward process, an index into the catalogue
     * @param reverse the process of the events that undo them; may be the same
     * @param from what an event starts from
     * @param to what it leads to
     * @param layerStep layers from the first changing site to the second, forwards; 0 for one site
     * @param directed whether forth and back can be told apart: not where both ends are alike
     */
    public record EventClass(int process, int reverse, Level from, Level to, int layerStep, boolean directed) {}

    /**
     * One end of a class: what is there and how strongly it is bound. Classes that share one exchange with one another.
     *
     * @param species of the changing sites, in ascending order
     * @param energy of these sites
     */
    public record Level(List<Integer> species, double energy) {}

    private record Key(int process, long from, long to, int layerStep) {}

    private final List<EventClass> classes = new ArrayList<>();
    private final Map<Key, Integer> numbers = new LinkedHashMap<>();
    /** By process; null where it is in no class. */
    private final Sides[] sides;

    private final LatticeGeometry geometry;

    /**
     * @param processes which processes; each must have its reverse among them, or be its own
     * @throws IllegalArgumentException if a process has no reverse or is neither a site nor a pair process
     */
    public static EventClasses of(RateTable table, BitSet processes) {
        return new EventClasses(table, processes);
    }

    /** The process that undoes {@code process}, which may be itself; −1 if there is none or it is no site or pair process. */
    public static int reverse(ProcessCatalog catalog, int process) {
        List<ElementaryProcess> all = catalog.processes();
        if (undoes(all.get(process), all.get(process))) {
            return process;
        }
        for (int other = 0; other < all.size(); other++) {
            if (undoes(all.get(process), all.get(other))) {
                return other;
            }
        }
        return -1;
    }

    private static boolean undoes(ElementaryProcess one, ElementaryProcess other) {
        if (one instanceof SiteProcess a && other instanceof SiteProcess b) {
            return a.before() == b.after()
                    && a.after() == b.before()
                    && a.siteTypes().equals(b.siteTypes());
        }
        return one instanceof PairProcess a
                && other instanceof PairProcess b
                && a.shells().equals(b.shells())
                && (undoesInPlace(a, b) || undoesSwapped(a, b));
    }

    /** From the same site. */
    private static boolean undoesInPlace(PairProcess a, PairProcess b) {
        return a.before() == b.after()
                && a.beforeTo() == b.afterTo()
                && a.after() == b.before()
                && a.afterTo() == b.beforeTo()
                && a.directions() == b.directions()
                && a.siteTypes().equals(b.siteTypes())
                && a.siteTypesTo().equals(b.siteTypesTo());
    }

    /** From the other site, as a hop is undone by a hop. */
    private static boolean undoesSwapped(PairProcess a, PairProcess b) {
        return a.before() == b.afterTo()
                && a.beforeTo() == b.after()
                && a.after() == b.beforeTo()
                && a.afterTo() == b.before()
                && a.directions() == mirrored(b.directions())
                && a.siteTypes().equals(b.siteTypesTo())
                && a.siteTypesTo().equals(b.siteTypes());
    }

    private static Directions mirrored(Directions directions) {
        return switch (directions) {
            case UP -> Directions.DOWN;
            case DOWN -> Directions.UP;
            case ALL, IN_PLANE, INTER_LAYER -> directions;
        };
    }

    private EventClasses(RateTable table, BitSet processes) {
        geometry = table.geometry;
        sides = new Sides[table.processCount()];
        for (int p = processes.nextSetBit(0); p >= 0; p = processes.nextSetBit(p + 1)) {
            int reverse = reverse(table.catalog, p);
            if (reverse < 0 || !processes.get(reverse)) {
                throw new IllegalArgumentException(
                        "process " + table.catalog.processes().get(p).name()
                                + " has no reverse: only site and pair processes that are undone can be scaled");
            }
            sides[p] = table.catalog.processes().get(p) instanceof SiteProcess site
                    ? new Sides(table, p, reverse, site)
                    : new Sides(table, p, reverse, (PairProcess)
                            table.catalog.processes().get(p));
        }
    }

    /** Classes are 0 … classCount − 1. */
    public int classCount() {
        return classes.size();
    }

    /** Whether the events of a process are in classes. */
    boolean sorts(int process) {
        return sides[process] != null;
    }

    public EventClass eventClass(int number) {
        return classes.get(number);
    }

    /**
     * Where an event that can happen belongs.
     *
     * @param direction as in {@link CompiledProcess#rate}
     * @return twice the number of the class, and 1 more if the event goes backwards; −1 if its process is in no class
     */
    int code(SiteStates lattice, int process, int site, int direction) {
        Sides of = sides[process];
        if (of == null) {
            return -1;
        }
        int state = lattice.state(site);
        if (of.pair == null) {
            return of.codes[0][of.from[0][state]][0];
        }
        int index = geometry.basis(site) * of.pair.width + direction;
        int group = of.group[index];
        int to = lattice.state(geometry.neighbor(site, of.pair.slot[index]));
        return of.codes[group][of.from[group][state]][of.to[group][to]];
    }

    private int code(int process, int reverse, long from, long to, int layerStep, Level start, Level end) {
        boolean swapped = process == reverse ? from > to || (from == to && layerStep < 0) : process > reverse;
        boolean directed = process != reverse || from != to || layerStep != 0;
        Key key = swapped ? new Key(reverse, to, from, -layerStep) : new Key(process, from, to, layerStep);
        Integer known = numbers.putIfAbsent(key, classes.size());
        if (known == null) {
            known = classes.size();
            classes.add(
                    swapped
                            ? new EventClass(reverse, process, end, start, -layerStep, directed)
                            : new EventClass(process, reverse, start, end, layerStep, directed));
        }
        return 2 * known + (swapped ? 1 : 0);
    }

    private static long quanta(double energy) {
        return Math.round(energy * QUANTA);
    }

    private static Level level(long energy, int... species) {
        return new Level(Arrays.stream(species).sorted().boxed().toList(), energy / QUANTA);
    }

    /** What the look-up of one process reads: the ends of an event numbered by their energies, and the code of each pair of numbers. */
    private final class Sides {
        private final CompiledProcess.Pair pair;
        /** By [basis · width + direction] of the pair process: which tables apply. */
        private final int[] group;
        /** By [group][state]. */
        private final int[][] from;

        private final int[][] to;
        /** By [group][number of the first end][number of the second]. */
        private final int[][][] codes;

        Sides(RateTable table, int process, int reverse, SiteProcess site) {
            pair = null;
            group = new int[0];
            End end = new End(table, site.before(), site.after(), 0);
            from = new int[][] {end.number};
            to = new int[0][];
            codes = new int[1][end.energies.size()][1];
            for (int n = 0; n < end.energies.size(); n++) {
                long[] energy = end.energies.get(n);
                codes[0][n][0] = code(
                        process,
                        reverse,
                        energy[0],
                        energy[1],
                        0,
                        level(energy[0], site.before()),
                        level(energy[1], site.after()));
            }
        }

        Sides(RateTable table, int process, int reverse, PairProcess kind) {
            pair = (CompiledProcess.Pair) table.compiled(process);
            group = new int[pair.slot.length];
            Map<List<Integer>, Integer> groups = new LinkedHashMap<>();
            for (int index = 0; index < group.length; index++) {
                int k = pair.slot[index];
                if (k >= 0) {
                    List<Integer> key = List.of(geometry.shellOf(k), geometry.layerStep(index / pair.width, k));
                    group[index] = groups.computeIfAbsent(key, unused -> groups.size());
                }
            }
            from = new int[groups.size()][];
            to = new int[groups.size()][];
            codes = new int[groups.size()][][];
            // Undone from the other site, a step up is undone by a step down; from the same site by one up again.
            boolean inPlace = process != reverse
                    && undoesInPlace(
                            kind, (PairProcess) table.catalog.processes().get(reverse));
            groups.forEach(
                    (key, number) -> fill(table, process, reverse, kind, key.get(0), inPlace ? 0 : key.get(1), number));
        }

        private void fill(
                RateTable table, int process, int reverse, PairProcess kind, int shell, int layerStep, int number) {
            End first = new End(table, kind.before(), kind.after(), table.code.weight(shell, kind.beforeTo()));
            End second = new End(table, kind.beforeTo(), kind.afterTo(), table.code.weight(shell, kind.before()));
            Hamiltonian hamiltonian = table.catalog.hamiltonian();
            long bondBefore = quanta(hamiltonian.pairEnergy(shell, kind.before(), kind.beforeTo()));
            long bondAfter = quanta(hamiltonian.pairEnergy(shell, kind.after(), kind.afterTo()));
            from[number] = first.number;
            to[number] = second.number;
            codes[number] = new int[first.energies.size()][second.energies.size()];
            for (int a = 0; a < first.energies.size(); a++) {
                for (int b = 0; b < second.energies.size(); b++) {
                    long before = first.energies.get(a)[0] + second.energies.get(b)[0] + bondBefore;
                    long after = first.energies.get(a)[1] + second.energies.get(b)[1] + bondAfter;
                    codes[number][a][b] = code(
                            process,
                            reverse,
                            before,
                            after,
                            layerStep,
                            level(before, kind.before(), kind.beforeTo()),
                            level(after, kind.after(), kind.afterTo()));
                }
            }
        }
    }

    /** One changing site: its energies before and after, without the partner, numbered. */
    private static final class End {
        private final int[] number;
        private final List<long[]> energies = new ArrayList<>();

        End(RateTable table, int before, int after, int partnerWeight) {
            number = new int[table.stateCount()];
            Map<List<Long>, Integer> known = new LinkedHashMap<>();
            for (int state = 0; state < number.length; state++) {
                if (table.species(state) == before
                        && table.isPossible(state)
                        && table.environment(state) >= partnerWeight) {
                    List<Long> key = List.of(
                            quanta(table.energy(state, before, partnerWeight)),
                            quanta(table.energy(state, after, partnerWeight)));
                    Integer at = known.putIfAbsent(key, energies.size());
                    if (at == null) {
                        at = energies.size();
                        energies.add(new long[] {key.get(0), key.get(1)});
                    }
                    number[state] = at;
                }
            }
        }
    }
}
