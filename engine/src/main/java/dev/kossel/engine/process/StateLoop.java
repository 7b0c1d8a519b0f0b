package dev.kossel.engine.process;

import dev.kossel.engine.select.RandomWord;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.engine.select.Specialised;
import dev.kossel.engine.select.WaitingTime;
import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * The fast way of {@link StateRates} with a {@link RateClassSelector}: total rate, draw, change of the lattice, change of the lists, all in one method over
 * flat arrays (decision 0015). Does the same as these, bit for bit, on their own arrays, so the two may take turns.
 *
 * <p>A template for {@link Specialised}: one copy a {@link RateTable}, the table's arrays constants to the compiler; what belongs to a simulation is in
 * fields, and in local variables while the loop runs. Events of pairs are drawn and carried out here; those of other processes are drawn by
 * {@link CompiledProcess}.
 */
final class StateLoop implements EventLoop {

    /** Classes are numbered by chars. */
    static final int MOST_CLASSES = 1 << Character.SIZE;

    private static final RateTable TABLE = Specialised.data(MethodHandles.lookup(), RateTable.class);
    private static final LatticeGeometry GEOMETRY = TABLE.geometry();
    private static final CompiledProcess[] COMPILED = TABLE.compiled;
    private static final int STATES = TABLE.stateCount();
    private static final int BASIS_SIZE = GEOMETRY.basisSize();
    private static final int SLOTS = TABLE.slotCount();

    /** By state; small numbers, since all that an event looks up should fit into the nearest cache. */
    private static final char[] CLASS_OF = new char[STATES];

    private static final int[] DELTA = TABLE.delta;
    private static final byte[] SPECIES_OF = TABLE.speciesOf;

    private static final int CLASSES = TABLE.classCount();

    /** The process that starts from a class, −1 where there are several. */
    private static final int[] ONLY_PROCESS = new int[CLASSES];

    /** Its {@link #WIDTH} and its {@link #FIRST}, so that a draw need not look up one after the other; 0 where there are several. */
    private static final int[] ONLY_WIDTH = new int[CLASSES];

    private static final int[] ONLY_FIRST = new int[CLASSES];

    /** Whether there are so few classes that their sums lie in one block. */
    private static final boolean PLAIN = CLASSES <= 8;

    /** {@link RateTable#isTallied}. */
    private static final boolean TALLIED = TABLE.isTallied();

    /** By state, where {@link #TALLIED}: 1 in the byte of its class. */
    private static final long[] UNIT = new long[TALLIED ? STATES : 0];

    /** Whether one word has a bit for every block of 8 of them. */
    private static final boolean FEW_PLACES = CLASSES <= 512;

    /** What states are kept in: bytes, else chars, else ints. */
    private static final boolean BYTES = SiteStates.bytes(TABLE) == Byte.BYTES;

    private static final boolean CHARS = SiteStates.bytes(TABLE) == Character.BYTES;

    /** The neighbour table, where it is one that a shift finds the row of; else calls to {@link #GEOMETRY} do. */
    private static final LatticeGeometry.@Nullable NeighborRows ROWS = GEOMETRY.neighborRows();

    private static final int[] DELTAS = ROWS == null ? new int[0] : ROWS.deltas();
    private static final byte[] SEAMS = ROWS == null ? new byte[0] : ROWS.seams();
    private static final int SHIFT = ROWS == null ? 0 : ROWS.shift();
    private static final int ROW_SHIFT = ROWS == null ? 0 : ROWS.rowShift();

    /** The fields of {@link CompiledProcess.Pair}, by process; width 0 is what is no pair process. */
    private static final int[] WIDTH = new int[COMPILED.length];

    private static final int[] FIRST = new int[COMPILED.length];
    /** What the first site becomes, of a pair or of a single site; −1 for other processes. */
    private static final int[] AFTER = new int[COMPILED.length];

    private static final int[] AFTER_TO = new int[COMPILED.length];
    /** By channel, of any one direction. */
    private static final double[] BOUND = TABLE.channelBoundOfOne;

    /** By direction = {@code FIRST[process] + basis · WIDTH[process] + n}: the neighbour slot of the second site, −1 for nowhere. */
    private static final int[] SLOT;

