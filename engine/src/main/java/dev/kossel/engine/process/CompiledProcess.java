package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.ArrivalProcess;
import dev.kossel.engine.process.ElementaryProcess.FailedArrival;
import dev.kossel.engine.process.ElementaryProcess.FirstPassageProcess;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.ElementaryProcess.TopProcess;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.doubles.DoubleArrays;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import it.unimi.dsi.fastutil.objects.Object2IntOpenCustomHashMap;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * One process as tables over site states. Immutable; drawing allocates nothing, but for patterns.
 *
 * <p>{@link #draw} is the fast way (one direction, accepted or not); {@link #rate} is the exact way (all directions
 * summed). Both read the same tables, and a test holds both against the Hamiltonian's plain sums.
 */
abstract sealed class CompiledProcess {

    private final RateTable table;
    private final int index;

    private CompiledProcess(RateTable table, int index) {
        this.table = table;
        this.index = index;
    }

    /**
     * @param index of the process in the table
     * @param bound receives the bound of one direction, by state; the table keeps it by class
     */
    static CompiledProcess of(ElementaryProcess process, RateTable table, int index, double[] bound) {
        if (process instanceof SiteProcess site) {
            return new Site(site, table, index, bound);
        } else if (process instanceof PairProcess pair) {
            return new Pair(pair, table, index, bound);
        } else if (process instanceof ArrivalProcess
                || process instanceof FailedArrival
                || process instanceof TopProcess
                || process instanceof FirstPassageProcess) {
            return new FromOutside(table, index);
        }
        return new Pattern((PatternProcess) process, table, index, bound);
    }

    /** Upper bound of the rate of an event in any one direction from a site in {@code state}; exact for site processes. */
    final double bound(int state) {
        return table.boundOfOne(index, state);
    }

    /** Largest ratio of a bound to the smallest rate it stands for. */
    abstract double looseness();

    /** Directions an event of this process may take from a site. */
    abstract int directions();

    /**
     * The exact rate of the event from {@code site} in {@code direction}, as things stand; 0 where it cannot happen.
     */
    abstract double rate(SiteStates lattice, int site, int direction);

    /** Writes what the event would change. Only for events that can happen. */
    abstract void describe(SiteStates lattice, int site, int direction, Event event);

    /**
     * Draws a direction for a start from {@code site} and accepts it with the probability rate/bound.
     *
     * @param word for the direction
     * @return whether an event was written to {@code event}; false is a null event
     */
    abstract boolean draw(SiteStates lattice, int site, RandomWord word, UniformRandomProvider random, Event event);

    /** No site starts it: {@link Arrivals}, {@link TopExchange} or {@link FirstPassage} does. */
    static final class FromOutside extends CompiledProcess {
        private FromOutside(RateTable table, int index) {
            super(table, index);
        }

        @Override
        double looseness() {
            return 1;
        }

        @Override
        int directions() {
            return 0;
        }

        @Override
        double rate(SiteStates lattice, int site, int direction) {
            return 0;
        }

        @Override
        void describe(SiteStates lattice, int site, int direction, Event event) {
            throw new UnsupportedOperationException("starts from no site");
        }

        @Override
        boolean draw(SiteStates lattice, int site, RandomWord word, UniformRandomProvider random, Event event) {
            throw new UnsupportedOperationException("starts from no site");
        }
    }

    /** A → B at one site: its rate is a function of the state. */
    static final class Site extends CompiledProcess {
        final int after;

        private Site(SiteProcess process, RateTable table, int index, double[] bound) {
            super(table, index);
            after = process.after();
            for (int state = 0; state < bound.length; state++) {
                bound[state] = table.bound(process, state);
            }
        }

        @Override
        double looseness() {
            return 1;
        }

        @Override
        int directions() {
            return 1;
        }

        @Override
        double rate(SiteStates lattice, int site, int direction) {
            return bound(lattice.state(site));
        }

        @Override
        void describe(SiteStates lattice, int site, int direction, Event event) {
            event.change(site, after);
        }

        @Override
        boolean draw(SiteStates lattice, int site, RandomWord word, UniformRandomProvider random, Event event) {
            event.change(site, after);
            return true;
        }
    }

