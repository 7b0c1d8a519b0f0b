package dev.kossel.engine.process;

import dev.kossel.engine.select.EventDraw;
import dev.kossel.engine.select.Specialised;
import dev.kossel.lattice.LatticeGeometry;
import java.lang.invoke.MethodHandles;
import org.apache.commons.rng.UniformRandomProvider;

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
    private static final byte[] SPECIES_OF = TABLE.speciesOf;
    private static final int[] FIRST_CHANNEL = TABLE.firstChannel;
    private static final int[] CHANNEL_PROCESS = TABLE.channelProcess;
    private static final CompiledProcess[] COMPILED = TABLE.compiled;
    private static final int[] AROUND = new int[TABLE.slotCount()];

    @Override
    public double totalRate() {
        return SELECTOR.totalRate();
    }

    @Override
    public boolean draw(UniformRandomProvider random, Event event) {
        int site = SELECTOR.select(random);
        int rateClass = CLASS_OF[state(site)];
        int channel = FIRST_CHANNEL[rateClass];
        if (channel != FIRST_CHANNEL[rateClass + 1] - 1) {
            channel = PLAIN.channel(rateClass, random);
        }
        int process = CHANNEL_PROCESS[channel];
        event.of(process);
        return COMPILED[process].draw(LATTICE, site, random, event);
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
            GEOMETRY.neighbors(site, AROUND);
            int steps = TABLE.deltaOffset(from, to);
            for (int k = 0; k < AROUND.length; k++) {
                shift(AROUND[k], TABLE.delta(steps + k));
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
        GEOMETRY.neighbors(site, AROUND);
        for (int n = 0; n < slots.length; n++) {
            shift(AROUND[slots[n]], steps[n]);
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