    /** By state, from {@link #ROW} and {@link #COLUMN} of a direction on: row and column of a rate in the table that begins at {@link #RATES}; column 0 is what cannot happen. */
    private static final char[] NUMBERS = TABLE.numbers.all();

    private static final int[] ROW;
    private static final int[] COLUMN;
    private static final int[] COLUMNS;
    private static final int[] RATES;
    private static final double[] RATE;

    /** Whether a bit for each state fits in one word. */
    private static final boolean MASKED = STATES <= Long.SIZE;

    /** By direction: the states of the second site whose column is not 0. */
    private static final long[] OPEN;

    /** Whether whatever can happen at all happens at its bound: where the rates of pairs depend on the first site alone. */
    private static final boolean EXACT;

    /** The {@link Footprint} of a direction. */
    private static final int[] STEP;

    private static final int[] STEP_TO;
    /** Its slots are those from {@code FROM[direction]}, those of the second site from {@code MIDDLE[direction]} to {@code FROM[direction + 1]}. */
    private static final int[] FROM;

    private static final int[] MIDDLE;
    private static final int[] FOOTPRINT_SLOT;
    private static final int[] FOOTPRINT_STEP;
    /** 2⁹ times where in {@link #STEPS} the step is, and in the lowest byte the step: with a state added, its lowest byte is the state after the step. */
    private static final int[] FOOTPRINT_MOVE;

    /** The steps there are. */
    private static final int[] STEPS;

    /** Whether {@link #PAIR_DELTAS} is kept: not where it would crowd out the caches. */
    private static final boolean PAIRED;

    private static final int MOST_PAIR_DELTAS = 1 << 19;

    /** By row of {@link #DELTAS}, direction and entry of its footprint: where the site of the entry is, seen from the first site of the pair. */
    private static final int[] PAIR_DELTAS;

    /** Length of what a row has for all directions. */
    private static final int PAIR_ROW;

    /** Where a direction begins in there, less its {@link #FROM}. */
    private static final int[] PAIR_FIRST;

