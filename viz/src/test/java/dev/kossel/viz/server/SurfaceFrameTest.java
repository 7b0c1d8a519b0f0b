package dev.kossel.viz.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.SpeciesSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurfaceFrameTest {

    private static final SpeciesSet SOLIDS = SpeciesSet.of(1, 2);

    private static ByteBuffer encode(Lattice lattice) {
        SnapshotStamp stamp = new SnapshotStamp(1.5, 42, Map.of());
        return ByteBuffer.wrap(SurfaceFrame.encode(new Snapshot(lattice, stamp), SOLIDS))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Lattice filled(LatticeGeometry g, int layers) {
        Lattice lattice = new Lattice(g, new byte[g.siteCount()], new byte[g.siteCount()]);
        for (int site = 0; site < g.siteCount(); site++) {
            lattice.setSpecies(site, g.layer(site) < layers ? 1 : 0);
        }
        return lattice;
    }

    @Test
    void shouldHoldTheExposedLayerTheOneBehindItAndTheSides() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.25, 1, 12, 10, 8);
        ByteBuffer frame = encode(filled(g, 4));

        assertThat(frame.getInt(0)).isEqualTo(SurfaceFrame.MAGIC);
        assertThat(frame.getInt(4)).isEqualTo(SurfaceFrame.VERSION);
        assertThat(frame.getDouble(8)).isEqualTo(1.5);
        assertThat(frame.getLong(16)).isEqualTo(42);
        assertThat(frame.getInt(24)).isEqualTo(120 + 120 + 2 * (120 - 8 * 6));
        assertThat(frame.getInt(28)).isEqualTo(120);
        assertThat(frame.getInt(32)).isEqualTo(480);
        assertThat(frame.capacity()).isEqualTo(SurfaceFrame.HEADER_BYTES + 384 * SurfaceFrame.BYTES_PER_SITE);
    }

    @Test
    void shouldSayOfEachSiteWhatItIs() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.BCC, "110", 0.43, 1, 6, 5, 8);
        Lattice lattice = filled(g, 3);
        int adatom = g.columnSite(7, 3);
        lattice.setSpecies(adatom, 2);
        lattice.setSiteType(adatom, 1);
        ByteBuffer frame = encode(lattice);
        int n = frame.getInt(24);
        int sites = SurfaceFrame.HEADER_BYTES + 12 * n;
        int exposed = frame.getInt(28);
        int found = -1;
        for (int i = 0; i < exposed; i++) {
            found = frame.getInt(sites + 4 * i) == adatom ? i : found;
        }

        assertThat(found).isNotNegative();
        int at = SurfaceFrame.HEADER_BYTES + 12 * found;
        assertThat(frame.getFloat(at)).isEqualTo((float) g.xNm(adatom));
        assertThat(frame.getFloat(at + 4)).isEqualTo((float) g.yNm(adatom));
        assertThat(frame.getFloat(at + 8)).isEqualTo((float) g.zNm(adatom));
        assertThat(frame.get(sites + 4 * n + found)).isEqualTo((byte) 2);
        assertThat(frame.get(sites + 5 * n + found)).isZero();
        assertThat(frame.get(sites + 6 * n + found)).isEqualTo((byte) 1);
    }

    @Test
    void shouldShowAllOfATwoDimensionalLattice() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.TRIANGULAR, "2d", 0.3, 1, 6, 5, 1);

        assertThat(encode(filled(g, 1)).getInt(28)).isEqualTo(g.siteCount());
    }

    @Test
    void shouldShowTheTopOfABoxThatIsFullButNotItsBottom() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.FCC, "111", 0.4, 1, 6, 5, 4);

        assertThat(encode(filled(g, g.layerCount())).getInt(28)).isEqualTo(g.sitesPerLayer());
    }

    @Test
    void shouldHoldNothingOfAnEmptyBox() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.25, 1, 6, 5, 8);

        assertThat(encode(filled(g, 0)).capacity()).isEqualTo(SurfaceFrame.HEADER_BYTES);
    }
}
