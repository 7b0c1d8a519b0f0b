package dev.kossel.lattice;

import static dev.kossel.lattice.LatticeKind.BCC;
import static dev.kossel.lattice.LatticeKind.FCC;
import static dev.kossel.lattice.LatticeKind.HCP;
import static dev.kossel.lattice.LatticeKind.SC;
import static dev.kossel.lattice.LatticeKind.SQUARE;
import static dev.kossel.lattice.LatticeKind.TRIANGULAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LatticeGeometryTest {

    private static final double A_NM = 0.4291;
    private static final double ZINC = 1.8563;
    private static final double IDEAL = Math.sqrt(8.0 / 3);

    /** Every lattice and orientation in the smallest box, a slightly larger one and an odd one. */
    static Stream<LatticeGeometry> boxes() {
        return lattices().flatMap(g -> {
            int[] least = LatticeGeometry.leastCells(g.kind(), g.orientation());
            boolean planar = planar(g.kind());
            return Stream.of(
                    box(g, least[0], least[1], 1),
                    box(g, least[0], least[1] + 1, planar ? 1 : 2),
                    box(g, least[0] + 1, least[1], planar ? 1 : 3),
                    box(g, 7, 5, planar ? 1 : 4),
                    // Several bricks along an edge.
                    box(g, 6, 4, planar ? 1 : 4));
        });
    }

    /** Boxes of one site a cell that take bricks of 4 × 4 × 4, of other edges that are powers of two, and of others. */
    static Stream<LatticeGeometry> brickedBoxes() {
        return Stream.of(
                LatticeGeometry.of(SC, "100", A_NM, 1, 12, 8, 4),
                LatticeGeometry.of(SC, "100", A_NM, 1, 16, 6, 5),
                LatticeGeometry.of(SC, "100", A_NM, 1, 9, 5, 5),
                LatticeGeometry.of(SC, "100", A_NM, 1, 67, 3, 1),
                LatticeGeometry.of(SC, "100", A_NM, 1, 5, 1, 71),
                LatticeGeometry.of(SQUARE, "2d", A_NM, 1, 24, 16, 1),
                LatticeGeometry.of(SQUARE, "2d", A_NM, 1, 67, 5, 1));
    }

    static Stream<LatticeGeometry> flatBoxes() {
        return Stream.of(
                LatticeGeometry.of(SC, "100", A_NM, 1, 5, 1, 4),
                LatticeGeometry.of(SC, "100", A_NM, 1, 1, 3, 4),
                LatticeGeometry.of(SC, "100", A_NM, 1, 1, 1, 6),
                LatticeGeometry.of(SQUARE, "2d", A_NM, 1, 6, 1, 1));
    }

    static Stream<LatticeGeometry> lattices() {
        return Arrays.stream(LatticeKind.values())
                .flatMap(kind -> LatticeGeometry.orientations(kind).stream()
                        .map(o -> LatticeGeometry.of(kind, o, A_NM, ZINC, 7, 5, planar(kind) ? 1 : 4)));
    }

    /** Every lattice and orientation with close to 2³¹ − 1 sites, in boxes of awkward shapes. */
    static Stream<LatticeGeometry> hugeBoxes() {
        return lattices().flatMap(g -> {
            int basis = g.basisSize();
            if (planar(g.kind())) {
                int side = (int) Math.sqrt(Integer.MAX_VALUE / (double) basis);
                return Stream.of(box(g, side, side, 1), box(g, Integer.MAX_VALUE / basis / 5, 5, 1));
            }
            int edge = (int) Math.cbrt(Integer.MAX_VALUE / (double) basis);
            int slab = (int) Math.sqrt(Integer.MAX_VALUE / (double) basis / 3);
            return Stream.of(
                    box(g, edge, edge, edge),
                    box(g, slab, slab, 3),
                    box(g, 5, 7, Integer.MAX_VALUE / basis / 35),
                    box(g, Integer.MAX_VALUE / basis / 21, 7, 3));
        });
    }

    static LatticeGeometry box(LatticeGeometry like, int nx, int ny, int nz) {
        return LatticeGeometry.of(like.kind(), like.orientation(), A_NM, like.axialRatio(), nx, ny, nz);
    }

    static boolean planar(LatticeKind kind) {
        return kind == SQUARE || kind == TRIANGULAR;
    }

    @ParameterizedTest
    @MethodSource("boxes")
    void shouldPlaceDistinctSitesOnTheCrystalInsideTheBoxAtItsDensity(LatticeGeometry g) {
        for (int i = 0; i < g.siteCount(); i++) {
            assertThat(g.xNm(i)).isBetween(0.0, Math.nextDown(g.widthNm()));
            assertThat(g.yNm(i)).isBetween(0.0, Math.nextDown(g.depthNm()));
            assertThat(g.zNm(i)).isBetween(0.0, Math.nextDown(g.heightNm()));
            assertThat(Crystal.hasSiteAt(g, g.xNm(i) / A_NM, g.yNm(i) / A_NM, g.zNm(i) / A_NM))
                    .as("site %d of %s", i, g)
                    .isTrue();
        }
        assertThat(IntStream.range(0, g.siteCount()).mapToObj(i -> List.of(g.xNm(i), g.yNm(i), g.zNm(i))))
                .doesNotHaveDuplicates();
        double volume = g.widthNm() * g.depthNm() * g.heightNm();
        assertThat(g.siteCount() / volume * Math.pow(A_NM, 3)).isCloseTo(Crystal.sitesPerCube(g), within(1e-9));
        assertThat(g.layerSpacingNm()).isCloseTo(A_NM / Crystal.layersPerLatticeConstant(g), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("boxes")
    void shouldRepeatTheCrystalAcrossThePeriodicFaces(LatticeGeometry g) {
        double width = g.widthNm() / A_NM;
        double depth = g.depthNm() / A_NM;
        for (int i = 0; i < g.siteCount(); i++) {
            double x = g.xNm(i) / A_NM;
            double y = g.yNm(i) / A_NM;
            double z = g.zNm(i) / A_NM;
            assertThat(Crystal.hasSiteAt(g, x + width, y, z)).isTrue();
            assertThat(Crystal.hasSiteAt(g, x, y + depth, z)).isTrue();
        }
    }

    /** Atoms per nm³ from density and molar mass: Na 0.968 g cm⁻³, Zn 7.14, Cu 8.96, Li 0.534 (CRC Handbook), 3 ‰ to 1 % apart from X-ray values. */
    @ParameterizedTest
    @CsvSource({
        "BCC, 110, 0.4291, 1, 25.36",
        "HCP, 002, 0.2665, 1.8563, 65.7",
        "HCP, 100, 0.2665, 1.8563, 65.7",
        "FCC, 111, 0.3615, 1, 84.9",
        "BCC, 100, 0.3510, 1, 46.3"
    })
    void shouldHaveTheNumberDensityOfTheMetal(LatticeKind kind, String orientation, double a, double c, double perNm3) {
        LatticeGeometry g = LatticeGeometry.of(kind, orientation, a, c, 4, 4, 4);
        assertThat(g.siteCount() / (g.widthNm() * g.depthNm() * g.heightNm())).isCloseTo(perNm3, within(0.01 * perNm3));
    }

    @ParameterizedTest
    @CsvSource({
        "SC, 100, 1",
        "BCC, 110, 1.414214",
        "BCC, 100, 1",
        "FCC, 111, 2.309401",
        "FCC, 100, 2",
        "FCC, 110, 1.414214",
        "HCP, 002, 1.154701",
        "SQUARE, 2d, 1",
        "TRIANGULAR, 2d, 1.154701"
    })
    void shouldHaveTheAtomsPerAreaOfThePlane(LatticeKind kind, String orientation, double perSquareOfA) {
        LatticeGeometry g = LatticeGeometry.of(kind, orientation, A_NM, ZINC, 7, 5, 1);
        assertThat(g.sitesPerAreaNm2() * A_NM * A_NM).isCloseTo(perSquareOfA, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "SC, 1NN 6 1.0000, 2NN 12 1.4142, ''",
        "BCC, 1NN 8 0.8660, 2NN 6 1.0000, ''",
        "FCC, 1NN 12 0.7071, 2NN 6 1.0000, ''",
        "HCP, 1NN-basal 6 1.0000, 1NN-pyramidal 6 1.0000, 2NN 6 1.4142",
        "SQUARE, 1NN 4 1.0000, 2NN 4 1.4142, ''",
        "TRIANGULAR, 1NN 6 1.0000, 2NN 6 1.7321, ''"
    })
    void shouldHaveTheCoordinationOfTheLattice(LatticeKind kind, String first, String second, String third) {
        List<String> expected =
                Stream.of(first, second, third).filter(s -> !s.isEmpty()).toList();
        for (String orientation : LatticeGeometry.orientations(kind)) {
            LatticeGeometry g = LatticeGeometry.of(kind, orientation, A_NM, IDEAL, 7, 5, 1);
            assertThat(g.shells())
                    .extracting(s -> String.format(Locale.ROOT, "%s %d %.4f", s.name(), s.size(), s.distance()))
                    .isEqualTo(expected);
            assertThat(g.neighborCount())
                    .isEqualTo(g.shells().stream().mapToInt(Shell::size).sum());
        }
    }

    @ParameterizedTest
    @MethodSource("lattices")
    void shouldHaveAllNeighborsOfTheIdealCrystalUpToTheSecondShell(LatticeGeometry lattice) {
        LatticeGeometry g =
                LatticeGeometry.of(lattice.kind(), lattice.orientation(), A_NM, IDEAL, 7, 5, lattice.cellsZ());
        double reach = g.shells().get(g.shells().size() - 1).distance();
        for (int b = 0; b < g.basisSize(); b++) {
            int site = g.site(0, 0, 0, b);
            int from = b;
            double[] position = {g.xNm(site) / A_NM, g.yNm(site) / A_NM, g.zNm(site) / A_NM};
            List<String> slots = IntStream.range(0, g.neighborCount())
                    .mapToObj(k -> rounded(g.displacementNm(from, k), A_NM))
                    .toList();
            assertThat(slots)
                    .containsExactlyInAnyOrderElementsOf(Crystal.displacementsWithin(g, position, reach).stream()
                            .map(d -> rounded(d, 1))
                            .toList());
        }
    }

    @Test
    void shouldKeepTheShellsOfTheIdealCrystalWhereTheAxialRatioIsNot() {
        LatticeGeometry zinc = LatticeGeometry.of(HCP, "002", 0.2665, ZINC, 7, 5, 4);
        assertThat(zinc.shells()).extracting(Shell::name).containsExactly("1NN-basal", "1NN-pyramidal", "2NN");
        assertThat(zinc.shells()).extracting(Shell::size).containsExactly(6, 6, 6);
        assertThat(zinc.shells().get(1).distance()).isCloseTo(Math.sqrt(1.0 / 3 + ZINC * ZINC / 4), within(1e-12));
        assertThat(zinc.shells().get(2).distance()).isCloseTo(Math.sqrt(4.0 / 3 + ZINC * ZINC / 4), within(1e-12));
        for (int k = 0; k < 6; k++) {
            assertThat(zinc.layerStep(0, k)).isZero();
            assertThat(Math.abs(zinc.layerStep(0, 6 + k))).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("lattices")
    void shouldOrderSlotsByShellThenUpwardsAndKeepThemForEveryBasisSiteOfABravaisLattice(LatticeGeometry g) {
        for (int b = 0; b < g.basisSize(); b++) {
            for (int k = 0; k < g.neighborCount(); k++) {
                double[] d = g.displacementNm(b, k);
                Shell shell = g.shells().get(g.shellOf(k));
                assertThat(Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]))
                        .isCloseTo(shell.distance() * A_NM, within(1e-12));
                assertThat(k - g.firstSlot(g.shellOf(k))).isBetween(0, shell.size() - 1);
                if (k > 0 && g.shellOf(k) == g.shellOf(k - 1)) {
                    double[] before = g.displacementNm(b, k - 1);
                    int axis = d[2] != before[2] ? 2 : d[1] != before[1] ? 1 : 0;
                    assertThat(d[axis]).isGreaterThan(before[axis]);
                }
                if (g.kind() != HCP) {
                    assertThat(d).containsExactly(g.displacementNm(0, k), within(1e-12));
                    assertThat(g.reverseSlot(b, k)).isEqualTo(g.reverseSlot(0, k));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource({"boxes", "flatBoxes", "brickedBoxes"})
    void shouldFindTheNeighborsThatAreThere(LatticeGeometry g) {
        int[] all = new int[g.neighborCount()];
        for (int i = 0; i < g.siteCount(); i++) {
            g.neighbors(i, all);
            for (int k = 0; k < all.length; k++) {
                int expected = Crystal.neighbor(g, i, k);
                if (all[k] != expected || g.neighbor(i, k) != expected) {
                    fail("slot %d of site %d of %s: expected %d, neighbor says %d, neighbors %d"
                            .formatted(k, i, g, expected, g.neighbor(i, k), all[k]));
                }
            }
            assertThat(Arrays.stream(all).filter(j -> j >= 0)).doesNotHaveDuplicates();
            assertThat(all).doesNotContain(i);
        }
    }

    @ParameterizedTest
    @MethodSource({"boxes", "flatBoxes", "brickedBoxes"})
    void shouldRankSitesUpwardsByCellWhateverTheirNumbers(LatticeGeometry g) {
        PrimitiveIterator.OfInt sites = g.sites();
        int rank = 0;
        for (int z = 0; z < g.cellsZ(); z++) {
            for (int y = 0; y < g.cellsY(); y++) {
                for (int x = 0; x < g.cellsX(); x++) {
                    for (int b = 0; b < g.basisSize(); b++) {
                        int site = sites.nextInt();
                        assertThat(site).isEqualTo(g.site(x, y, z, b));
                        assertThat(g.rank(site)).isEqualTo(rank);
                        assertThat(g.siteOfRank(rank)).isEqualTo(site);
                        assertThat(g.column(site)).isEqualTo(rank % g.columnCount());
                        assertCoordinatesLeadBackTo(g, site);
                        rank++;
                    }
                }
            }
        }
        assertThat(rank).isEqualTo(g.siteCount());
        assertThat(sites.hasNext()).isFalse();
        assertThatThrownBy(sites::nextInt).isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @MethodSource({"boxes", "flatBoxes", "brickedBoxes"})
    void shouldBoundTheCellsOfAllSitesNumberedUpToOne(LatticeGeometry g) {
        int highest = 0;
        for (int site = 0; site < g.siteCount(); site++) {
            highest = Math.max(highest, g.cellZ(site));
            assertThat(g.highestCellUpTo(site)).isBetween(highest, g.cellsZ() - 1);
        }
        assertThat(g.highestCellUpTo(g.siteCount() - 1)).isEqualTo(g.cellsZ() - 1);
    }

    @ParameterizedTest
    @MethodSource({"boxes", "flatBoxes", "brickedBoxes"})
    void shouldKnowTheSitesOfTheLowestAndHighestLayer(LatticeGeometry g) {
        for (int site = 0; site < g.siteCount(); site++) {
            assertThat(g.isInBottomLayer(site)).isEqualTo(g.layer(site) == 0);
            assertThat(g.isInTopLayer(site)).isEqualTo(g.layer(site) == g.layerCount() - 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SC, 100, 512, 512, 32, 4 × 4 × 4",
        "SC, 100, 64, 64, 31, 8 × 8 × 1",
        "SC, 100, 67, 67, 32, 1 × 1 × 16",
        "BCC, 110, 96, 96, 36, 4 × 2 × 2",
        "FCC, 111, 100, 60, 20, 1 × 3 × 1",
        "SQUARE, 2d, 256, 256, 1, 8 × 8 × 1"
    })
    void shouldNumberSitesInBricksThatFitACacheLine(
            LatticeKind kind, String orientation, int nx, int ny, int nz, String brick) {
        assertThat(LatticeGeometry.of(kind, orientation, A_NM, IDEAL, nx, ny, nz)
                        .siteOrder())
                .isEqualTo("bricks of " + brick + " cells");
    }

    @ParameterizedTest
    @MethodSource({"boxes", "flatBoxes", "brickedBoxes"})
    void shouldLeadBackFromEveryNeighborThroughTheReverseSlot(LatticeGeometry g) {
        for (int i = 0; i < g.siteCount(); i++) {
            int b = g.basis(i);
            for (int k = 0; k < g.neighborCount(); k++) {
                int j = g.neighbor(i, k);
                if (j >= 0) {
                    int back = g.reverseSlot(b, k);
                    assertThat(g.neighbor(j, back)).isEqualTo(i);
                    assertThat(g.reverseSlot(g.basis(j), back)).isEqualTo(k);
                    assertThat(g.shellOf(back)).isEqualTo(g.shellOf(k));
                    assertThat(g.layer(j) - g.layer(i)).isEqualTo(g.layerStep(b, k));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hugeBoxes")
    void shouldNumberAndConnectSitesOfBoxesCloseToTheLargest(LatticeGeometry g) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
        IntStream anywhere =
                IntStream.generate(() -> random.nextInt(g.siteCount())).limit(2000);
        // Where a quotient that is off by one would show: the first and last sites of cells, rows and planes.
        IntStream atFaces = IntStream.generate(() -> g.site(
                        random.nextBoolean() ? 0 : g.cellsX() - 1,
                        random.nextBoolean() ? random.nextInt(g.cellsY()) : g.cellsY() - 1,
                        random.nextBoolean() ? random.nextInt(g.cellsZ()) : g.cellsZ() - 1,
                        random.nextBoolean() ? 0 : g.basisSize() - 1))
                .limit(2000);
        int[] all = new int[g.neighborCount()];
        IntStream.concat(IntStream.concat(anywhere, atFaces), IntStream.of(0, g.siteCount() - 1))
                .forEach(i -> {
                    assertCoordinatesLeadBackTo(g, i);
                    g.neighbors(i, all);
                    for (int k = 0; k < all.length; k++) {
                        if (g.neighbor(i, k) != all[k] || !liesAtItsDisplacement(g, i, k, all[k])) {
                            fail("slot %d of site %d of %s: neighbor says %d, neighbors %d"
                                    .formatted(k, i, g, g.neighbor(i, k), all[k]));
                        }
                    }
                });
    }

    private static void assertCoordinatesLeadBackTo(LatticeGeometry g, int i) {
        boolean inside = 0 <= g.cellX(i)
                && g.cellX(i) < g.cellsX()
                && 0 <= g.cellY(i)
                && g.cellY(i) < g.cellsY()
                && 0 <= g.cellZ(i)
                && g.cellZ(i) < g.cellsZ()
                && 0 <= g.basis(i)
                && g.basis(i) < g.basisSize();
        assertThat(inside).isTrue();
        assertThat(g.site(g.cellX(i), g.cellY(i), g.cellZ(i), g.basis(i))).isEqualTo(i);
        assertThat(g.columnSite(g.column(i), g.cellZ(i))).isEqualTo(i);
        assertThat(g.siteOfRank(g.rank(i))).isEqualTo(i);
    }

    /** Positions reach 10⁹ nm, where a double still resolves 10⁻⁶ nm. */
    private static boolean liesAtItsDisplacement(LatticeGeometry g, int i, int k, int neighbor) {
        double[] d = g.displacementNm(g.basis(i), k);
        double z = g.zNm(i) + d[2];
        if (neighbor < 0) {
            return z < -0.1 * A_NM || z > g.layerHeightNm(g.layerCount() - 1) + 0.1 * A_NM;
        }
        double offX = wholeTurns(g.xNm(neighbor) - g.xNm(i) - d[0], g.widthNm());
        double offY = wholeTurns(g.yNm(neighbor) - g.yNm(i) - d[1], g.depthNm());
        return Math.abs(offX) < 1e-5 && Math.abs(offY) < 1e-5 && Math.abs(g.zNm(neighbor) - z) < 1e-5;
    }

    private static double wholeTurns(double difference, double length) {
        return difference - length * Math.rint(difference / length);
    }

    @Test
    void shouldTakeTheLargestNumberOfSitesThereIs() {
        LatticeGeometry rod = LatticeGeometry.of(SC, "100", A_NM, 1, 1, 1, Integer.MAX_VALUE);
        assertThat(rod.siteCount()).isEqualTo(Integer.MAX_VALUE);
        int top = rod.siteCount() - 1;
        assertThat(rod.cellZ(top)).isEqualTo(top);
        assertThat(IntStream.range(0, rod.neighborCount())
                        .map(k -> rod.neighbor(top, k))
                        .filter(j -> j >= 0))
                .containsExactly(top - 1);
        LatticeGeometry ring = LatticeGeometry.of(SQUARE, "2d", A_NM, 1, Integer.MAX_VALUE, 1, 1);
        assertThat(IntStream.range(0, ring.neighborCount())
                        .map(k -> ring.neighbor(top, k))
                        .filter(j -> j >= 0))
                .containsExactlyInAnyOrder(top - 1, 0);
    }

    @ParameterizedTest
    @MethodSource({"boxes", "flatBoxes"})
    void shouldDivideTheSitesIntoLayersOfOneHeightEach(LatticeGeometry g) {
        int[] sites = new int[g.layerCount()];
        for (int i = 0; i < g.siteCount(); i++) {
            sites[g.layer(i)]++;
            assertThat(g.layerHeightNm(g.layer(i))).isCloseTo(g.zNm(i), within(1e-9));
        }
        assertThat(sites).containsOnly(g.sitesPerLayer());
        assertThat(g.layerHeightNm(0)).isZero();
        for (int layer = 1; layer < g.layerCount(); layer++) {
            assertThat(g.layerHeightNm(layer)).isGreaterThan(g.layerHeightNm(layer - 1) + 0.1 * A_NM);
        }
    }

    @ParameterizedTest
    @MethodSource({"boxes", "flatBoxes"})
    void shouldDivideTheSitesIntoColumnsThatRiseStraight(LatticeGeometry g) {
        BitSet seen = new BitSet();
        for (int column = 0; column < g.columnCount(); column++) {
            int bottom = g.columnSite(column, 0);
            int step = 0;
            double below = -1;
            for (int i = bottom; i >= 0; i = g.columnSite(column, ++step)) {
                assertThat(g.column(i)).isEqualTo(column);
                assertThat(g.xNm(i)).isEqualTo(g.xNm(bottom));
                assertThat(g.yNm(i)).isEqualTo(g.yNm(bottom));
                assertThat(g.zNm(i)).isGreaterThan(below);
                assertThat(seen.get(i)).isFalse();
                below = g.zNm(i);
                seen.set(i);
            }
            assertThat(g.columnSite(column, step + 5)).isEqualTo(-1);
        }
        assertThat(seen.cardinality()).isEqualTo(g.siteCount());
        assertThat(IntStream.range(0, g.columnCount())
                        .map(c -> g.columnSite(c, 0))
                        .mapToObj(i -> List.of(g.xNm(i), g.yNm(i))))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource({"boxes", "flatBoxes"})
    void shouldFindSitesByDisplacement(LatticeGeometry g) {
        for (int i = 0; i < g.siteCount(); i++) {
            for (int k = 0; k < g.neighborCount(); k++) {
                double[] d = g.displacementNm(g.basis(i), k);
                assertThat(g.siteAt(i, d[0] / A_NM, d[1] / A_NM + 0.009, d[2] / A_NM))
                        .isEqualTo(g.neighbor(i, k));
                assertThat(g.siteAt(i, d[0] / A_NM, d[1] / A_NM + 0.011, d[2] / A_NM))
                        .isEqualTo(-2);
            }
            assertThat(g.siteAt(i, 0, 0, 0)).isEqualTo(i);
        }
    }

    @Test
    void shouldFindSitesFarAwayAcrossThePeriodicFaces() {
        LatticeGeometry g = LatticeGeometry.of(BCC, "100", A_NM, 1, 5, 4, 3);
        int from = g.site(1, 2, 1, 0);
        assertThat(g.siteAt(from, 5, -8, 0)).isEqualTo(from);
        assertThat(g.siteAt(from, -12.5, 10.5, -0.5)).isEqualTo(g.site(3, 0, 0, 1));
        assertThat(g.siteAt(from, 0, 0, 1.5)).isEqualTo(-2);
        assertThat(g.siteAt(from, 0, 0, 2)).isEqualTo(-1);
        assertThat(g.siteAt(from, 0, 0, -2)).isEqualTo(-1);
    }

    @Test
    void shouldBeASquareLatticeWhereACubicBoxIsOneCellWide() {
        LatticeGeometry g = LatticeGeometry.of(SC, "100", A_NM, 1, 9, 1, 7);
        int middle = g.site(4, 0, 3, 0);
        int[] neighbors = new int[g.neighborCount()];
        g.neighbors(middle, neighbors);
        assertThat(IntStream.range(0, 6).map(k -> neighbors[k]).filter(j -> j >= 0))
                .containsExactlyInAnyOrder(
                        g.site(3, 0, 3, 0), g.site(5, 0, 3, 0), g.site(4, 0, 2, 0), g.site(4, 0, 4, 0));
        assertThat(IntStream.range(6, 18).map(k -> neighbors[k]).filter(j -> j >= 0))
                .containsExactlyInAnyOrder(
                        g.site(3, 0, 2, 0), g.site(5, 0, 2, 0), g.site(3, 0, 4, 0), g.site(5, 0, 4, 0));
    }

    @Test
    void shouldAlternateSpacingsInHcpLyingOnItsSide() {
        LatticeGeometry g = LatticeGeometry.of(HCP, "100", A_NM, ZINC, 3, 2, 2);
        assertThat(g.layerHeightNm(1) - g.layerHeightNm(0)).isCloseTo(Math.sqrt(3) / 6 * A_NM, within(1e-12));
        assertThat(g.layerHeightNm(2) - g.layerHeightNm(1)).isCloseTo(Math.sqrt(3) / 3 * A_NM, within(1e-12));
        assertThat(g.layerHeightNm(4)).isCloseTo(Math.sqrt(3) * A_NM, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("lattices")
    void shouldAskForNoMoreCellsThanKeepTheNeighborsDistinct(LatticeGeometry g) {
        int[] least = LatticeGeometry.leastCells(g.kind(), g.orientation());
        for (int axis = 0; axis < 2; axis++) {
            int along = axis;
            double edge = axis == 0 ? g.widthNm() / g.cellsX() : g.depthNm() / g.cellsY();
            double tooShort = edge * (least[axis] - 1);
            assertThat(IntStream.range(0, g.basisSize()).anyMatch(b -> pairDiffersBy(g, b, along, tooShort)))
                    .isTrue();
        }
        assertThat(least[2]).isOne();
    }

    /** Whether two neighbours of a basis site, or the site and a neighbour, become one if space repeats after {@code length}. */
    private static boolean pairDiffersBy(LatticeGeometry g, int b, int axis, double length) {
        List<double[]> ends = Stream.concat(
                        Stream.of(new double[3]),
                        IntStream.range(0, g.neighborCount()).mapToObj(k -> g.displacementNm(b, k)))
                .toList();
        double[] shift = new double[3];
        shift[axis] = length;
        return ends.stream()
                .anyMatch(p -> ends.stream()
                        .anyMatch(q -> IntStream.range(0, 3).allMatch(i -> Math.abs(q[i] - p[i] - shift[i]) < 1e-9)));
    }

    @ParameterizedTest
    @MethodSource("lattices")
    void shouldTellTheEdgesOfACell(LatticeGeometry g) {
        assertThat(LatticeGeometry.cellEdges(g.kind(), g.orientation(), ZINC))
                .containsExactly(
                        new double[] {
                            g.widthNm() / g.cellsX() / A_NM,
                            g.depthNm() / g.cellsY() / A_NM,
                            g.heightNm() / g.cellsZ() / A_NM
                        },
                        within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SC         | 100  | 0.3 | 1   | 2 | 5 | 5 | sc(100): 2 cells along x, expected 1 or at least 3",
                "SC         | 100  | 0.3 | 1   | 5 | 0 | 5 | sc(100): 0 cells along y, expected 1 or at least 3",
                "SC         | 100  | 0.3 | 1   | 5 | 5 | 0 | sc(100): 0 cells along z, expected at least 1",
                "BCC        | 110  | 0.3 | 1   | 2 | 5 | 5 | bcc(110): 2 cells along x, expected at least 3",
                "BCC        | 110  | 0.3 | 1   | 5 | 1 | 5 | bcc(110): 1 cells along y, expected at least 2",
                "FCC        | 111  | 0.3 | 1   | 5 | 5 |-3 | fcc(111): -3 cells along z, expected at least 1",
                "HCP        | 002  | 0.3 | 1.6 | 5 | 1 | 5 | hcp(002): 1 cells along y, expected at least 2",
                "SQUARE     | 2d   | 0.3 | 1   | 5 | 5 | 2 | square(2d): 2 cells along z, expected 1",
                "TRIANGULAR | 2d   | 0.3 | 1   | 3 | 5 | 1 | triangular(2d): 3 cells along x, expected at least 4",
                "FCC        | 0001 | 0.3 | 1   | 5 | 5 | 5 | orientation '0001' of fcc: expected one of 111, 100, 110",
                "SC         | 100  | 0   | 1   | 5 | 5 | 5 | sc(100): lattice constant 0.0 nm, expected a positive length",
                "SC         | 100  | NaN | 1   | 5 | 5 | 5 | sc(100): lattice constant NaN nm, expected a positive length",
                "HCP        | 002  | 0.3 | 1   | 5 | 5 | 5 | hcp(002): c/a = 1.0, expected more than 4/3",
                "SC         | 100  | 0.3 | 1   | 32768 | 65536 | 1 | have 2147483648 sites, expected at most 2147483647",
                "FCC | 111 | 0.3 | 1 | 2147483647 | 2147483647 | 2147483647 | sites, expected at most 2147483647"
            })
    void shouldRefuseWithTheLatticeTheValueAndWhatWasExpected(
            LatticeKind kind, String orientation, double a, double c, int nx, int ny, int nz, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatticeGeometry.of(kind, orientation, a, c, nx, ny, nz))
                .withMessageContaining(message);
    }

    @Test
    void shouldEqualGeometriesOfTheSameSitesOnly() {
        LatticeGeometry g = LatticeGeometry.of(BCC, "110", A_NM, 1, 5, 4, 3);
        assertThat(LatticeGeometry.of(BCC, "110", A_NM, 1.6, 5, 4, 3))
                .isEqualTo(g)
                .hasSameHashCodeAs(g)
                .hasToString("bcc(110) 5 × 4 × 3 cells, a = 0.4291 nm");
        assertThat(Stream.of(
                        LatticeGeometry.of(FCC, "110", A_NM, 1, 5, 4, 3),
                        LatticeGeometry.of(BCC, "100", A_NM, 1, 5, 4, 3),
                        LatticeGeometry.of(BCC, "110", 0.43, 1, 5, 4, 3),
                        LatticeGeometry.of(BCC, "110", A_NM, 1, 6, 4, 3),
                        LatticeGeometry.of(BCC, "110", A_NM, 1, 5, 6, 3),
                        LatticeGeometry.of(BCC, "110", A_NM, 1, 5, 4, 6)))
                .doesNotContain(g);
        assertThat(LatticeGeometry.of(HCP, "002", A_NM, IDEAL, 5, 4, 3))
                .isNotEqualTo(LatticeGeometry.of(HCP, "002", A_NM, ZINC, 5, 4, 3));
    }

    @Test
    void shouldOfferTheClosestPackedPlaneFirst() {
        assertThat(LatticeGeometry.orientations(SC)).containsExactly("100");
        assertThat(LatticeGeometry.orientations(BCC)).containsExactly("110", "100");
        assertThat(LatticeGeometry.orientations(FCC)).containsExactly("111", "100", "110");
        assertThat(LatticeGeometry.orientations(HCP)).containsExactly("002", "100", "110");
        assertThat(LatticeGeometry.orientations(SQUARE)).containsExactly("2d");
        assertThat(LatticeGeometry.orientations(TRIANGULAR)).containsExactly("2d");
    }

    private static String rounded(double[] displacement, double unit) {
        return Arrays.stream(displacement)
                .mapToObj(d -> String.valueOf(Math.round(d / unit * 1e6)))
                .toList()
                .toString();
    }

    @Test
    void shouldKnowWhereRowsSettleNeighborsOfNeighbors() {
        assertThat(sameWithinRows(LatticeGeometry.of(SC, "100", 0.4, 1, 16, 16, 16)))
                .isTrue();
        assertThat(sameWithinRows(LatticeGeometry.of(BCC, "110", 0.4, 1, 12, 8, 10)))
                .isTrue();
        // Bricks of one layer.
        assertThat(sameWithinRows(LatticeGeometry.of(SC, "100", 0.4, 1, 16, 16, 31)))
                .isFalse();
    }

    private static boolean sameWithinRows(LatticeGeometry geometry) {
        LatticeGeometry.NeighborRows rows = Objects.requireNonNull(geometry.neighborRows());
        Map<Integer, List<Integer>> known = new HashMap<>();
        boolean same = true;
        for (int site = 0; site < geometry.siteCount(); site++) {
            List<Integer> around = new ArrayList<>();
            for (int k = 0; k < geometry.neighborCount(); k++) {
                int to = geometry.neighbor(site, k);
                for (int n = 0; n < geometry.neighborCount(); n++) {
                    int next = to < 0 ? -1 : geometry.neighbor(to, n);
                    around.add(next < 0 ? Integer.MIN_VALUE : next - site);
                }
            }
            int row = (rows.seams()[site >>> rows.shift()] << rows.shift()) + (site & (1 << rows.shift()) - 1);
            same &= known.computeIfAbsent(row, first -> around).equals(around);
        }
        assertThat(rows.settlePairs()).isEqualTo(same);
        return same;
    }

    @Test
    void shouldHandOverTheTableBehindTheNeighbors() {
        LatticeGeometry geometry = LatticeGeometry.of(BCC, "110", 0.4, 1, 8, 8, 8);
        LatticeGeometry.NeighborRows rows = geometry.neighborRows();
        for (int site = 0; site < geometry.siteCount(); site++) {
            int seams = rows.seams()[site >>> rows.shift()] << rows.shift();
            int row = seams + (site & (1 << rows.shift()) - 1) << rows.rowShift();
            for (int k = 0; k < geometry.neighborCount(); k++) {
                int neighbor = site + rows.deltas()[row + k];
                assertThat(Math.max(neighbor, -1)).isEqualTo(geometry.neighbor(site, k));
            }
        }
        assertThat(LatticeGeometry.of(SC, "100", 0.4, 1, 67, 67, 31).neighborRows())
                .as("bricks too small for a table")
                .isNull();
    }
}