    static {
        for (int state = 0; state < STATES; state++) {
            CLASS_OF[state] = (char) TABLE.classOf[state];
        }
        for (int rateClass = 1; rateClass < CLASSES; rateClass++) {
            int channel = TABLE.firstChannel(rateClass);
            boolean only = TABLE.firstChannel(rateClass + 1) == channel + 1;
            ONLY_PROCESS[rateClass] = only ? TABLE.channelProcess(channel) : -1;
        }
        for (int state = 0; TALLIED && state < STATES; state++) {
            UNIT[state] = RateClassSelector.unit(CLASS_OF[state]);
        }
        int directions = 0;
        for (int process = 0; process < COMPILED.length; process++) {
            if (COMPILED[process] instanceof CompiledProcess.Pair pair) {
                WIDTH[process] = pair.width;
                FIRST[process] = directions;
                AFTER[process] = pair.after;
                AFTER_TO[process] = pair.afterTo;
                directions += pair.slot.length;
            } else {
                AFTER[process] = COMPILED[process] instanceof CompiledProcess.Site of ? of.after : -1;
            }
        }
        for (int rateClass = 1; rateClass < CLASSES; rateClass++) {
            if (ONLY_PROCESS[rateClass] >= 0) {
                ONLY_WIDTH[rateClass] = WIDTH[ONLY_PROCESS[rateClass]];
                ONLY_FIRST[rateClass] = FIRST[ONLY_PROCESS[rateClass]];
            }
        }
        SLOT = new int[directions];
        OPEN = new long[MASKED ? directions : 0];
        ROW = new int[directions];
        COLUMN = new int[directions];
        COLUMNS = new int[directions];
        RATES = new int[directions];
        STEP = new int[directions];
        STEP_TO = new int[directions];
        FROM = new int[directions + 1];
        MIDDLE = new int[directions];
        DoubleArrayList rates = new DoubleArrayList();
        Map<CompiledProcess.Pair.Table, Integer> tables = new IdentityHashMap<>();
        IntArrayList slots = new IntArrayList();
        IntArrayList steps = new IntArrayList();
        int direction = 0;
        boolean exact = true;
        for (CompiledProcess process : COMPILED) {
            if (process instanceof CompiledProcess.Pair pair) {
                exact &= pair.isExact;
                for (int n = 0; n < pair.slot.length; n++, direction++) {
                    SLOT[direction] = pair.slot[n];
                    FROM[direction] = slots.size();
                    MIDDLE[direction] = slots.size();
                    if (pair.slot[n] >= 0) {
                        CompiledProcess.Pair.Table table = pair.group[n];
                        Integer at = tables.putIfAbsent(table, rates.size());
                        RATES[direction] = at == null ? rates.size() : at;
                        if (at == null) {
                            rates.addElements(rates.size(), table.rate);
                        }
                        ROW[direction] = table.rowAt;
                        COLUMN[direction] = table.columnAt;
                        COLUMNS[direction] = table.columns;
                        for (int state = 0; MASKED && state < STATES; state++) {
                            OPEN[direction] |= NUMBERS[table.columnAt + state] == 0 ? 0 : 1L << state;
                        }
                        Footprint footprint = pair.footprint[n];
                        STEP[direction] = footprint.step;
                        STEP_TO[direction] = footprint.stepTo;
                        slots.addElements(slots.size(), footprint.slots);
                        steps.addElements(steps.size(), footprint.steps);
                        MIDDLE[direction] = slots.size();
                        slots.addElements(slots.size(), footprint.slotsTo);
                        steps.addElements(steps.size(), footprint.stepsTo);
                    }
                    FROM[direction + 1] = slots.size();
                }
            }
        }
        RATE = rates.toDoubleArray();
        EXACT = exact;
        FOOTPRINT_SLOT = slots.toIntArray();
        FOOTPRINT_STEP = steps.toIntArray();
        STEPS = Arrays.stream(FOOTPRINT_STEP).distinct().sorted().toArray();
        FOOTPRINT_MOVE = new int[FOOTPRINT_STEP.length];
        for (int n = 0; n < FOOTPRINT_STEP.length; n++) {
            FOOTPRINT_MOVE[n] = move(Arrays.binarySearch(STEPS, FOOTPRINT_STEP[n]));
        }

        int longest = 1;
        for (int n = 0; n < directions; n++) {
            longest = Math.max(longest, FROM[n + 1] - FROM[n]);
        }
        int pairShift = Integer.SIZE - Integer.numberOfLeadingZeros(longest - 1);
        int rows = DELTAS.length >> ROW_SHIFT;
        PAIR_ROW = directions << pairShift;
        PAIRED = ROWS != null && ROWS.settlePairs() && (long) rows * PAIR_ROW <= MOST_PAIR_DELTAS;
        PAIR_FIRST = new int[directions];
        PAIR_DELTAS = new int[PAIRED ? rows * PAIR_ROW : 0];
        for (int n = 0; n < directions; n++) {
            PAIR_FIRST[n] = (n << pairShift) - FROM[n];
        }
        boolean[] known = new boolean[rows >> SHIFT];
        for (int brick = 0; PAIRED && brick < SEAMS.length; brick++) {
            if (!known[SEAMS[brick]]) {
                known[SEAMS[brick]] = true;
                for (int place = 0; place < 1 << SHIFT; place++) {
                    for (int n = 0; n < directions; n++) {
                        fillPairRow((brick << SHIFT) + place, n);
                    }
                }
            }
        }
    }

    /** {@link #FOOTPRINT_MOVE} of a step. */
    private static int move(int step) {
        return (step << Byte.SIZE + 1) + (STEPS[step] & 0xff);
    }

    private static void fillPairRow(int site, int direction) {
        int row = pairRow(row(site), direction);
        int to = SLOT[direction] < 0 ? -1 : neighbor(row(site), site, SLOT[direction]);
        for (int n = FROM[direction]; to >= 0 && n < FROM[direction + 1]; n++) {
            int from = n < MIDDLE[direction] ? site : to;
            int neighbor = neighbor(row(from), from, FOOTPRINT_SLOT[n]);
            PAIR_DELTAS[row + n] = neighbor < 0 ? Integer.MIN_VALUE : neighbor - site;
        }
    }

    private final StateRates rates;
    private final RandomWord word = new RandomWord();
    private final RateClassSelector selector;
    private final RateClassSelector.Inside inside;
    /** The sites that an event moves from one class to another, with both classes. */
    private final int[] queue = new int[3 * (2 * SLOTS + 3)];

    /** By {@link #FOOTPRINT_MOVE} + state, where {@link #TALLIED}: what a step from that state adds to the tally. */
    private final long[] steps;