    /**
     * A, B → C, D at a site and a neighbour: its rate is a function of the two states and of the direction's shell and
     * layer step.
     */
    static final class Pair extends CompiledProcess {
        private final LatticeGeometry geometry;
        private final int basisSize;
        final int after;
        final int afterTo;
        /** Directions of a site; where a basis atom has fewer than another, the rest lead nowhere. */
        final int width;
        /**
         * Neighbour slot by [basis · width + direction], −1 for nowhere; the tables that apply stand in group[] at the
         * same index.
         */
        final int[] slot;

        final Table[] group;
        final Footprint[] footprint;
        /** Whether every pair that can react at all does so at the bound of its first site. */
        final boolean isExact;

        private double looseness = 1;

        private Pair(PairProcess process, RateTable table, int index, double[] bound) {
            super(table, index);
            geometry = table.geometry;
            basisSize = geometry.basisSize();
            after = process.after();
            afterTo = process.afterTo();
            int[][] slots = new int[basisSize][];
            int widest = 0;
            for (int basis = 0; basis < basisSize; basis++) {
                IntArrayList list = new IntArrayList();
                for (int k = 0; k < geometry.neighborCount(); k++) {
                    if (process.shells().get(geometry.shellOf(k))
                            && process.directions().includes(geometry.layerStep(basis, k))) {
                        list.add(k);
                    }
                }
                slots[basis] = list.toIntArray();
                widest = Math.max(widest, list.size());
            }
            width = widest;
            slot = new int[basisSize * width];
            group = new Table[basisSize * width];
            footprint = new Footprint[basisSize * width];
            Arrays.fill(slot, -1);
            Map<List<Integer>, Table> groups = new HashMap<>();
            for (int basis = 0; basis < basisSize; basis++) {
                for (int n = 0; n < slots[basis].length; n++) {
                    int k = slots[basis][n];
                    slot[basis * width + n] = k;
                    group[basis * width + n] = groups.computeIfAbsent(
                            List.of(geometry.shellOf(k), geometry.layerStep(basis, k)),
                            of -> new Table(process, table, of.get(0), of.get(1)));
                    footprint[basis * width + n] =
                            new Footprint(table, basis, k, process.before(), after, process.beforeTo(), afterTo);
                }
            }
            for (Table rates : groups.values()) {
                rates.raise(bound);
            }
            for (Table rates : groups.values()) {
                looseness = Math.max(looseness, rates.looseness(bound));
            }
            isExact = groups.values().stream().allMatch(rates -> rates.isExact(bound));
        }

        @Override
        double looseness() {
            return looseness;
        }

        @Override
        int directions() {
            return width;
        }

        @Override
        double rate(SiteStates lattice, int site, int direction) {
            int index = (basisSize == 1 ? 0 : geometry.basis(site) * width) + direction;
            int k = slot[index];
            int to = k < 0 ? -1 : geometry.neighbor(site, k);
            return to < 0 ? 0 : group[index].rate(lattice.state(site), lattice.state(to));
        }

        @Override
        void describe(SiteStates lattice, int site, int direction, Event event) {
            int index = (basisSize == 1 ? 0 : geometry.basis(site) * width) + direction;
            event.change(site, after, geometry.neighbor(site, slot[index]), afterTo, footprint[index]);
        }

        @Override
        boolean draw(SiteStates lattice, int site, RandomWord word, UniformRandomProvider random, Event event) {
            int index = (basisSize == 1 ? 0 : geometry.basis(site) * width) + word.below(width);
            int k = slot[index];
            int to = k < 0 ? -1 : geometry.neighbor(site, k);
            if (to < 0) {
                return false;
            }
            int state = lattice.state(site);
            double rate = group[index].rate(state, lattice.state(to));
            if (rate == 0) {
                return false;
            }
            double bound = bound(state);
            if (rate < bound && random.nextDouble() * bound >= rate) {
                return false;
            }
            event.change(site, after, to, afterTo, footprint[index]);
            return true;
        }

        /**
         * Rates of a pair process in the directions of one shell and layer step: rows are states of the first site,
         * columns of the second.
         */
        static final class Table {
            /** A table of more entries would take longer to compile than a run is worth. */
            private static final int MAX_RATES = 1 << 24;

