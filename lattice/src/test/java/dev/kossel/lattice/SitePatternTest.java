package dev.kossel.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.SitePattern.Axis;
import dev.kossel.lattice.SitePattern.Random.Share;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SitePatternTest {

    private static final double A = 0.4;

    private final UniformRandomProvider rng = RandomSource.XO_SHI_RO_256_PP.create(11);

    private static LatticeGeometry sc(int nx, int ny, int nz) {
        return LatticeGeometry.of(LatticeKind.SC, "100", A, 1, nx, ny, nz);
    }

    /** Applies to layer 1 of an sc box and returns the types there, the row of y = 0 last, as seen from above. */
    private String[] seenFromAbove(SitePattern pattern, int nx, int ny) {
        LatticeGeometry geometry = sc(nx, ny, 3);
        Lattice lattice = new Lattice(geometry).withSiteTypes();
        pattern.apply(lattice, new LayerRange(1, 1).sites(geometry), rng);
        String[] rows = new String[ny];
        for (int y = 0; y < ny; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < nx; x++) {
                assertThat(lattice.siteType(geometry.site(x, y, 0, 0))).isZero();
                assertThat(lattice.siteType(geometry.site(x, y, 2, 0))).isZero();
                int type = lattice.siteType(geometry.site(x, y, 1, 0));
                row.append(type == 0 ? "." : String.valueOf(type));
            }
            rows[ny - 1 - y] = row.toString();
        }
        return rows;
    }

    private static int[] counts(Lattice lattice) {
        int[] counts = new int[8];
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            counts[lattice.siteType(site)]++;
        }
        return counts;
    }

    private Lattice applied(SitePattern pattern, LatticeGeometry geometry) {
        Lattice lattice = new Lattice(geometry).withSiteTypes();
        pattern.apply(lattice, LayerRange.all(geometry).sites(geometry), rng);
        return lattice;
    }

    @Test
    void shouldTypeAllSitesOfALayerOrAList() {
        assertThat(seenFromAbove(new SitePattern.All(3), 3, 3)).containsExactly("333", "333", "333");
        Lattice lattice = new Lattice(sc(4, 4, 4)).withSiteTypes();
        new SitePattern.All(5).apply(lattice, new int[] {3, 17}, rng);
        assertThat(counts(lattice)[5]).isEqualTo(2);
        assertThat(lattice.siteType(17)).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.InitialMorphologyTest#crystals")
    void shouldListTheSitesOfLayers(LatticeGeometry geometry) {
        int[] sites = new LayerRange(1, 2).sites(geometry);
        assertThat(sites).hasSize(2 * geometry.sitesPerLayer());
        assertThat(Arrays.stream(sites).map(geometry::rank).toArray()).isSorted();
        assertThat(Arrays.stream(sites).map(geometry::layer)).containsOnly(1, 2);
        assertThat(LayerRange.all(geometry).sites(geometry)).hasSize(geometry.siteCount());
    }

    @Test
    void shouldDrawTheSitesOfARockSaltFaceInExactProportion() {
        SitePattern face = SitePattern.Random.weighted(
                List.of(new Share(1, 1), new Share(2, 1), new Share(3, 2), new Share(4, 4)));
        assertThat(counts(applied(face, sc(16, 16, 1)))).startsWith(0, 32, 32, 64, 128);
        // 100 sites: 12.5, 12.5, 25 and 50; the last site goes to the first of the largest remainders.
        assertThat(counts(applied(face, sc(10, 10, 1)))).startsWith(0, 13, 12, 25, 50);
    }

    @Test
    void shouldLeaveTheRestPlain() {
        SitePattern fractions = new SitePattern.Random(List.of(new Share(1, 0.1), new Share(2, 0.25)));
        assertThat(counts(applied(fractions, sc(10, 10, 2)))).startsWith(130, 20, 50);
        assertThat(counts(applied(new SitePattern.Random(List.of(new Share(1, 0.5))), sc(3, 1, 1))))
                .startsWith(1, 2);
        double third = 1.0 / 3;
        assertThat(counts(applied(
                        new SitePattern.Random(List.of(new Share(1, third), new Share(2, third), new Share(3, third))),
                        sc(9, 9, 3))))
                .startsWith(0, 81, 81, 81);
    }

    @Test
    void shouldGiveEverySiteTheSameChance() {
        LatticeGeometry geometry = sc(4, 4, 1);
        int[] hits = new int[geometry.siteCount()];
        int trials = 4000;
        SitePattern quarter = new SitePattern.Random(List.of(new Share(1, 0.25)));
        for (int trial = 0; trial < trials; trial++) {
            Lattice lattice = applied(quarter, geometry);
            for (int site = 0; site < hits.length; site++) {
                hits[site] += lattice.siteType(site);
            }
        }
        double sigma = Math.sqrt(trials * 0.25 * 0.75);
        for (int hit : hits) {
            assertThat((double) hit).isCloseTo(trials * 0.25, within(5 * sigma));
        }
    }

    @Test
    void shouldDrawACheckerboard() {
        assertThat(seenFromAbove(new SitePattern.Checkerboard(1, 2, A), 4, 4))
                .containsExactly("2121", "1212", "2121", "1212");
        assertThat(seenFromAbove(new SitePattern.Checkerboard(0, 2, 2 * A), 8, 4))
                .containsExactly("22..22..", "22..22..", "..22..22", "..22..22");
        // 1.1 nm are 2.75 sites, so 1.45 pairs fit 8 sites: one pair, squares of 4.
        assertThat(seenFromAbove(new SitePattern.Checkerboard(1, 2, 1.1), 8, 8)[7])
                .isEqualTo("11112222");
        assertThat(counts(applied(new SitePattern.Checkerboard(1, 2, A), sc(6, 1, 1))))
                .startsWith(0, 3, 3);
    }

    @Test
    void shouldDrawStripesAlongEitherEdge() {
        assertThat(seenFromAbove(new SitePattern.Stripes(1, A, 4 * A, Axis.Y), 8, 3))
                .containsExactly("1...1...", "1...1...", "1...1...");
        assertThat(seenFromAbove(new SitePattern.Stripes(1, 2 * A, 3 * A, Axis.X), 3, 6))
                .containsExactly("...", "111", "111", "...", "111", "111");
        assertThat(seenFromAbove(new SitePattern.Stripes(1, 3 * A, 3 * A, Axis.X), 3, 3))
                .containsExactly("111", "111", "111");
    }

    @Test
    void shouldDrawDiscsOverThePeriodicEdges() {
        SitePattern one = new SitePattern.Discs(1, A, Placement.At.of(0, 0));
        assertThat(seenFromAbove(one, 5, 5)).containsExactly("1....", ".....", ".....", "1....", "11..1");
        SitePattern outside = new SitePattern.Discs(1, A, Placement.At.of(-5 * A, 10 * A));
        assertThat(seenFromAbove(outside, 5, 5)).isEqualTo(seenFromAbove(one, 5, 5));
        SitePattern grid = new SitePattern.Discs(1, 0.1, new Placement.Grid(4));
        assertThat(seenFromAbove(grid, 8, 8)[5]).isEqualTo("..1...1.");
        assertThat(counts(applied(grid, sc(8, 8, 1)))).startsWith(60, 4);
    }

    @Test
    void shouldDrawADiscOfTheRightAreaInEveryCrystal() {
        InitialMorphologyTest.crystals().forEach(small -> {
            LatticeGeometry geometry = LatticeGeometry.of(
                    small.kind(), small.orientation(), A, small.axialRatio(), 24, 24, small.cellsZ());
            double radius = 0.45 * Math.min(geometry.widthNm(), geometry.depthNm());
            Lattice lattice = applied(new SitePattern.Discs(1, radius, Placement.At.of(0.1, 0.2)), geometry);
            double fraction = counts(lattice)[1] / (double) geometry.siteCount();
            double expected = Math.PI * radius * radius / (geometry.widthNm() * geometry.depthNm());
            assertThat(fraction).as(geometry.toString()).isCloseTo(expected, within(0.03 * expected));
        });
    }

    @Test
    void shouldDrawAGrainBoundary() {
        assertThat(seenFromAbove(new SitePattern.GrainBoundary(1, new Placement.Point(0, 0), 90, 2 * A), 5, 3))
                .containsExactly("11..1", "11..1", "11..1");
        assertThat(seenFromAbove(new SitePattern.GrainBoundary(1, new Placement.Point(0, A), 0, 0.1), 3, 3))
                .containsExactly("...", "111", "...");
        assertThat(seenFromAbove(new SitePattern.GrainBoundary(1, new Placement.Point(2 * A, 2 * A), 45, 0.1), 5, 5))
                .containsExactly("....1", "...1.", "..1..", ".1...", "1....");
    }

    @Test
    void shouldStretchAMaskOverTheBox() {
        boolean[] picture = {true, false, false, false, false, true};
        assertThat(seenFromAbove(SitePattern.Mask.of(1, 3, 2, picture), 6, 4))
                .containsExactly("....11", "....11", "11....", "11....");
        // More pixels than sites: every site has the pixel at its own corner.
        boolean[] fine = new boolean[12 * 12];
        fine[3 * 12 + 6] = true;
        assertThat(seenFromAbove(SitePattern.Mask.of(1, 12, 12, fine), 4, 4))
                .containsExactly("....", "....", "..1.", "....");
    }

    @Test
    void shouldDitherGreyPixels() {
        SitePattern grey = new SitePattern.Mask(1, 2, 1, new double[] {0.3, 1});
        LatticeGeometry geometry = sc(100, 100, 1);
        int hits = counts(applied(grey, geometry))[1];
        assertThat((double) hits).isCloseTo(5000 + 1500, within(5 * Math.sqrt(5000 * 0.3 * 0.7)));
    }

    @Test
    void shouldFindTheSiteNearestToAPlace() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.BCC, "100", A, 1, 4, 4, 4);
        Lattice lattice = applied(
                new SitePattern.Nearest(
                        2, List.of(new Place(1.45 * A, 2.55 * A, 0.4 * A), new Place(3.9 * A, -0.1 * A, 3.1 * A))),
                geometry);
        assertThat(counts(lattice)[2]).isEqualTo(2);
        assertThat(lattice.siteType(geometry.site(1, 2, 0, 1))).isEqualTo(2);
        assertThat(lattice.siteType(geometry.site(0, 0, 3, 0))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldRepeatItselfForTheSameGenerator(long seed) {
        LatticeGeometry geometry = sc(12, 12, 2);
        List<SitePattern> patterns = List.of(
                new SitePattern.Random(List.of(new Share(1, 0.3))),
                new SitePattern.Discs(2, 0.6, new Placement.Random(4)),
                new SitePattern.Mask(3, 1, 1, new double[] {0.5}));
        Lattice[] twins = {new Lattice(geometry).withSiteTypes(), new Lattice(geometry).withSiteTypes()};
        for (Lattice lattice : twins) {
            UniformRandomProvider generator = RandomSource.XO_SHI_RO_256_PP.create(seed);
            for (SitePattern pattern : patterns) {
                pattern.apply(lattice, LayerRange.all(geometry).sites(geometry), generator);
            }
        }
        assertThat(twins[0].siteTypeArray()).isEqualTo(twins[1].siteTypeArray()).contains(1, 2, 3);
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndSayWhy() {
        LatticeGeometry geometry = sc(8, 8, 2);
        Lattice plain = new Lattice(geometry);
        assertThatThrownBy(() -> new SitePattern.All(1).apply(plain, new int[0], rng))
                .hasMessageContaining("withSiteTypes");
        assertThatThrownBy(() -> new SitePattern.All(127)).hasMessageContaining("site type 127");
        assertThatThrownBy(() -> new SitePattern.Random(List.of(new Share(1, 0.6), new Share(2, 0.5))))
                .hasMessageContaining("add up to 1.1");
        assertThatThrownBy(() -> SitePattern.Random.weighted(List.of(new Share(1, 0))))
                .hasMessageContaining("more than 0");
        assertThatThrownBy(() -> new Share(1, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> applied(new SitePattern.Checkerboard(1, 2, 100), geometry))
                .hasMessageContaining("200.0 nm")
                .hasMessageContaining("3.2");
        assertThatThrownBy(() -> new SitePattern.Stripes(1, 2, 1, Axis.X)).hasMessageContaining("stripe width 2.0");
        assertThatThrownBy(() -> applied(new SitePattern.Stripes(1, 9, 9, Axis.X), geometry))
                .hasMessageContaining("stripe period 9.0");
        assertThatThrownBy(() -> new SitePattern.Discs(1, 0, new Placement.Random(1)))
                .hasMessageContaining("disc radius 0.0");
        assertThatThrownBy(() -> new Placement.Random(0)).hasMessageContaining("count 0");
        assertThatThrownBy(() -> new SitePattern.Mask(1, 2, 2, new double[3])).hasMessageContaining("3 values");
        assertThatThrownBy(() -> new SitePattern.Mask(1, 2, 1, new double[] {0, 1.5}))
                .hasMessageContaining("(1, 0) = 1.5");
        assertThatThrownBy(() -> new LayerRange(1, 2).sites(geometry)).hasMessageContaining("layers 0 to 1");
        assertThatThrownBy(() -> new LayerRange(2, 1)).hasMessageContaining("layers 2 to 1");
        assertThatThrownBy(() -> new SitePattern.Nearest(1, List.of(new Place(0, 0, 0)))
                        .apply(plain.withSiteTypes(), new int[0], rng))
                .hasMessageContaining("no site");
    }

    @Test
    void shouldPlaceAGridInNearlySquareFields() {
        LatticeGeometry geometry = sc(20, 10, 1);
        List<Placement.Point> points = new Placement.Grid(8).points(geometry, rng);
        assertThat(points).hasSize(8);
        assertThat(points.stream().map(Placement.Point::xNm).distinct()).containsExactly(1.0, 3.0, 5.0, 7.0);
        assertThat(points.stream().map(Placement.Point::yNm).distinct()).containsExactly(1.0, 3.0);
        assertThat(new Placement.Grid(7).points(geometry, rng)).hasSize(7);
    }
}