    /** The listed classes that {@link #steps} is for. */
    private long stepsListed = -1;

    private final byte[] bytes;
    private final char[] chars;
    private final int[] ints;

    StateLoop(StateRates rates) {
        this.rates = rates;
        selector = (RateClassSelector) rates.selector;
        inside = selector.inside();
        steps = new long[STEPS.length << Byte.SIZE + 1];
        Object states = rates.lattice.array();
        bytes = states instanceof byte[] b ? b : new byte[0];
        chars = states instanceof char[] c ? c : new char[0];
        ints = states instanceof int[] i ? i : new int[0];
    }

    @Override
    public Course.End run(
            Course course,
            double horizonSeconds,
            UniformRandomProvider random,
            Event event,
            int attendedFrom,
            Attendant attendant) {
        final RateClassSelector classes = selector;
        final int[][] lists = inside.lists();
        final int[] sizes = inside.sizes();
        final int[] pageOf = inside.pageOf();
        final double[] counts = inside.counts();
        final double[] k = inside.rates();
        final long[] changed = inside.changed();
        final int[] placeOf = inside.placeOf();
        final int[] listOf = inside.listOf();
        final int[] queue = this.queue;
        final long[] steps = this.steps;
        final byte[] bytes = this.bytes;
        final char[] chars = this.chars;
        final int[] ints = this.ints;
        final long[] eventCounts = course.eventCounts;
        final boolean[] watched = course.watched;
        double sum = course.timeSum;
        double carry = course.timeCarry;
        long left = course.drawsLeft;
        long watchedLeft = course.watchedLeft;
        final long allowed = left;
        final long watchedAllowed = watchedLeft;
        long nulls = 0;
        Course.End end = Course.End.NOTHING;
        double total = total(classes, counts, k);
        while (total > 0) {
            // First, since most of what follows waits for it: which site of its class, and in which direction.
            long bits = random.nextLong();
            double waiting = WaitingTime.next(random) / total;
            if (!(sum + carry + waiting <= horizonSeconds)) {
                end = Course.End.HORIZON;
                break;
            }
            double next = sum + waiting;
            carry += Course.lost(sum, waiting, next);
            sum = next;
            left--;

            if (TALLIED) {
                classes.noteDraw(total);
            }
            double point = random.nextDouble() * total;
            int drawn = PLAIN ? find(counts, k, point) : classes.find(point);
            // Not from the site's state: what follows must not wait for that.
            int rateClass = PLAIN ? drawn : classes.classAt(drawn);
            int site;
            if (list(listOf, drawn) == 0) {
                site = classes.seek(drawn, random);
            } else {
                int size = sizes[drawn];
                site = lists[drawn][RandomWord.below(size, bits)];
                bits = RandomWord.rest(size, bits);
            }
            int channel = TABLE.firstChannel(rateClass);
            int process = ONLY_PROCESS[rateClass];
            int width = ONLY_WIDTH[rateClass];
            int direction = ONLY_FIRST[rateClass];
            if (process < 0) {
                channel = rates.channel(rateClass, random);
                process = TABLE.channelProcess(channel);
                width = WIDTH[process];
                direction = FIRST[process];
            }
            boolean happens = true;
            if (width == 0) {
                int after = AFTER[process];
                if (after >= 0) {
                    int before = change(
                            classes, lists, sizes, pageOf, counts, changed, placeOf, listOf, queue, bytes, chars, ints,
                            site, after);
                    if (site >= attendedFrom) {
                        event.of(process);
                        event.changed(site, after, before);
                        course.timeSum = sum;
                        course.timeCarry = carry;
                        attendant.attend(event);
                    }
                } else {
                    event.of(process);
                    happens = COMPILED[process].draw(rates.lattice, site, word.holding(bits), random, event);
                    for (int m = 0; happens && m < event.count; m++) {
                        event.before[m] = change(
                                classes,
                                lists,
                                sizes,
                                pageOf,
                                counts,
                                changed,
                                placeOf,
                                listOf,
                                queue,
                                bytes,
                                chars,
                                ints,
                                event.sites[m],
                                event.species[m]);
                    }
                    if (happens && event.reaches(attendedFrom)) {
                        course.timeSum = sum;
                        course.timeCarry = carry;
                        attendant.attend(event);
                    }
                }
            } else {
                direction += RandomWord.below(width, bits);
                if (BASIS_SIZE > 1) {
                    direction += GEOMETRY.basis(site) * width;
                }
                int slot = SLOT[direction];
                int row = row(site);
                int to = slot < 0 ? -1 : neighbor(row, site, slot);
                if (to < 0) {
                    happens = false;
                } else {
                    int stateTo = state(bytes, chars, ints, to);
                    int state = state(bytes, chars, ints, site);
                    if (isBlocked(direction, stateTo)
                            || !EXACT && isRefused(channel, direction, state, stateTo, random)) {
                        happens = false;
                    } else {
                        int now = state + STEP[direction];
                        int nowTo = stateTo + STEP_TO[direction];
                        set(bytes, chars, ints, site, now);
                        set(bytes, chars, ints, to, nowTo);
                        long listed = classes.listed();
                        if (TALLIED && listed != stepsListed) {
                            fillSteps(listed);
                        }
                        long tally = 0;
                        int its = rateClass;
                        int others = CLASS_OF[stateTo];
                        int itsNow = CLASS_OF[now];
                        int othersNow = CLASS_OF[nowTo];
                        if (its != others && its == othersNow && others == itsNow) {
                            exchange(
                                    classes,
                                    lists,
                                    pageOf,
                                    site,
                                    list(listOf, place(placeOf, its)),
                                    to,
                                    list(listOf, place(placeOf, others)));
                        } else if (TALLIED) {
                            relist(classes, lists, sizes, pageOf, listOf, site, state, now);
                            relist(classes, lists, sizes, pageOf, listOf, to, stateTo, nowTo);
                            tally = UNIT[now] - UNIT[state] + UNIT[nowTo] - UNIT[stateTo];
                        } else {
                            tally = queue(queue, (int) tally, site, state, now);
                            tally = queue(queue, (int) tally, to, stateTo, nowTo);
                        }
                        int first = FROM[direction];
                        int last = FROM[direction + 1];
                        if (PAIRED) {
                            int around = pairRow(row, direction);
                            tally = shift(queue, tally, steps, bytes, chars, ints, site, around, first, last);
                            if (TALLIED && (tally & 0xff) != 0) {
                                relist(classes, lists, sizes, pageOf, listOf, steps, bytes, site, around, first, last);
                            }
                        } else {
                            int middle = MIDDLE[direction];
                            int rowTo = row(to);
                            tally = shift(queue, tally, steps, bytes, chars, ints, site, row, first, middle);
                            tally = shift(queue, tally, steps, bytes, chars, ints, to, rowTo, middle, last);
                            if (TALLIED && (tally & 0xff) != 0) {
                                relist(classes, lists, sizes, pageOf, listOf, steps, bytes, site, row, first, middle);
                                relist(classes, lists, sizes, pageOf, listOf, steps, bytes, to, rowTo, middle, last);
                            }
                        }
                        if (!TALLIED) {
                            move(classes, lists, sizes, pageOf, counts, changed, placeOf, queue, (int) tally);
                        } else if (tally != 0) {
                            count(counts, sizes, listOf, tally);
                            changed[0] |= 1;
                        }
                        if (Math.max(site, to) >= attendedFrom) {
                            event.of(process);
                            event.changed(
                                    site,
                                    AFTER[process],
                                    to,
                                    AFTER_TO[process],
                                    SPECIES_OF[state],
                                    SPECIES_OF[stateTo]);
                            course.timeSum = sum;
                            course.timeCarry = carry;
                            attendant.attend(event);
                        }
                    }
                }
            }
            if (happens) {
                eventCounts[process]++;
                if (watched[process] && --watchedLeft <= 0) {
                    end = Course.End.WATCHED;
                    break;
                }
                total = total(classes, counts, k);
            } else {
                nulls++;
            }
            if (left <= 0) {
                end = Course.End.DRAWS;
                break;
            }
        }
        course.timeSum = sum;
        course.timeCarry = carry;
        course.drawsLeft = left;
        course.nullEvents += nulls;
        course.events += allowed - left - nulls;
        course.watchedEvents += watchedAllowed - watchedLeft;
        course.watchedLeft = watchedLeft;
        return end;
    }