            private final StateNumbers numbers;
            /** Where in the table's {@link StateNumbers} the rows of all states begin. */
            final int rowAt;

            final int columnAt;
            final int columns;
            final double[] rate;

            Table(PairProcess process, RateTable table, int shell, int layerStep) {
                int states = table.stateCount();
                Side from = new Side(table, shell, process.before(), process.after(), process.beforeTo());
                Side to = new Side(table, shell, process.beforeTo(), process.afterTo(), process.before());
                boolean twins = process.isSymmetric() && process.directions().includes(-layerStep);
                from.collect(process.siteTypes(), process.where(), twins, process.siteTypesTo(), process.whereTo());
                to.collect(process.siteTypesTo(), process.whereTo(), twins, process.siteTypes(), process.where());
                refuseTooMany(process, from.keys.size(), to.keys.size());
                Hamiltonian hamiltonian = table.catalog.hamiltonian();
                double bondBefore = hamiltonian.pairEnergy(shell, process.before(), process.beforeTo());
                double bondAfter = hamiltonian.pairEnergy(shell, process.after(), process.afterTo());

                double[][] full = new double[from.keys.size()][to.keys.size()];
                for (Map.Entry<Side.Key, Integer> a : from.keys.entrySet()) {
                    for (Map.Entry<Side.Key, Integer> b : to.keys.entrySet()) {
                        double deltaEnergy = a.getKey().change + b.getKey().change + bondAfter - bondBefore;
                        double initial = a.getKey().energy + b.getKey().energy + bondBefore;
                        double value = process.law().rate(deltaEnergy, initial, a.getKey().siteType, layerStep);
                        double share = a.getKey().eitherEnd && b.getKey().eitherEnd ? 0.5 : 1;
                        full[a.getValue()][b.getValue()] = RateTable.refuseBadRate(process, value) * share;
                    }
                }
                int[] rowOf = new int[from.keys.size()];
                int[] columnOf = new int[to.keys.size()];
                double[][] merged = Merge.alike(transpose(Merge.alike(full, rowOf), to.keys.size()), columnOf);
                // Row 0 and column 0 stand for "cannot happen".
                columns = merged.length + 1;
                int rows = merged.length == 0 ? 1 : merged[0].length + 1;
                rate = new double[rows * columns];
                for (int c = 0; c < merged.length; c++) {
                    for (int r = 0; r < merged[c].length; r++) {
                        rate[(r + 1) * columns + c + 1] = merged[c][r];
                    }
                }
                numbers = table.numbers;
                char[] row = new char[states];
                char[] column = new char[states];
                for (int state = 0; state < states; state++) {
                    row[state] = (char) (from.index[state] < 0 ? 0 : rowOf[from.index[state]] + 1);
                    column[state] = (char) (to.index[state] < 0 ? 0 : columnOf[to.index[state]] + 1);
                }
                rowAt = numbers.add(row);
                columnAt = numbers.add(column);
            }

            private static void refuseTooMany(PairProcess process, int rows, int columns) {
                if (Math.max(rows, columns) >= Character.MAX_VALUE || (long) rows * columns > MAX_RATES) {
                    throw new IllegalArgumentException(
                            "process " + process.name() + ": the neighbourhoods of its sites differ in "
                                    + rows + " × " + columns + " ways, expected at most " + MAX_RATES
                                    + " in all: give fewer species bond energies, or give alike species the same ones");
                }
            }

            double rate(int state, int stateTo) {
                return rate[numbers.at(rowAt, state) * columns + numbers.at(columnAt, stateTo)];
            }

            private int row(int state) {
                return numbers.at(rowAt, state);
            }

            void raise(double[] bound) {
                double[] most = new double[rate.length / columns];
                for (int n = 0; n < rate.length; n++) {
                    most[n / columns] = Math.max(most[n / columns], rate[n]);
                }
                for (int state = 0; state < bound.length; state++) {
                    bound[state] = Math.max(bound[state], most[row(state)]);
                }
            }

