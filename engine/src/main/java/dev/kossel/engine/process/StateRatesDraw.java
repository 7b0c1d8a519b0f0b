package dev.kossel.engine.process;

import dev.kossel.engine.select.EventDraw;
import dev.kossel.engine.select.Specialised;
import dev.kossel.lattice.LatticeGeometry;
import java.lang.invoke.MethodHandles;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * The hot methods of one {@link StateRates}, on its own lattice and tables: does what that does, bit for bit. A template
 * for {@link Specialised}, so that the arrays are constants to the compiler.
 */
final class StateRatesDraw implements EventSource {

    private static final StateRates PLAIN = Specialised.data(MethodHandles.lookup(), StateRates.class);
    private static final RateTable TABLE = PLAIN.table;
    private static final SiteStates LATTICE = PLAIN.lattice;
    private static final byte[] BYTES = LATTICE.array() instanceof byte[] bytes ? bytes : new byte[0];
    private static final char[] CHARS = LATTICE.array() instanceof char[] chars ? chars : new char[0];
    private static final int[] INTS = LATTICE.array() instanceof int[] ints ? ints : new int[0];
    private static final LatticeGeometry GEOMETRY = TABLE.geometry();
    private static final EventDraw SELECTOR = PLAIN.selector.specialised();
    private static final int[] CLASS_OF = TABLE.classOf;
    private static final int BASIS_SIZE = GEOMETRY.basisSize();
    private static final int[] DELTA = TABLE.delta;
    private static final byte[] SPECIES_OF = TABLE.speciesOf;
    private static final int[] FIRST_CHANNEL = TABLE.firstChannel;
    private static final int[] CHANNEL_PROCESS = TABLE.channelProcess;
    private static final CompiledProcess[] COMPILED = TABLE.compiled;
    private static final int SLOTS = TABLE.slotCount();

    /** The neighbour table, where it is one that a shift finds the row of; else calls to {@link #GEOMETRY} do. */
    private static final LatticeGeometry.@Nullable NeighborRows ROWS = GEOMETRY.neighborRows();

    private static final int[] DELTAS = ROWS == null ? new int[0] : ROWS.deltas();
    private static final byte[] SEAMS = ROWS == null ? new byte[0] : ROWS.seams();
    private static final int SHIFT = ROWS == null ? 0 : ROWS.shift();
    private static final int ROW_LENGTH = ROWS == null ? 0 : ROWS.slots();

    /** The fields of {@link CompiledProcess.Pair}, by process; width 0 is what is no pair process. */
    private static final int[] WIDTH = new int[COMPILED.length];

    private static final int[] FIRST = new int[COMPILED.length];
    private static final int[] AFTER = new int[COMPILED.length];
    private static final int[] AFTER_TO = new int[COMPILED.length];
    private static final double[][] BOUND = new double[COMPILED.length][];

    /** The same, by {@code FIRST[process] + basis · WIDTH[process] + direction}. */
    private static final int[] SLOT;

    private static final Footprint[] FOOTPRINT;
    private static final char[][] ROW;
    private static final char[][] COLUMN;
    private static final int[] COLUMNS;
    private static final double[][] RATE;

    static {
        int directions = 0;
        for (int process = 0; process < COMPILED.length; process++) {
            if (COMPILED[process] instanceof CompiledProcess.Pair pair) {
                WIDTH[process] = pair.width;
                FIRST[process] = directions;
                AFTER[process] = pair.after;
                AFTER_TO[process] = pair.afterTo;
                BOUND[process] = pair.bound;
                directions += pair.slot.length;
            }
        }
        SLOT = new int[directions];
        FOOTPRINT = new Footprint[directions];
        ROW = new char[directions][];
        COLUMN = new char[directions][];
        COLUMNS = new int[directions];
        RATE = new double[directions][];
        for (int process = 0; process < COMPILED.length; process++) {
            if (COMPILED[process] instanceof CompiledProcess.Pair pair) {
                for (int n = 0; n < pair.slot.length; n++) {
                    if (pair.slot[n] >= 0) {
                        copy(pair, n, FIRST[process] + n);
                    } else {
                        SLOT[FIRST[process] + n] = -1;
                    }
                }
            }
        }
    }

    private static void copy(CompiledProcess.Pair pair, int n, int to) {
        SLOT[to] = pair.slot[n];
        FOOTPRINT[to] = pair.footprint[n];
        ROW[to] = pair.group[n].row;
        COLUMN[to] = pair.group[n].column;
        COLUMNS[to] = pair.group[n].columns;
        RATE[to] = pair.group[n].rate;
    }

    @Override
    public double totalRate() {
        return SELECTOR.totalRate();
    }