    /** Whether a pair of these states falls short of the bound it was drawn at. */
    private static boolean isRefused(int channel, int direction, int state, int stateTo, UniformRandomProvider random) {
        int row = NUMBERS[ROW[direction] + state];
        double rate = RATE[RATES[direction] + row * COLUMNS[direction] + NUMBERS[COLUMN[direction] + stateTo]];
        double bound = BOUND[channel];
        return rate == 0 || (rate < bound && random.nextDouble() * bound >= rate);
    }

    /** Whether nothing can happen in a direction with a second site in this state. */
    private static boolean isBlocked(int direction, int stateTo) {
        return MASKED ? (OPEN[direction] >>> stateTo & 1) == 0 : NUMBERS[COLUMN[direction] + stateTo] == 0;
    }

    private static double total(RateClassSelector classes, double[] counts, double[] k) {
        return PLAIN ? weightOfFew(counts, k) : classes.totalRate();
    }

    /** As {@code ClassSums} adds up a block: zeros change nothing, and are left out where that shortens the chain of sums. */
    private static double weightOfFew(double[] n, double[] k) {
        double low = n[1] * k[1] + (weight(2, n, k) + weight(3, n, k));
        return CLASSES <= 4 ? low : low + ((weight(4, n, k) + weight(5, n, k)) + (weight(6, n, k) + weight(7, n, k)));
    }

