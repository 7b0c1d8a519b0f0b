package dev.kossel.engine.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Compresses arrays of 32-bit numbers to zlib streams (RFC 1950, 1951), which any zlib reads, in about half the time of zlib's lowest level: it looks for repetitions number by
 * number, not byte by byte.
 *
 * <p>A number that has come before, within the reach of 32 kB, is a reference to where it came last, together with the numbers that follow there as here. One that
 * differs from the one before in its lowest byte only, as numbers of sites do, is this byte and a reference to the other three. What is left are single bytes. Some eight
 * thousand of these make a block with codes of its own. Arrays of bytes are taken as numbers, too: runs are what they are made of.
 *
 * <p>Some 60 kB. One thread.
 */
final class WordDeflater {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int HASH_BITS = 12;

    /** The nearest odd number to 2³² over the golden ratio. */
    private static final int HASH_FACTOR = 0x9E3779B1;

    /** Tokens of a block. */
    private static final int TOKENS = 1 << 13;

    private static final int REACH = 1 << 15;
    private static final int LONGEST = 256;
    private static final int SHORTEST = 3;

    private static final int AS_BEFORE = 1 << 8;

    private static final int END_OF_BLOCK = 256;
    private static final int FIRST_LENGTH = 257;
    private static final int LITERALS = 286;
    private static final int DISTANCES = 30;
    private static final int LENGTH_CODES = 19;
    private static final int LONGEST_CODE = 15;
    private static final int LONGEST_LENGTH_CODE = 7;

    /** Codes for 3 to 10 and for 11 to 138 symbols without a code. */
    private static final int FEW_NONE = 17;

    private static final int MANY_NONE = 18;
    private static final int LEAST_MANY = 11;
    private static final int MOST_NONE = 138;

    /** In which order the lengths of the codes for lengths are written. */
    private static final int[] LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    /** zlib's header: a window of 32 kB, fastest. */
    private static final short HEADER = 0x7801;

    private static final int TABLES_BYTES = 400;
    private static final int FRAME_BYTES = 64;

    /** By hash: where a number of it came last. */
    private final int[] latest = new int[1 << HASH_BITS];

    /**
     * A byte, {@link #AS_BEFORE} where the three bytes of the number before follow it, or as negative number a reference: its length above 15 bits of its distance less
     * one.
     */
    private final int[] tokens = new int[TOKENS];

    private int tokenCount;
    private int asBefore;
    private final Code literals = new Code(LITERALS, LONGEST_CODE);
    private final Code distances = new Code(DISTANCES, LONGEST_CODE);
    private final Code lengths = new Code(LENGTH_CODES, LONGEST_LENGTH_CODE);
    private final int[] runs = new int[LITERALS + DISTANCES];
    private final Adler32 checksum = new Adler32();

    private byte[] out = {};
    private int at;

    /** Bits that have not been written yet, the first lowest; fewer than eight between two puts. */
    private long pending;

    private int pendingBits;

    /** What so many bytes take at most: no code is longer than twice what it stands for. */
    static int mostBytes(int bytes) {
        return 2 * bytes + (4 * bytes / TOKENS + 1) * TABLES_BYTES + FRAME_BYTES;
    }

    /**
     * Compresses the first {@code size} bytes of an array.
     *
     * @param in numbers, little-endian
     * @param compressed with room for {@link #mostBytes}
     * @return how many bytes it took
     */
    int deflate(byte[] in, int size, byte[] compressed) {
        out = compressed;
        out[0] = (byte) (HEADER >> Byte.SIZE);
        out[1] = (byte) HEADER;
        at = 2;
        pending = 0;
        pendingBits = 0;
        tokenCount = 0;
        Arrays.fill(latest, -REACH - 1);
        int end = size & -Integer.BYTES;
        int before = 0;
        for (int i = 0; i < end; ) {
            if (tokenCount > TOKENS - 2 * Integer.BYTES) {
                // With room for a number and the bytes after the last.
                writeBlock(false);
            }
            int number = (int) INTS.get(in, i);
            int hash = number * HASH_FACTOR >>> Integer.SIZE - HASH_BITS;
            int from = latest[hash];
            latest[hash] = i;
            int length = i - from <= REACH && (int) INTS.get(in, from) == number ? alike(in, from, i, end) : 0;
            if (length > 0) {
                refer(length, i - from);
                i += length;
                before = (int) INTS.get(in, i - Integer.BYTES);
                continue;
            }
            add(number & 0xFF);
            if (i > 0 && (number ^ before) >>> Byte.SIZE == 0) {
                tokens[tokenCount - 1] |= AS_BEFORE;
                asBefore++;
            } else {
                add(number >>> 8 & 0xFF);
                add(number >>> 16 & 0xFF);
                add(number >>> 24);
            }
            before = number;
            i += Integer.BYTES;
        }
        for (int i = end; i < size; i++) {
            add(in[i] & 0xFF);
        }
        writeBlock(true);
        checksum.reset();
        checksum.update(in, 0, size);
        putBits(0, -pendingBits & Byte.SIZE - 1);
        INTS.set(out, at, Integer.reverseBytes((int) checksum.getValue()));
        return at + Integer.BYTES;
    }