            /** Whether all that can react does so at a bound. */
            boolean isExact(double[] bound) {
                return IntStream.range(0, bound.length)
                        .filter(state -> bound[state] > 0)
                        .allMatch(state -> IntStream.range(1, columns)
                                .allMatch(c -> rate[row(state) * columns + c] == bound[state]));
            }

            double looseness(double[] bound) {
                double[] least = new double[rate.length / columns];
                Arrays.fill(least, Double.POSITIVE_INFINITY);
                for (int n = 0; n < rate.length; n++) {
                    if (rate[n] > 0) {
                        least[n / columns] = Math.min(least[n / columns], rate[n]);
                    }
                }
                double worst = 1;
                for (int state = 0; state < bound.length; state++) {
                    worst = Math.max(worst, bound[state] / least[row(state)]);
                }
                return worst;
            }

            private static double[][] transpose(double[][] matrix, int columns) {
                double[][] turned = new double[columns][matrix.length];
                for (int r = 0; r < matrix.length; r++) {
                    for (int c = 0; c < columns; c++) {
                        turned[c][r] = matrix[r][c];
                    }
                }
                return turned;
            }
        }

        /** One of the two sites of a pair: its energies without the partner, as far as a law can tell them apart. */
        private static final class Side {
            /**
             * @param eitherEnd whether the site could as well be the other of a pair of twins, which then is met from
             *     both ends
             */
            private record Key(double change, double energy, int siteType, boolean eitherEnd) {}

            private final RateTable table;
            private final int shell;
            private final int before;
            private final int after;
            private final int partner;
            private final Map<Key, Integer> keys = new HashMap<>();
            private final int[] index;

            Side(RateTable table, int shell, int before, int after, int partner) {
                this.table = table;
                this.shell = shell;
                this.before = before;
                this.after = after;
                this.partner = partner;
                index = new int[table.stateCount()];
            }

            void collect(
                    BitSet siteTypes,
                    List<NeighborCondition> where,
                    boolean twins,
                    BitSet otherSiteTypes,
                    List<NeighborCondition> otherWhere) {
                int weight = table.code.weight(shell, partner);
                for (int state = 0; state < index.length; state++) {
                    index[state] = -1;
                    int environment = table.environment(state);
                    if (table.species(state) == before
                            && table.isPossible(state)
                            && table.code.canHold(environment, shell, partner)
                            && isAllowed(state, siteTypes, where)) {
                        double energy = table.energy(state, before, weight);
                        double change = table.energy(state, after, weight) - energy;
                        boolean eitherEnd = twins && isAllowed(state, otherSiteTypes, otherWhere);
                        Key key = new Key(change, energy, table.siteType(state), eitherEnd);
                        Integer known = keys.putIfAbsent(key, keys.size());
                        index[state] = known == null ? keys.size() - 1 : known;
                    }
                }
            }

            private boolean isAllowed(int state, BitSet siteTypes, List<NeighborCondition> where) {
                return RateTable.allows(siteTypes, table.siteType(state))
                        && table.code.holds(where, table.environment(state) - table.code.weight(shell, partner));
            }
        }
    }

    /**
     * Several sites at once. Sites are found by displacement and energies summed plainly: general, and slower than the
     * two above.
     */
    static final class Pattern extends CompiledProcess {
        /** Lattice constants: as near as {@link LatticeGeometry#siteAt} wants it. */
        private static final double SAME_PLACE = 0.01;

        private final PatternProcess process;
        private final LatticeGeometry geometry;
        private final Hamiltonian hamiltonian;
        /**
         * Whether a neighbour slot of the anchor belongs to the pattern, by [(variant · basisSize + basis) ·
         * neighborCount + slot].
         */
        private final boolean[] own;

        private double looseness = 1;

        private Pattern(PatternProcess process, RateTable table, int index, double[] bound) {
            super(table, index);
            this.process = process;
            geometry = table.geometry;
            own = ownSlots();
            hamiltonian = table.catalog.hamiltonian();
            for (List<PatternProcess.Entry> variant : process.variants()) {
                refuseMisplaced(variant);
                raise(variant, table, bound);
            }
        }