    private static double weight(int rateClass, double[] n, double[] k) {
        return rateClass < CLASSES ? n[rateClass] * k[rateClass] : 0;
    }

    /** The class that {@code point} falls on, of the few there are. */
    private static int find(double[] counts, double[] k, double point) {
        double rest = point;
        int last = 0;
        for (int c = 1; c < CLASSES; c++) {
            double weight = counts[c] * k[c];
            if (rest < weight) {
                return c;
            }
            rest -= weight;
            last = weight > 0 ? c : last;
        }
        // Within rounding of the end.
        return last;
    }

    /** The place of a class that is in use. */
    private static int place(int[] placeOf, int rateClass) {
        return PLAIN ? rateClass : placeOf[rateClass];
    }

    /** The list of a place, 0 for none: only where {@link #TALLIED} are there places without. */
    private static int list(int[] listOf, int place) {
        return TALLIED ? listOf[place] : place;
    }

    /** Puts a site into the queue if it changes its class, without a branch, since nobody could predict it; returns where the queue ends then. */
    private static int queue(int[] queue, int end, int site, int before, int after) {
        int from = CLASS_OF[before];
        int to = CLASS_OF[after];
        queue[end] = site;
        queue[end + 1] = from;
        queue[end + 2] = to;
        return from == to ? end : end + 3;
    }

    /** What a site that changes its state adds to the tally. */
    private static long step(long listed, int before, int after) {
        long left = UNIT[before];
        long joined = UNIT[after];
        return joined - left + (((joined ^ left) & listed) == 0 ? 0 : 1);
    }

    private void fillSteps(long listed) {
        for (int row = 0; row < STEPS.length; row++) {
            for (int before = 0; before < STATES; before++) {
                int after = before + STEPS[row];
                steps[move(row) + before] = after < 0 || after >= STATES ? 0 : step(listed, before, after);
            }
        }
        stepsListed = listed;
    }

    /** Adds what was tallied to the counts; {@code sizes} of listed classes know already. */
    private static void count(double[] counts, int[] sizes, int[] listOf, long tally) {
        long left = tally >> Byte.SIZE;
        for (int rateClass = 1; rateClass < CLASSES; rateClass++) {
            int change = (byte) left;
            sizes[rateClass] += listOf[rateClass] == 0 ? change : 0;
            counts[rateClass] = sizes[rateClass];
            left = left - change >> Byte.SIZE;
        }
    }

