package dev.kossel.scenarios;

import dev.kossel.lattice.LatticeGeometry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntUnaryOperator;

/** One byte a site in canonical order, as checkpoints hold species and site types: nothing as large as the box is copied. */
final class SiteBytes {

    private static final int CHUNK = 1 << 16;

    private SiteBytes() {}

    static void write(DataOutput out, LatticeGeometry geometry, IntUnaryOperator valueOf) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int filled = 0;
        for (var sites = geometry.sites(); sites.hasNext(); ) {
            chunk[filled++] = (byte) valueOf.applyAsInt(sites.nextInt());
            if (filled == CHUNK) {
                out.write(chunk, 0, filled);
                filled = 0;
            }
        }
        out.write(chunk, 0, filled);
    }

    /** What {@link #write} wrote, by site. */
    static byte[] read(DataInput in, LatticeGeometry geometry) throws IOException {
        byte[] values = new byte[geometry.siteCount()];
        byte[] chunk = new byte[CHUNK];
        int used = CHUNK;
        int left = values.length;
        for (var sites = geometry.sites(); sites.hasNext(); ) {
            if (used == CHUNK) {
                in.readFully(chunk, 0, Math.min(CHUNK, left));
                left -= CHUNK;
                used = 0;
            }
            values[sites.nextInt()] = chunk[used++];
        }
        return values;
    }
}