        private void refuseMisplaced(List<PatternProcess.Entry> variant) {
            PatternProcess.Entry misplaced = null;
            for (int basis = 0; basis < geometry.basisSize(); basis++) {
                misplaced = firstMisplaced(variant, basis);
                if (misplaced == null) {
                    return;
                }
            }
            throw new IllegalArgumentException(
                    "process " + process.name() + ": no lattice site of its own lies at offset (" + misplaced.dx()
                            + ", " + misplaced.dy() + ", " + misplaced.dz() + ")");
        }

        /**
         * The first entry that lies on no site, or in a box too small for the pattern on the site of an earlier one;
         * null if there is none.
         */
        private PatternProcess.@Nullable Entry firstMisplaced(List<PatternProcess.Entry> variant, int basis) {
            int anchor = geometry.site(0, 0, geometry.cellsZ() / 2, basis);
            IntOpenHashSet taken = new IntOpenHashSet();
            for (PatternProcess.Entry entry : variant) {
                int at = geometry.siteAt(anchor, entry.dx(), entry.dy(), entry.dz());
                if (at == -2 || (at >= 0 && !taken.add(at))) {
                    return entry;
                }
            }
            return null;
        }

        private boolean[] ownSlots() {
            int slots = geometry.neighborCount();
            boolean[] slotsOfPattern = new boolean[process.variants().size() * geometry.basisSize() * slots];
            for (int index = 0; index < slotsOfPattern.length; index++) {
                double[] nm = geometry.displacementNm(index / slots % geometry.basisSize(), index % slots);
                double a = geometry.latticeConstantNm();
                slotsOfPattern[index] = process.variants().get(index / slots / geometry.basisSize()).stream()
                        .anyMatch(entry -> Math.abs(entry.dx() - nm[0] / a) < SAME_PLACE
                                && Math.abs(entry.dy() - nm[1] / a) < SAME_PLACE
                                && Math.abs(entry.dz() - nm[2] / a) < SAME_PLACE);
            }
            return slotsOfPattern;
        }

        private boolean holds(SiteStates lattice, int anchor, int variant) {
            int slots = geometry.neighborCount();
            int first = (variant * geometry.basisSize() + geometry.basis(anchor)) * slots;
            for (NeighborCondition condition : process.where()) {
                int count = 0;
                for (int k = 0; k < slots; k++) {
                    int neighbor = geometry.neighbor(anchor, k);
                    if (neighbor >= 0
                            && !own[first + k]
                            && condition.shells().get(geometry.shellOf(k))
                            && condition.species().get(lattice.species(neighbor))) {
                        count++;
                    }
                }
                if (!condition.holdsFor(count)) {
                    return false;
                }
            }
            return true;
        }

        /** Bounds: the law at the anchor's energies and the extremes of what the other changing sites can add. */
        private void raise(List<PatternProcess.Entry> variant, RateTable table, double[] bound) {
            double lowestChange = 0;
            double highestChange = 0;
            double highestEnergy = 0;
            double lowestEnergy = 0;
            for (PatternProcess.Entry entry : variant.subList(1, variant.size())) {
                if (entry.before() == entry.after()) {
                    continue;
                }
                double[] change = extremes(entry, table, true);
                double[] energy = extremes(entry, table, false);
                lowestChange += change[0];
                highestChange += change[1];
                lowestEnergy += energy[0];
                highestEnergy += energy[1];
            }
            // Bonds between two changing sites stand in both sites' energies; let the bound cover either count.
            double slack = 0;
            for (int shell = 0; shell < hamiltonian.shellCount(); shell++) {
                for (PatternProcess.Entry a : variant) {
                    for (PatternProcess.Entry b : variant) {
                        if (a.before() != a.after() && b.before() != b.after()) {
                            slack += Math.abs(hamiltonian.pairEnergy(shell, a.before(), b.before()))
                                    + Math.abs(hamiltonian.pairEnergy(shell, a.after(), b.after()))
                                    + Math.abs(hamiltonian.pairEnergy(shell, a.after(), b.before()))
                                    + Math.abs(hamiltonian.pairEnergy(shell, a.before(), b.after()));
                        }
                    }
                }
            }
            PatternProcess.Entry anchor = variant.get(0);
            for (int state = 0; state < bound.length; state++) {
                if (table.species(state) != anchor.before()
                        || !RateTable.allows(anchor.siteTypes(), table.siteType(state))
                        || !table.isPossible(state)) {
                    continue;
                }
                double before = anchor.before() == anchor.after() ? 0 : table.energy(state, anchor.before(), 0);
                double change = anchor.before() == anchor.after() ? 0 : table.energy(state, anchor.after(), 0) - before;
                double most = worst(
                        change + lowestChange - slack, before + highestEnergy + slack, table.siteType(state), true);
                double least = worst(
                        change + highestChange + slack, before + lowestEnergy - slack, table.siteType(state), false);
                bound[state] = Math.max(bound[state], RateTable.refuseBadRate(process, most));
                looseness = Math.max(looseness, most / Math.max(least, Double.MIN_NORMAL));
            }
        }