    /** Moves what is in the queue; in a method of its own, which leaves the compiler registers for it. */
    private static void move(
            RateClassSelector classes,
            int[][] lists,
            int[] sizes,
            int[] pageOf,
            double[] counts,
            long[] changed,
            int[] placeOf,
            int[] queue,
            int queued) {
        int[] positions = classes.positions();
        // Marks in a register, since one write to memory after the other would have to wait for it.
        long marks = 0;
        for (int n = 0; n < queued; n += 3) {
            int item = queue[n];
            int to = queue[n + 2];
            int target = place(placeOf, to);
            if (!PLAIN && target == 0 && to != 0) {
                // This may move the other's place.
                target = classes.admit(to);
            }
            int source = place(placeOf, queue[n + 1]);
            int page = pageOf[item >> 6];
            int place = -1;
            if (source != 0) {
                int last = --sizes[source];
                counts[source] = last;
                closeRanks(lists[source], last, positions, page + (item & 63), pageOf);
            }
            if (target != 0) {
                place = sizes[target]++;
                counts[target] = place + 1;
                append(classes, lists, target, place, item);
                if (page == 0) {
                    page = classes.open(item);
                    positions = classes.positions();
                }
            }
            positions[page + (item & 63)] = place;
            if (PLAIN) {
                marks = 1;
            } else if (FEW_PLACES || Math.max(source, target) < 512) {
                marks |= 1L << (source >> 3) | 1L << (target >> 3);
            } else {
                changed[source >> 9] |= 1L << (source >> 3);
                changed[target >> 9] |= 1L << (target >> 3);
            }
        }
        changed[0] |= marks;
    }

    /** Moves a site from list to list where {@link #TALLIED}, if one of them is kept. */
    private static void relist(
            RateClassSelector classes,
            int[][] lists,
            int[] sizes,
            int[] pageOf,
            int[] listOf,
            int item,
            int before,
            int after) {
        int from = listOf[CLASS_OF[before]];
        int into = listOf[CLASS_OF[after]];
        if (from == into) {
            return;
        }
        int page = pageOf[item >> 6];
        int place = -1;
        if (from != 0) {
            closeRanks(lists[from], --sizes[from], classes.positions(), page + (item & 63), pageOf);
        }
        if (into != 0) {
            place = sizes[into]++;
            append(classes, lists, into, place, item);
            if (page == 0) {
                page = classes.open(item);
            }
        }
        classes.positions()[page + (item & 63)] = place;
    }

    /** The same for the sites that entries {@code first} to {@code last} − 1 of a footprint have {@linkplain #shift shifted}. */
    private static void relist(
            RateClassSelector classes,
            int[][] lists,
            int[] sizes,
            int[] pageOf,
            int[] listOf,
            long[] steps,
            byte[] bytes,
            int site,
            int row,
            int first,
            int last) {
        for (int n = first; n < last; n++) {
            int neighbor = neighborIn(row, site, n);
            if (neighbor >= 0) {
                int move = FOOTPRINT_MOVE[n];
                int after = bytes[neighbor] & 0xff;
                int before = after - move & 0xff;
                if ((steps[move + before] & 1) != 0) {
                    relist(classes, lists, sizes, pageOf, listOf, neighbor, before, after);
                }
            }
        }
    }

    /** The last item of a list takes the position of one that leaves it. */
    private static void closeRanks(int[] items, int last, int[] positions, int at, int[] pageOf) {
        int position = positions[at];
        int moved = items[last];
        items[position] = moved;
        positions[pageOf[moved >> 6] + (moved & 63)] = position;
    }

    private static void append(RateClassSelector classes, int[][] lists, int list, int place, int item) {
        int[] items = lists[list];
        if (place == items.length) {
            items = classes.grow(list);
        }
        items[place] = item;
    }

    private static void exchange(
            RateClassSelector classes, int[][] lists, int[] pageOf, int item, int its, int other, int others) {
        int[] positions = classes.positions();
        int position = its == 0 ? -1 : positions[pageOf[item >> 6] + (item & 63)];
        int otherPosition = others == 0 ? -1 : positions[pageOf[other >> 6] + (other & 63)];
        if (its != 0) {
            lists[its][position] = other;
            positions[pageOf[item >> 6] + (item & 63)] = -1;
            list(classes, pageOf, other, position);
        }
        if (others != 0) {
            lists[others][otherPosition] = item;
            if (its == 0) {
                positions[pageOf[other >> 6] + (other & 63)] = -1;
            }
            list(classes, pageOf, item, otherPosition);
        }
    }

    /** Notes where an item is listed. */
    private static void list(RateClassSelector classes, int[] pageOf, int item, int position) {
        int page = pageOf[item >> 6];
        int at = (page == 0 ? classes.open(item) : page) + (item & 63);
        classes.positions()[at] = position;
    }

