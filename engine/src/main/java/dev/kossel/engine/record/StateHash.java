package dev.kossel.engine.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over the parts of a state: two runs are in the same state exactly when their hashes agree.
 *
 * <p>Each part is preceded by its kind and length, so that different divisions into parts differ. Numbers big-endian,
 * doubles by their bits. Reads each array once, allocates little. One thread.
 */
public final class StateHash {

    private final MessageDigest digest;

    public StateHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public StateHash add(byte[] part) {
        begin('B', part.length);
        digest.update(part);
        return this;
    }

    public StateHash add(long part) {
        begin('L', 1);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part).flip());
        return this;
    }

    /** By its bits: −0.0 differs from 0.0. */
    public StateHash add(double part) {
        return add(Double.doubleToRawLongBits(part));
    }

    public StateHash add(long[] part) {
        begin('A', part.length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(part.length, Long.BYTES));
        bytes.asLongBuffer().put(part);
        digest.update(bytes);
        return this;
    }

    public StateHash add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    private void begin(char kind, int length) {
        digest.update(ByteBuffer.allocate(Character.BYTES + Integer.BYTES)
                .putChar(kind)
                .putInt(length)
                .flip());
    }

    /** The hash as 64 hexadecimal digits; ends the computation. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