    /** How many bytes from {@code i} on are as those from {@code from} on, in whole numbers; the first is. */
    private static int alike(byte[] in, int from, int i, int end) {
        int most = Math.min(LONGEST, end - i);
        int length = Integer.BYTES;
        while (length < most && (int) INTS.get(in, from + length) == (int) INTS.get(in, i + length)) {
            length += Integer.BYTES;
        }
        return length;
    }

    private void add(int literal) {
        tokens[tokenCount++] = literal;
        literals.frequency[literal]++;
    }

    private void refer(int length, int distance) {
        tokens[tokenCount++] = Integer.MIN_VALUE | length << 15 | distance - 1;
        literals.frequency[lengthSymbol(length - SHORTEST)]++;
        distances.frequency[distanceSymbol(distance - 1)]++;
    }

    /** Symbols stand for ranges that are the wider the longer they are, four to a power of two. The longest of all, 258, is not used. */
    private static int lengthSymbol(int length) {
        int shift = lengthBits(length);
        return FIRST_LENGTH + (shift << 2) + (length >> shift);
    }

    /** Bits beside the symbol. */
    private static int lengthBits(int length) {
        return Math.max(0, 29 - Integer.numberOfLeadingZeros(length));
    }

    /** The same, two to a power of two. */
    private static int distanceSymbol(int distance) {
        int shift = distanceBits(distance);
        return (shift << 1) + (distance >> shift);
    }

    private static int distanceBits(int distance) {
        return Math.max(0, 30 - Integer.numberOfLeadingZeros(distance));
    }

    /** Writes the tokens so far, and begins anew. */
    private void writeBlock(boolean last) {
        literals.frequency[END_OF_BLOCK]++;
        literals.frequency[FIRST_LENGTH] += asBefore;
        distances.frequency[distanceSymbol(Integer.BYTES - 1)] += asBefore;
        literals.assign();
        distances.assign();
        // A final block or not; codes of its own.
        putBits(last ? 0b101 : 0b100, 3);
        writeCodes();
        writeTokens();
        putBits(literals.code[END_OF_BLOCK], literals.length[END_OF_BLOCK]);
        tokenCount = 0;
        asBefore = 0;
        literals.clear();
        distances.clear();
    }

    /** As {@link #putBits}, token by token, in local variables: nearly all time goes here. */
    private void writeTokens() {
        int[] codes = literals.code;
        int[] codeLengths = literals.length;
        int[] farCodes = distances.code;
        int[] farLengths = distances.length;
        int near = distanceSymbol(Integer.BYTES - 1);
        long three = codes[FIRST_LENGTH] | (long) farCodes[near] << codeLengths[FIRST_LENGTH];
        int threeLength = codeLengths[FIRST_LENGTH] + farLengths[near];
        byte[] to = out;
        int next = at;
        long bits = pending;
        int count = pendingBits;
        for (int i = 0; i < tokenCount; i++) {
            int token = tokens[i];
            // At most 15 + 5 + 15 + 13 bits come to at most seven.
            if (token >= 0) {
                int literal = token & AS_BEFORE - 1;
                bits |= (long) codes[literal] << count;
                count += codeLengths[literal];
                if (token >= AS_BEFORE) {
                    bits |= three << count;
                    count += threeLength;
                }
            } else {
                int length = (token >>> 15 & 0x1FF) - SHORTEST;
                int shift = lengthBits(length);
                int symbol = lengthSymbol(length);
                bits |= (long) codes[symbol] << count;
                count += codeLengths[symbol];
                bits |= (long) (length & (1 << shift) - 1) << count;
                count += shift;
                int distance = token & REACH - 1;
                int farShift = distanceBits(distance);
                int farSymbol = distanceSymbol(distance);
                bits |= (long) farCodes[farSymbol] << count;
                count += farLengths[farSymbol];
                bits |= (long) (distance & (1 << farShift) - 1) << count;
                count += farShift;
            }
            LONGS.set(to, next, bits);
            next += count >> 3;
            bits >>>= count & ~7;
            count &= 7;
        }
        at = next;
        pending = bits;
        pendingBits = count;
    }

    /** Writes the lengths of the two codes, from which these follow, in a code of its own. */
    private void writeCodes() {
        System.arraycopy(literals.length, 0, runs, 0, LITERALS);
        System.arraycopy(distances.length, 0, runs, LITERALS, DISTANCES);
        lengths.clear();
        for (int i = 0; i < runs.length; i += run(i)) {
            lengths.frequency[lengthSymbolAt(i)]++;
        }
        lengths.assign();
        putBits(LITERALS - FIRST_LENGTH, 5);
        putBits(DISTANCES - 1, 5);
        putBits(LENGTH_CODES - 4, 4);
        for (int symbol : LENGTH_ORDER) {
            putBits(lengths.length[symbol], 3);
        }
        for (int i = 0; i < runs.length; i += run(i)) {
            int symbol = lengthSymbolAt(i);
            putBits(lengths.code[symbol], lengths.length[symbol]);
            if (symbol == MANY_NONE) {
                putBits(run(i) - LEAST_MANY, 7);
            } else if (symbol == FEW_NONE) {
                putBits(run(i) - SHORTEST, 3);
            }
        }
    }

