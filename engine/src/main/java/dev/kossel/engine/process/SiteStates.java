package dev.kossel.engine.process;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;

/**
 * The occupancy of a lattice with the state of every site (see {@link RateTable}) kept current: the engine's own
 * compact lattice.
 *
 * <p>One, two or four bytes a site, the fewest that hold the number of states. Reading and writing a state allocates
 * nothing. Not thread-safe.
 */
public abstract sealed class SiteStates implements LatticeView {

    private final RateTable table;

    /** The states of {@code initial} under {@code table}, O(sites × neighbours). */
    public static SiteStates of(RateTable table, LatticeView initial) {
        SiteStates states = switch (bytes(table)) {
            case Byte.BYTES -> new OneByte(table);
            case Character.BYTES -> new TwoBytes(table);
            default -> new FourBytes(table);
        };
        LatticeGeometry geometry = table.geometry();
        int[] around = new int[geometry.neighborCount()];
        for (int site = 0; site < geometry.siteCount(); site++) {
            int state = table.state(initial.siteType(site), initial.species(site));
            geometry.neighbors(site, around);
            for (int k = 0; k < table.slotCount(); k++) {
                if (around[k] >= 0) {
                    state += table.code.weight(geometry.shellOf(k), initial.species(around[k]));
                }
            }
            states.set(site, state);
        }
        return states;
    }

    /** Bytes a state of the table takes: 1, 2 or 4. */
    static int bytes(RateTable table) {
        return table.stateCount() <= 1 << 8
                ? Byte.BYTES
                : table.stateCount() <= 1 << 16 ? Character.BYTES : Integer.BYTES;
    }

    private SiteStates(RateTable table) {
        this.table = table;
    }

    /** The state of a site, 0 … {@link RateTable#stateCount()} − 1. */
    public abstract int state(int site);

    abstract void set(int site, int state);

    /** What the states are kept in: byte[], char[] or int[]. */
    abstract Object array();

    @Override
    public final LatticeGeometry geometry() {
        return table.geometry;
    }

    @Override
    public final int species(int site) {
        return table.species(state(site));
    }

    @Override
    public final int siteType(int site) {
        return table.siteType(state(site));
    }

    /** Copies the species of all sites, one byte each. */
    public final void copySpecies(byte[] out) {
        copySpecies(0, out.length, out);
    }

    /** Copies the species of {@code count} sites from {@code first} on, one byte each, to the beginning of {@code out}. */
    public final void copySpecies(int first, int count, byte[] out) {
        copySpecies(table.speciesOf, first, count, out);
    }

    /** By width: a loop over an array, not over calls. */
    abstract void copySpecies(byte[] speciesOf, int first, int count, byte[] out);

    /** This lattice as it would be after {@code event}. */
    final LatticeView imagining(Event event) {
        return new LatticeView() {
            @Override
            public LatticeGeometry geometry() {
                return SiteStates.this.geometry();
            }

            @Override
            public int species(int site) {
                for (int m = 0; m < event.count; m++) {
                    if (event.sites[m] == site) {
                        return event.species[m];
                    }
                }
                return SiteStates.this.species(site);
            }

            @Override
            public int siteType(int site) {
                return SiteStates.this.siteType(site);
            }
        };
    }

    private static final class OneByte extends SiteStates {
        private final byte[] states;

        @Override
        Object array() {
            return states;
        }

        OneByte(RateTable table) {
            super(table);
            states = new byte[table.geometry().siteCount()];
        }

        @Override
        public int state(int site) {
            return states[site] & 0xff;
        }

        @Override
        void set(int site, int state) {
            states[site] = (byte) state;
        }

        @Override
        void copySpecies(byte[] speciesOf, int first, int count, byte[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = speciesOf[states[first + i] & 0xff];
            }
        }
    }

    private static final class TwoBytes extends SiteStates {
        private final char[] states;

        @Override
        Object array() {
            return states;
        }

        TwoBytes(RateTable table) {
            super(table);
            states = new char[table.geometry().siteCount()];
        }

        @Override
        public int state(int site) {
            return states[site];
        }

        @Override
        void set(int site, int state) {
            states[site] = (char) state;
        }

        @Override
        void copySpecies(byte[] speciesOf, int first, int count, byte[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = speciesOf[states[first + i]];
            }
        }
    }

    private static final class FourBytes extends SiteStates {
        private final int[] states;

        @Override
        Object array() {
            return states;
        }

        FourBytes(RateTable table) {
            super(table);
            states = new int[table.geometry().siteCount()];
        }

        @Override
        public int state(int site) {
            return states[site];
        }

        @Override
        void set(int site, int state) {
            states[site] = state;
        }

        @Override
        void copySpecies(byte[] speciesOf, int first, int count, byte[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = speciesOf[states[first + i]];
            }
        }
    }
}
