package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the saved states of all selectors have in common: big-endian ints, the first three naming the kind and the two
 * counts.
 */
final class SavedState {

    static void writeHeader(DataOutput out, EventSelector selector) throws IOException {
        out.writeInt(kind(selector));
        out.writeInt(selector.itemCount());
        out.writeInt(selector.classCount());
    }

    static void readHeader(DataInput in, EventSelector selector) throws IOException {
        expect(in, "kind", kind(selector));
        expect(in, "item count", selector.itemCount());
        expect(in, "class count", selector.classCount());
    }

    private static int kind(EventSelector selector) {
        return selector.getClass().getSimpleName().hashCode();
    }

    private static void expect(DataInput in, String what, int expected) throws IOException {
        int found = in.readInt();
        if (found != expected) {
            throw new IOException("selector state: " + what + " is " + found + ", expected " + expected);
        }
    }

    /** Reads an int, 0 ≤ value < bound. */
    static int readInt(DataInput in, String what, int bound) throws IOException {
        int value = in.readInt();
        if (value < 0 || value >= bound) {
            throw new IOException("selector state: " + what + " is " + value + ", expected 0 to " + (bound - 1));
        }
        return value;
    }

    static void writeClasses(DataOutput out, int[] classOf) throws IOException {
        for (int rateClass : classOf) {
            out.writeInt(rateClass);
        }
    }

    static void readClasses(DataInput in, int[] classOf, int classCount) throws IOException {
        for (int item = 0; item < classOf.length; item++) {
            classOf[item] = readInt(in, "class of item " + item, classCount);
        }
    }

    private SavedState() {}
}
