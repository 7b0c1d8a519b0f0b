package dev.kossel.engine.record;

import dev.kossel.lattice.SpeciesSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Binary PLY, little-endian: vertices of 15 bytes (x, y, z in nm as floats; red, green, blue of the species), then
 * faces of 13 (the count 3, three vertices).
 *
 * @see <a href="http://paulbourke.net/dataformats/ply/">PLY: polygon file format</a>
 */
final class PlySurface implements FrameWriter.Format {

    private static final int VERTEX_BYTES = 15;
    private static final int FACE_BYTES = 13;

    private final List<SpeciesLabel> species;
    private final SpeciesSet solid;

    PlySurface(List<SpeciesLabel> species) {
        this.species = List.copyOf(species);
        solid = RunLayout.having(species, label -> !label.vacant());
    }

    @Override
    public void write(OutputStream out, Snapshot snapshot) throws IOException {
        SurfaceMesh mesh = SurfaceMesh.of(snapshot.lattice(), solid);
        String head = "ply\nformat binary_little_endian 1.0\ncomment Kossel, nm, time "
                + snapshot.stamp().timeSeconds() + " s\nelement vertex " + mesh.vertexCount()
                + "\nproperty float x\nproperty float y\nproperty float z"
                + "\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nelement face "
                + mesh.triangleCount() + "\nproperty list uchar int vertex_indices\nend_header\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer vertex = ByteBuffer.allocate(VERTEX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int v = 0; v < mesh.vertexCount(); v++) {
            int rgb = species.get(mesh.species(v)).color();
            vertex.clear();
            vertex.putFloat(mesh.coordinate(v, 0))
                    .putFloat(mesh.coordinate(v, 1))
                    .putFloat(mesh.coordinate(v, 2));
            vertex.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
            out.write(vertex.array());
        }
        ByteBuffer face = ByteBuffer.allocate(FACE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int t = 0; t < mesh.triangleCount(); t++) {
            face.clear();
            face.put((byte) 3)
                    .putInt(mesh.vertex(t, 0))
                    .putInt(mesh.vertex(t, 1))
                    .putInt(mesh.vertex(t, 2));
            out.write(face.array());
        }
    }
}