    @Override
    public boolean draw(UniformRandomProvider random, Event event) {
        int site = SELECTOR.select(random);
        int state = state(site);
        int rateClass = CLASS_OF[state];
        int channel = FIRST_CHANNEL[rateClass];
        if (channel != FIRST_CHANNEL[rateClass + 1] - 1) {
            channel = PLAIN.channel(rateClass, random);
        }
        int process = CHANNEL_PROCESS[channel];
        event.of(process);
        return WIDTH[process] > 0
                ? drawPair(process, site, state, random, event)
                : COMPILED[process].draw(LATTICE, site, random, event);
    }

    private static boolean drawPair(int process, int site, int state, UniformRandomProvider random, Event event) {
        int width = WIDTH[process];
        int direction = FIRST[process] + random.nextInt(width);
        if (BASIS_SIZE > 1) {
            direction += GEOMETRY.basis(site) * width;
        }
        int k = SLOT[direction];
        int to = k < 0 ? -1 : neighbor(row(site), site, k);
        if (to < 0) {
            return false;
        }
        double rate = RATE[direction][ROW[direction][state] * COLUMNS[direction] + COLUMN[direction][state(to)]];
        double bound = BOUND[process][state];
        if (rate == 0 || (rate < bound && random.nextDouble() * bound >= rate)) {
            return false;
        }
        event.change(site, AFTER[process], to, AFTER_TO[process], FOOTPRINT[direction]);
        return true;
    }

    @Override
    public void apply(Event event) {
        Footprint footprint = event.footprint;
        if (footprint == null) {
            for (int m = 0; m < event.count; m++) {
                event.before[m] = change(event.sites[m], event.species[m]);
            }
        } else {
            change(event, footprint);
        }
    }

    private static int change(int site, int to) {
        int old = state(site);
        int from = SPECIES_OF[old];
        if (from != to) {
            int now = old + TABLE.speciesStep(from, to);
            set(site, now);
            moved(site, old, now);
            int row = row(site);
            int steps = TABLE.deltaOffset(from, to);
            for (int k = 0; k < SLOTS; k++) {
                shift(neighbor(row, site, k), DELTA[steps + k]);
            }
        }
        return from;
    }

    private static void change(Event event, Footprint footprint) {
        int site = event.sites[0];
        int to = event.sites[1];
        int old = state(site);
        int oldTo = state(to);
        event.before[0] = SPECIES_OF[old];
        event.before[1] = SPECIES_OF[oldTo];
        int now = old + footprint.step;
        int nowTo = oldTo + footprint.stepTo;
        set(site, now);
        set(to, nowTo);
        int its = CLASS_OF[old];
        int others = CLASS_OF[oldTo];
        if (its != others && its == CLASS_OF[nowTo] && others == CLASS_OF[now]) {
            SELECTOR.exchange(site, its, to, others);
        } else {
            moved(site, old, now);
            moved(to, oldTo, nowTo);
        }
        shift(site, footprint.slots, footprint.steps);
        shift(to, footprint.slotsTo, footprint.stepsTo);
    }

    private static void shift(int site, int[] slots, int[] steps) {
        int row = row(site);
        for (int n = 0; n < slots.length; n++) {
            shift(neighbor(row, site, slots[n]), steps[n]);
        }
    }

    private static void shift(int neighbor, int step) {
        if (neighbor >= 0 && step != 0) {
            int old = state(neighbor);
            set(neighbor, old + step);
            moved(neighbor, old, old + step);
        }
    }

    private static void moved(int site, int from, int to) {
        int before = CLASS_OF[from];
        int after = CLASS_OF[to];
        if (before != after) {
            SELECTOR.move(site, before, after);
        }
    }

    /** Where in {@link #DELTAS} the row of a site begins. */
    private static int row(int site) {
        if (ROWS == null) {
            return 0;
        }
        int brick = site >>> SHIFT;
        return (site + (SEAMS[brick] - brick << SHIFT)) * ROW_LENGTH;
    }

    /** Negative where there is none. */
    private static int neighbor(int row, int site, int k) {
        return ROWS == null ? GEOMETRY.neighbor(site, k) : site + DELTAS[row + k];
    }

    private static int state(int site) {
        return BYTES.length > 0 ? BYTES[site] & 0xff : CHARS.length > 0 ? CHARS[site] : INTS[site];
    }

    private static void set(int site, int state) {
        if (BYTES.length > 0) {
            BYTES[site] = (byte) state;
        } else if (CHARS.length > 0) {
            CHARS[site] = (char) state;
        } else {
            INTS[site] = state;
        }
    }
}
