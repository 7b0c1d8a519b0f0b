package dev.kossel.engine.field;

/**
 * Which cells have changed, for several who look at different times: each cell has the number of the look before which it changed last. Single-threaded.
 */
public final class CellChanges {

    /** No look at all: everything is new. */
    public static final int NEVER = -1;

    private final int[] changed;
    private int look;

    public CellChanges(int cells) {
        changed = new int[cells];
    }

    /** A site of a cell has changed. */
    public void mark(int cell) {
        changed[cell] = look;
    }

    /** The number of a look that is taken now. */
    public int look() {
        return look++;
    }

    /** Whether a cell has changed since a look, or at all since {@link #NEVER}. */
    public boolean since(int cell, int earlier) {
        return changed[cell] > earlier;
    }
}
