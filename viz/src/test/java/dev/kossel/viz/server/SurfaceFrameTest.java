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
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SurfaceFrameTest {

    private static final SpeciesSet SOLIDS = SpeciesSet.of(1, 2);

    private static ByteBuffer encode(Lattice lattice, @Nullable Cut cut) {
        SnapshotStamp stamp = new SnapshotStamp(1.5, 42, Map.of());
        return ByteBuffer.wrap(SurfaceFrame.encode(new Snapshot(lattice, stamp), SOLIDS, cut))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int sites(ByteBuffer frame) {
        return frame.getInt(24);
    }

    private static int surface(ByteBuffer frame) {
        return frame.getInt(28);
    }

    private static int exposed(ByteBuffer frame) {
        return frame.getInt(32);
    }

    private static int[] places(ByteBuffer frame) {
        int[] places = new int[sites(frame)];
        for (int i = 0; i < places.length; i++) {
            places[i] = frame.getInt(SurfaceFrame.HEADER_BYTES + 4 * i) + (i == 0 ? 0 : places[i - 1]);
        }
        return places;
    }

    private static int kinds(ByteBuffer frame) {
        return SurfaceFrame.HEADER_BYTES + 4 * sites(frame) + SurfaceFrame.BYTES_PER_SURFACE_SITE * surface(frame);
    }

    static Lattice filled(LatticeGeometry g, int layers) {
        Lattice lattice = new Lattice(g, new byte[g.siteCount()], new byte[g.siteCount()]);
        for (int site = 0; site < g.siteCount(); site++) {
            lattice.setSpecies(site, g.layer(site) < layers ? 1 : 0);
        }
        return lattice;
    }

    @Test
    void shouldHoldTheExposedLayerTheOneBehindItAndTheSides() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.25, 1, 12, 10, 8);
        ByteBuffer frame = encode(filled(g, 4), null);

        assertThat(frame.getInt(0)).isEqualTo(SurfaceFrame.MAGIC);
        assertThat(frame.getInt(4)).isEqualTo(SurfaceFrame.VERSION);
        assertThat(frame.getDouble(8)).isEqualTo(1.5);
        assertThat(frame.getLong(16)).isEqualTo(42);
        assertThat(sites(frame)).isEqualTo(120 + 120 + 2 * (120 - 8 * 6));
        assertThat(surface(frame)).isEqualTo(120 + 3 * (120 - 10 * 8));
        assertThat(exposed(frame)).isEqualTo(120);
        assertThat(frame.getInt(36)).isEqualTo(480);
        assertThat(frame.capacity())
                .isEqualTo(SurfaceFrame.HEADER_BYTES
                        + sites(frame) * SurfaceFrame.BYTES_PER_SITE
                        + surface(frame) * SurfaceFrame.BYTES_PER_SURFACE_SITE);
    }

    @Test
    void shouldSayOfEachSiteWhatItIs() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.BCC, "110", 0.43, 1, 6, 5, 8);
        Lattice lattice = filled(g, 3);
        SpeciesGrid grid = new SpeciesGrid(lattice, SOLIDS);
        int adatom = IntStream.range(0, g.siteCount())
                .filter(site -> g.layer(site) == 3 && g.cellX(site) == 3 && g.cellY(site) == 2)
                .findFirst()
                .orElseThrow();
        lattice.setSpecies(adatom, 2);
        lattice.setSiteType(adatom, 1);
        ByteBuffer frame = encode(lattice, null);
        int[] places = places(frame);
        int found = -1;
        for (int i = 0; i < exposed(frame); i++) {
            found = grid.site(places[i]) == adatom ? i : found;
        }

        assertThat(found).isNotNegative();
        int n = sites(frame);
        assertThat(frame.get(kinds(frame) + found)).isEqualTo((byte) 2);
        assertThat(frame.get(kinds(frame) + n + found)).isEqualTo((byte) 2);
        assertThat(frame.get(kinds(frame) + 2 * n + found)).isEqualTo((byte) 1);
        // It faces up, in the open, which the floor about it does less.
        int facing = SurfaceFrame.HEADER_BYTES + 4 * n + 4 * surface(frame) + 4 * found;
        assertThat(frame.get(facing + 2)).isGreaterThan((byte) 115);
        assertThat(frame.get(facing + 3)).isGreaterThan((byte) (127 * 0.5));
    }

    @Test
    void shouldLightATerraceAsAnOpenPlaneAndThePitInItLess() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 24, 24, 16);
        Lattice lattice = filled(g, 12);
        for (int z = 4; z < 12; z++) {
            for (int y = 11; y < 13; y++) {
                for (int x = 11; x < 13; x++) {
                    lattice.setSpecies(g.site(x, y, z, 0), 0);
                }
            }
        }
        ByteBuffer frame = encode(lattice, null);
        int[] places = places(frame);
        int[] light = new int[g.siteCount()];
        for (int i = 0; i < exposed(frame); i++) {
            int at = SurfaceFrame.HEADER_BYTES + 4 * sites(frame) + 4 * i;
            light[places[i]] = 2 * frame.get(at + 3) + (frame.get(at) & 0xff);
        }

        // Mean and upward gradient of a level terrace make 1.
        assertThat(light[g.rank(g.site(4, 4, 11, 0))]).isBetween(225, 290);
        assertThat(light[g.rank(g.site(11, 11, 3, 0))]).isLessThan(120);
    }

    @Test
    void shouldCountAllTwelveNearestNeighboursOfHcpAndLetNoSpheresOverlap() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.HCP, "002", 0.3, 1.45, 8, 6, 6);
        SpeciesGrid grid = new SpeciesGrid(filled(g, g.layerCount()), SOLIDS);

        assertThat(g.nearestCount()).isEqualTo(12);
        assertThat(SurfaceFrame.coordination(grid, grid.place(3, 3, 3, 1), Neighbors.nearest(g)))
                .isEqualTo(12);
        // With c/a below the ideal the neighbours out of the plane are the nearer ones.
        assertThat(2 * SurfaceFrame.radiusNm(g)).isCloseTo(0.3 * Math.sqrt(1.0 / 3 + 1.45 * 1.45 / 4), within(1e-12));
    }

    private static Offset<Double> within(double tolerance) {
        return Offset.offset(tolerance);
    }

    @Test
    void shouldKnowTheSameNeighboursAsTheLattice() {
        for (LatticeGeometry g : new LatticeGeometry[] {
            LatticeGeometry.of(LatticeKind.BCC, "110", 0.43, 1, 5, 4, 5),
            LatticeGeometry.of(LatticeKind.FCC, "111", 0.4, 1, 6, 5, 4),
            LatticeGeometry.of(LatticeKind.HCP, "100", 0.3, 1.6, 6, 5, 4),
            LatticeGeometry.of(LatticeKind.TRIANGULAR, "2d", 0.3, 1, 6, 5, 1)
        }) {
            SpeciesGrid grid = new SpeciesGrid(filled(g, 2), SOLIDS);
            Neighbors[] nearest = Neighbors.nearest(g);
            for (int place = 0; place < grid.places(); place++) {
                Neighbors around = nearest[place % grid.basisSize];
                int at = place;
                int[] found = IntStream.range(0, around.count())
                        .map(k -> grid.neighbor(grid.x(at), grid.y(at), grid.z(at), around, k))
                        .map(neighbor -> neighbor < 0 ? -1 : grid.site(neighbor))
                        .sorted()
                        .toArray();
                int[] expected = IntStream.range(0, g.nearestCount())
                        .map(k -> g.neighbor(grid.site(at), k))
                        .sorted()
                        .toArray();
                assertThat(found).as(g.toString()).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldShowAllOfATwoDimensionalLattice() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.TRIANGULAR, "2d", 0.3, 1, 6, 5, 1);

        assertThat(exposed(encode(filled(g, 1), null))).isEqualTo(g.siteCount());
    }

    @Test
    void shouldShowTheTopOfABoxThatIsFullButNotItsBottom() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.FCC, "111", 0.4, 1, 6, 5, 4);

        assertThat(exposed(encode(filled(g, g.layerCount()), null))).isEqualTo(g.sitesPerLayer());
    }

    @Test
    void shouldHoldNothingOfAnEmptyBox() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.25, 1, 6, 5, 8);

        assertThat(encode(filled(g, 0), null).capacity()).isEqualTo(SurfaceFrame.HEADER_BYTES);
    }

    @Test
    void shouldSendWhatACutLaysOpenAndNothingElse() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 1, 1, 10, 10, 12);
        Lattice lattice = filled(g, 9);
        Cut cut = Cut.parse("1,0,0,5.5");
        int[] places = places(encode(lattice, cut));

        // Two layers below x = 5.5 of the eight that are not exposed.
        assertThat(places).hasSize(2 * 10 * 8);
        assertThat(Arrays.stream(places).map(place -> place % 10).distinct()).containsExactlyInAnyOrder(4, 5);
        // Two planes lay open what lies below either of them and not beyond the other.
        int[] both = places(encode(lattice, Cut.parse("1,0,0,5.5_0,0,1,4.2")));
        assertThat(Arrays.stream(both).boxed())
                .allMatch(place -> place % 10 <= 5 && place / 100 <= 4)
                .anyMatch(place -> place % 10 == 0)
                .anyMatch(place -> place / 100 == 0);
    }

    @Test
    void shouldReadNoCutThatIsNone() {
        for (String text : new String[] {
            "",
            "1,0,0",
            "1,0,0,x",
            "1,1,0,3",
            "0,0,0,3",
            "1,0,0,1e9",
            "1,0,0,NaN",
            "1,0,0,1_",
            "1,0,0,1_".repeat(7) + "1,0,0,1"
        }) {
            assertThat(Cut.parse(text)).as(text).isNull();
        }
        assertThat(Cut.parse("0.6,-0.8,0,12.5_0,0,-1,-0.25")).isNotNull();
    }
}
