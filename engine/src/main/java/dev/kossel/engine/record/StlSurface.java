package dev.kossel.engine.record;

import dev.kossel.lattice.SpeciesSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Binary STL: 80 bytes of title, a count, then 50 bytes a triangle (normal, three corners, two bytes 0), little-endian.
 */
final class StlSurface implements FrameWriter.Format {

    private static final int TITLE_BYTES = 80;
    private static final int TRIANGLE_BYTES = 50;

    private final SpeciesSet solid;

    StlSurface(List<SpeciesLabel> species) {
        solid = RunLayout.having(species, label -> !label.vacant());
    }

    @Override
    public void write(OutputStream out, Snapshot snapshot) throws IOException {
        SurfaceMesh mesh = SurfaceMesh.of(snapshot.lattice(), solid);
        ByteBuffer head = ByteBuffer.allocate(TITLE_BYTES + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        byte[] title =
                ("Kossel, nm, time " + snapshot.stamp().timeSeconds() + " s").getBytes(StandardCharsets.US_ASCII);
        head.put(title, 0, Math.min(TITLE_BYTES, title.length));
        head.putInt(TITLE_BYTES, mesh.triangleCount());
        out.write(head.array());
        ByteBuffer record = ByteBuffer.allocate(TRIANGLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int t = 0; t < mesh.triangleCount(); t++) {
            record.clear();
            double[] normal = mesh.normal(t);
            for (double component : normal) {
                record.putFloat((float) component);
            }
            for (int corner = 0; corner < 3; corner++) {
                for (int axis = 0; axis < 3; axis++) {
                    record.putFloat(mesh.corner(t, corner, axis));
                }
            }
            record.putShort((short) 0);
            out.write(record.array());
        }
    }
}
