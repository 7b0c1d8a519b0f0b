package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.A;
import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.fill;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static dev.kossel.lattice.morphology.Specimen.sc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MeanCurvatureTest {

    private static MeanCurvature of(Lattice lattice) {
        Surface surface = new Surface(Substrate.of(new Lattice(lattice.geometry()), SOLID), SOLID).measure(lattice);
        return new MeanCurvature(lattice.geometry(), SOLID).measure(lattice, surface);
    }

    private static double fromMiddleNm(LatticeGeometry geometry, int site) {
        return Math.sqrt(Math.pow(geometry.xNm(site) - geometry.widthNm() / 2, 2)
                + Math.pow(geometry.yNm(site) - geometry.depthNm() / 2, 2)
                + Math.pow(geometry.zNm(site) - geometry.heightNm() / 2, 2));
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldFindAFlatFaceFlat(LatticeGeometry geometry) {
        MeanCurvature curvature = of(flat(geometry, geometry.layerCount() / 2));
        assertThat(curvature.meanPerNm()).isCloseTo(0, within(0.01));
        assertThat(curvature.deviationPerNm()).isLessThan(0.1);
    }

    @Test
    void shouldFindAFlatFaceExactlyFlatOnAPrimitiveLattice() {
        MeanCurvature curvature = of(flat(sc(12, 12, 12), 6));
        assertThat(curvature.meanPerNm()).isCloseTo(0, within(1e-12));
        assertThat(curvature.deviationPerNm()).isCloseTo(0, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"SC, 100, 36, 36, 36", "FCC, 100, 32, 32, 32", "HCP, 002, 36, 21, 22"})
    void shouldGiveABallOneOverItsRadius(LatticeKind kind, String orientation, int nx, int ny, int nz) {
        LatticeGeometry geometry = LatticeGeometry.of(kind, orientation, A, Math.sqrt(8.0 / 3), nx, ny, nz);
        double radius = 5;
        Lattice ball = new Lattice(geometry);
        fill(ball, METAL, site -> fromMiddleNm(geometry, site) < radius);
        assertThat(of(ball).meanPerNm()).isCloseTo(1 / radius, within(0.1 / radius));
    }

    /** What the definition says, counted site by site. */
    private static double plainly(Lattice lattice, int site) {
        LatticeGeometry geometry = lattice.geometry();
        double radius = MeanCurvature.RADIUS_SPACINGS * NearestShells.distanceNm(geometry);
        int[] slots = NearestShells.slots(geometry);
        int pairs = 0;
        double shares = 0;
        IntArrayList solids = new IntArrayList(new int[] {site});
        for (int k : slots) {
            int neighbor = geometry.neighbor(site, k);
            if (neighbor >= 0 && SOLID.contains(lattice.species(neighbor))) {
                solids.add(neighbor);
            }
        }
        for (int one : solids) {
            for (int k : slots) {
                int other = geometry.neighbor(one, k);
                boolean above = other < 0 && geometry.layerStep(geometry.basis(one), k) > 0;
                if (above || (other >= 0 && !SOLID.contains(lattice.species(other)))) {
                    shares += above ? 0.5 : (share(lattice, one, radius) + share(lattice, other, radius)) / 2;
                    pairs++;
                }
            }
        }
        return 16.0 / (3 * radius) * (0.5 - shares / pairs);
    }

    private static double share(Lattice lattice, int centre, double radius) {
        LatticeGeometry geometry = lattice.geometry();
        int sites = 0;
        int solid = 0;
        for (int z = -geometry.cellsZ(); z < 2 * geometry.cellsZ(); z++) {
            for (int y = -geometry.cellsY(); y < 2 * geometry.cellsY(); y++) {
                for (int x = -geometry.cellsX(); x < 2 * geometry.cellsX(); x++) {
                    for (int b = 0; b < geometry.basisSize(); b++) {
                        int cellZ = Math.floorMod(z, geometry.cellsZ());
                        int site = geometry.site(
                                Math.floorMod(x, geometry.cellsX()), Math.floorMod(y, geometry.cellsY()), cellZ, b);
                        double dx = geometry.xNm(site)
                                + Math.floorDiv(x, geometry.cellsX()) * geometry.widthNm()
                                - geometry.xNm(centre);
                        double dy = geometry.yNm(site)
                                + Math.floorDiv(y, geometry.cellsY()) * geometry.depthNm()
                                - geometry.yNm(centre);
                        double dz = geometry.zNm(site)
                                + Math.floorDiv(z, geometry.cellsZ()) * geometry.heightNm()
                                - geometry.zNm(centre);
                        if (dx * dx + dy * dy + dz * dz < radius * radius * (1 + 1e-9)) {
                            sites++;
                            solid += z < 0 || (z == cellZ && SOLID.contains(lattice.species(site))) ? 1 : 0;
                        }
                    }
                }
            }
        }
        return (double) solid / sites;
    }

    @ParameterizedTest
    @CsvSource({"SC, 100, 9, 10, 90", "BCC, 110, 8, 7, 12", "HCP, 100, 9, 8, 11", "FCC, 111, 7, 7, 8"})
    void shouldCountAsTheDefinitionSays(LatticeKind kind, String orientation, int nx, int ny, int nz) {
        LatticeGeometry geometry = LatticeGeometry.of(kind, orientation, A, Math.sqrt(8.0 / 3), nx, ny, nz);
        SplittableRandom random = new SplittableRandom(4);
        Lattice rough = new Lattice(geometry);
        // Holes down to the bottom, flakes up to the top.
        fill(rough, METAL, site -> random.nextDouble() < 1.1 - geometry.zNm(site) / geometry.heightNm());
        Surface surface = new Surface(Substrate.of(new Lattice(geometry), SOLID), SOLID).measure(rough);
        MeanCurvature curvature = new MeanCurvature(geometry, SOLID);
        for (int i = 0; i < surface.exposedCount(); i += 1 + surface.exposedCount() / 25) {
            int site = surface.exposedSite(i);
            assertThat(curvature.at(rough, site)).isCloseTo(plainly(rough, site), within(1e-9));
        }
    }

    @Test
    void shouldGiveAPoreTheOppositeOfABall() {
        LatticeGeometry geometry = sc(50, 50, 50);
        double radius = 7;
        Lattice lattice = new Lattice(geometry);
        fill(lattice, METAL, site -> fromMiddleNm(geometry, site) > radius);
        Surface surface = new Surface(Substrate.of(new Lattice(geometry), SOLID), SOLID).measure(lattice);
        // The top of the box is flat, and counts with about as much as it has broken bonds; every second or third site
        // is measured.
        double share = 1 - 50.0 * 50 / surface.brokenBonds();
        MeanCurvature curvature = new MeanCurvature(geometry, SOLID).measure(lattice, surface);
        assertThat(curvature.meanPerNm()).isCloseTo(-share / radius, within(0.2 / radius));
    }

    @Test
    void shouldGiveARidgeHalfOfWhatABallHas() {
        LatticeGeometry geometry = sc(64, 40, 40);
        double radius = 6;
        Lattice lattice = new Lattice(geometry);
        fill(
                lattice,
                METAL,
                site -> Math.hypot(geometry.xNm(site) - 12.8, geometry.zNm(site) - geometry.heightNm() / 2) < radius);
        assertThat(of(lattice).meanPerNm()).isCloseTo(0.5 / radius, within(0.1 * 0.5 / radius));
    }

    @Test
    void shouldGiveADistributionWhoseIntegralIsOne() {
        LatticeGeometry geometry = sc(40, 40, 40);
        Lattice ball = new Lattice(geometry);
        fill(ball, METAL, site -> fromMiddleNm(geometry, site) < 5);
        MeanCurvature curvature = of(ball);
        double bin = curvature.binPerNm(1) - curvature.binPerNm(0);
        double integral = 0;
        double mean = 0;
        for (int i = 0; i < MeanCurvature.BINS; i++) {
            integral += curvature.densityNm(i) * bin;
            mean += curvature.densityNm(i) * bin * curvature.binPerNm(i);
        }
        assertThat(integral).isCloseTo(1, within(1e-12));
        assertThat(mean).isCloseTo(curvature.meanPerNm(), within(bin / 2));
        assertThat(of(new Lattice(geometry)).meanPerNm()).isNaN();
    }
}