        private double worst(double change, double energy, int siteType, boolean most) {
            double level = process.law().rate(change, energy, siteType, 0);
            double climb = process.law().rate(change, energy, siteType, 1);
            return most ? Math.max(level, climb) : Math.min(level, climb);
        }

        private double[] extremes(PatternProcess.Entry entry, RateTable table, boolean change) {
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            for (int state = 0; state < table.stateCount(); state++) {
                if (table.species(state) == entry.before() && table.isPossible(state)) {
                    double value = table.energy(state, entry.before(), 0);
                    if (change) {
                        value = table.energy(state, entry.after(), 0) - value;
                    }
                    lowest = Math.min(lowest, value);
                    highest = Math.max(highest, value);
                }
            }
            return new double[] {lowest, highest};
        }

        @Override
        double looseness() {
            return looseness;
        }

        @Override
        int directions() {
            return process.variants().size();
        }

        @Override
        double rate(SiteStates lattice, int site, int direction) {
            return rate(lattice, site, direction, new Event());
        }

        private double rate(SiteStates lattice, int site, int direction, Event event) {
            List<PatternProcess.Entry> variant = process.variants().get(direction);
            event.clear();
            int highestStep = 0;
            for (int m = 0; m < variant.size(); m++) {
                PatternProcess.Entry entry = variant.get(m);
                int at = m == 0 ? site : geometry.siteAt(site, entry.dx(), entry.dy(), entry.dz());
                if (at < 0
                        || lattice.species(at) != entry.before()
                        || !RateTable.allows(entry.siteTypes(), lattice.siteType(at))) {
                    return 0;
                }
                if (entry.before() != entry.after()) {
                    event.add(at, entry.after());
                    highestStep = Math.max(highestStep, Math.abs(geometry.layer(at) - geometry.layer(site)));
                }
            }
            if (!holds(lattice, site, direction)) {
                return 0;
            }
            double before = hamiltonian.energyAround(lattice, event.sites, event.count);
            double after = hamiltonian.energyAround(lattice.imagining(event), event.sites, event.count);
            return process.law().rate(after - before, before, lattice.siteType(site), highestStep);
        }

        @Override
        void describe(SiteStates lattice, int site, int direction, Event event) {
            rate(lattice, site, direction, event);
        }

        @Override
        boolean draw(SiteStates lattice, int site, RandomWord word, UniformRandomProvider random, Event event) {
            int direction = word.below(process.variants().size());
            double rate = rate(lattice, site, direction, event);
            double limit = bound(lattice.state(site));
            return rate > 0 && (rate >= limit || random.nextDouble() * limit < rate);
        }
    }

    /** Rows that are the same become one. */
    private static final class Merge {
        /** @param indexOf receives the row each row became */
        static double[][] alike(double[][] rows, int[] indexOf) {
            Object2IntOpenCustomHashMap<double[]> known = new Object2IntOpenCustomHashMap<>(DoubleArrays.HASH_STRATEGY);
            known.defaultReturnValue(-1);
            double[][] kept = new double[rows.length][];
            for (int r = 0; r < rows.length; r++) {
                int index = known.putIfAbsent(rows[r], known.size());
                indexOf[r] = index < 0 ? known.size() - 1 : index;
                kept[indexOf[r]] = rows[r];
            }
            return Arrays.copyOf(kept, known.size());
        }
    }
}