    /**
     * Shifts the states around {@code site} by entries {@code first} to {@code last} − 1 of the footprint, and queues what changes its class; where {@link #TALLIED} that is only
     * tallied.
     *
     * @param tally where the queue ends; where {@link #TALLIED}, what is to be added to the count of class c in byte c, and in byte 0 whether lists have to know of it
     * @return the new tally
     */
    private static long shift(
            int[] queue,
            long before,
            long[] steps,
            byte[] bytes,
            char[] chars,
            int[] ints,
            int site,
            int row,
            int first,
            int last) {
        long tally = before;
        for (int n = first; n < last; n++) {
            int neighbor = neighborIn(row, site, n);
            if (neighbor >= 0) {
                int old = state(bytes, chars, ints, neighbor);
                if (TALLIED) {
                    int move = FOOTPRINT_MOVE[n] + old;
                    bytes[neighbor] = (byte) move;
                    tally += steps[move];
                } else {
                    int shifted = old + FOOTPRINT_STEP[n];
                    set(bytes, chars, ints, neighbor, shifted);
                    tally = queue(queue, (int) tally, neighbor, old, shifted);
                }
            }
        }
        return tally;
    }

    /** What is to be added to the number of an entry, for a site whose row is given. */
    private static int pairRow(int row, int direction) {
        return (row >> ROW_SHIFT) * PAIR_ROW + PAIR_FIRST[direction];
    }

    /** The site that entry n of a footprint is about. */
    private static int neighborIn(int row, int site, int n) {
        return PAIRED ? site + PAIR_DELTAS[row + n] : neighbor(row, site, FOOTPRINT_SLOT[n]);
    }

    /** Gives a site another species; returns which it had. */
    private static int change(
            RateClassSelector classes,
            int[][] lists,
            int[] sizes,
            int[] pageOf,
            double[] counts,
            long[] changed,
            int[] placeOf,
            int[] listOf,
            int[] queue,
            byte[] bytes,
            char[] chars,
            int[] ints,
            int site,
            int to) {
        int old = state(bytes, chars, ints, site);
        int from = SPECIES_OF[old];
        if (from == to) {
            return from;
        }
        int now = old + TABLE.speciesStep(from, to);
        set(bytes, chars, ints, site, now);
        int queued = 0;
        long tally = 0;
        if (TALLIED) {
            tally = UNIT[now] - UNIT[old];
            relist(classes, lists, sizes, pageOf, listOf, site, old, now);
        } else {
            queued = queue(queue, 0, site, old, now);
        }
        int row = row(site);
        int steps = TABLE.deltaOffset(from, to);
        for (int slot = 0; slot < SLOTS; slot++) {
            int step = DELTA[steps + slot];
            int neighbor = neighbor(row, site, slot);
            if (neighbor >= 0 && step != 0) {
                int before = state(bytes, chars, ints, neighbor);
                int after = before + step;
                set(bytes, chars, ints, neighbor, after);
                if (TALLIED) {
                    tally += UNIT[after] - UNIT[before];
                    relist(classes, lists, sizes, pageOf, listOf, neighbor, before, after);
                } else {
                    queued = queue(queue, queued, neighbor, before, after);
                }
            }
        }
        if (TALLIED) {
            count(counts, sizes, listOf, tally);
            changed[0] |= 1;
        } else {
            move(classes, lists, sizes, pageOf, counts, changed, placeOf, queue, queued);
        }
        return from;
    }

    /** Where in {@link #DELTAS} the row of a site begins. */
    private static int row(int site) {
        if (ROWS == null) {
            return 0;
        }
        return ((SEAMS[site >>> SHIFT] << SHIFT) + (site & (1 << SHIFT) - 1)) << ROW_SHIFT;
    }

    /** Negative where there is none. */
    private static int neighbor(int row, int site, int slot) {
        return ROWS == null ? GEOMETRY.neighbor(site, slot) : site + DELTAS[row + slot];
    }

    private static int state(byte[] bytes, char[] chars, int[] ints, int site) {
        return BYTES ? bytes[site] & 0xff : CHARS ? chars[site] : ints[site];
    }

    private static void set(byte[] bytes, char[] chars, int[] ints, int site, int state) {
        if (BYTES) {
            bytes[site] = (byte) state;
        } else if (CHARS) {
            chars[site] = (char) state;
        } else {
            ints[site] = state;
        }
    }
}