    /** How many symbols from one on a single symbol stands for: several where they have no code. */
    private int run(int first) {
        int i = first;
        while (i < runs.length && i - first < MOST_NONE && runs[i] == 0) {
            i++;
        }
        return i - first < SHORTEST ? 1 : i - first;
    }

    private int lengthSymbolAt(int first) {
        int run = run(first);
        return run == 1 ? runs[first] : run < LEAST_MANY ? FEW_NONE : MANY_NONE;
    }

    /** At most 56 bits. */
    private void putBits(long bits, int count) {
        pending |= bits << pendingBits;
        pendingBits += count;
        LONGS.set(out, at, pending);
        int whole = pendingBits >> 3;
        at += whole;
        pending >>>= whole << 3;
        pendingBits &= 7;
    }

    /** A prefix code: symbols that come often get few bits (D. A. Huffman, Proc. IRE 40, 1098 (1952), doi:10.1109/JRPROC.1952.273898). */
    private static final class Code {
        final int[] frequency;

        /** Bits of each symbol, 0 for one that does not come. */
        final int[] length;

        /** The bits, the first lowest. */
        final int[] code;

        private final int longest;
        private final long[] order;
        private final int[] weight;
        private final int[] parent;
        private final int[] next;

        Code(int symbols, int longest) {
            this.longest = longest;
            frequency = new int[symbols];
            length = new int[symbols];
            code = new int[symbols];
            order = new long[symbols];
            weight = new int[2 * symbols];
            parent = new int[2 * symbols];
            next = new int[longest + 2];
        }

        void clear() {
            Arrays.fill(frequency, 0);
        }

        /** Finds a code for the frequencies, of two symbols at least: one alone would have no bits. Frequencies are spoilt. */
        void assign() {
            for (int symbol = 0; used() < 2; symbol++) {
                frequency[symbol] = Math.max(1, frequency[symbol]);
            }
            while (!setLengths()) {
                // Less uneven frequencies give shorter codes.
                for (int symbol = 0; symbol < frequency.length; symbol++) {
                    frequency[symbol] = frequency[symbol] + 1 >> 1;
                }
            }
            setCodes();
        }

        private int used() {
            int used = 0;
            for (int count : frequency) {
                used += count > 0 ? 1 : 0;
            }
            return used;
        }

        /** Joins the two lightest, again and again; returns whether no code is too long. */
        private boolean setLengths() {
            int leaves = 0;
            for (int symbol = 0; symbol < frequency.length; symbol++) {
                if (frequency[symbol] > 0) {
                    order[leaves++] = (long) frequency[symbol] << Integer.SIZE | symbol;
                }
            }
            Arrays.sort(order, 0, leaves);
            for (int i = 0; i < leaves; i++) {
                weight[i] = (int) (order[i] >>> Integer.SIZE);
            }
            int leaf = 0;
            int pair = leaves;
            int root = 2 * leaves - 2;
            for (int node = leaves; node <= root; node++) {
                weight[node] = 0;
                for (int child = 0; child < 2; child++) {
                    // Pairs come in the order of their weights.
                    int lightest = leaf < leaves && (pair == node || weight[leaf] <= weight[pair]) ? leaf++ : pair++;
                    weight[node] += weight[lightest];
                    parent[lightest] = node;
                }
            }
            Arrays.fill(length, 0);
            // Weights are of no use any more: depths take their place.
            weight[root] = 0;
            int deepest = 0;
            for (int node = root - 1; node >= 0; node--) {
                weight[node] = weight[parent[node]] + 1;
                if (node < leaves) {
                    length[(int) order[node]] = weight[node];
                    deepest = Math.max(deepest, weight[node]);
                }
            }
            return deepest <= longest;
        }

        /** Codes of one length are consecutive numbers, the shortest first, as RFC 1951 has it. */
        private void setCodes() {
            Arrays.fill(next, 0);
            for (int bits : length) {
                if (bits > 0) {
                    next[bits + 1]++;
                }
            }
            int first = 0;
            for (int bits = 1; bits <= longest; bits++) {
                first = first + next[bits] << 1;
                next[bits] = first;
            }
            for (int symbol = 0; symbol < code.length; symbol++) {
                if (length[symbol] > 0) {
                    code[symbol] = Integer.reverse(next[length[symbol]]++) >>> Integer.SIZE - length[symbol];
                }
            }
        }
    }
}
