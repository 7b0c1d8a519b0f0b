package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.A;
import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.fill;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static dev.kossel.lattice.morphology.Specimen.pile;
import static dev.kossel.lattice.morphology.Specimen.sc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MassRadiusTest {

    @Test
    void shouldGiveALayerTwoDimensions() {
        LatticeGeometry geometry = sc(96, 96, 8);
        Lattice lattice = flat(geometry, 3);
        MassRadius mass = new MassRadius(Substrate.of(lattice, SOLID), SOLID);
        assertThat(mass.dimension(lattice)).isNaN();
        fill(lattice, METAL, site -> geometry.layer(site) == 3);
        assertThat(mass.dimension(lattice)).isCloseTo(2, within(0.03));
    }

    @Test
    void shouldGiveANeedleOneDimension() {
        LatticeGeometry geometry = sc(64, 64, 200);
        Lattice lattice = flat(geometry, 1);
        MassRadius mass = new MassRadius(Substrate.of(lattice, SOLID), SOLID);
        pile(lattice, 10, 20, 1, 198);
        assertThat(mass.dimension(lattice)).isCloseTo(1, within(0.07));
    }

    @Test
    void shouldGiveWhatFillsSpaceThreeDimensions() {
        LatticeGeometry geometry = sc(48, 48, 160);
        Lattice lattice = flat(geometry, 1);
        MassRadius mass = new MassRadius(Substrate.of(lattice, SOLID), SOLID);
        fill(lattice, METAL, site -> geometry.layer(site) > 0);
        // Near its two faces half of the ball is empty.
        assertThat(mass.dimension(lattice)).isBetween(2.85, 3.0);
    }

    @Test
    void shouldGiveAMengerSpongeItsDimension() {
        LatticeGeometry geometry = sc(81, 81, 81);
        Lattice lattice = new Lattice(geometry);
        MassRadius mass = new MassRadius(Substrate.of(lattice, SOLID), SOLID);
        fill(lattice, METAL, site -> inSponge(geometry.cellX(site), geometry.cellY(site), geometry.cellZ(site)));
        assertThat(mass.dimension(lattice)).isCloseTo(Math.log(20) / Math.log(3), within(0.15));
    }

    private static boolean inSponge(int x, int y, int z) {
        for (int part = 1; part < 81; part *= 3) {
            int middles = (x / part % 3 == 1 ? 1 : 0) + (y / part % 3 == 1 ? 1 : 0) + (z / part % 3 == 1 ? 1 : 0);
            if (middles > 1) {
                return false;
            }
        }
        return true;
    }

    /** What the definition says, pair by pair. */
    private static double plainly(Lattice lattice, int substrateLayers) {
        LatticeGeometry geometry = lattice.geometry();
        int[] deposit = IntStream.range(0, geometry.siteCount())
                .filter(site -> geometry.layer(site) >= substrateLayers && SOLID.contains(lattice.species(site)))
                .toArray();
        int centres = Math.min(MassRadius.CENTRES, deposit.length);
        double coarsest = Math.min(geometry.widthNm(), geometry.depthNm()) / 4 * (1 + 1e-9);
        List<double[]> points = new ArrayList<>();
        for (double r = 2 * NearestShells.distanceNm(geometry); r <= coarsest; r *= Math.sqrt(2)) {
            double within = r * r * 1.002;
            long mass = 0;
            for (int c = 0; c < centres; c++) {
                int centre = deposit[(int) ((c + 0.5) * deposit.length / centres)];
                for (int site : deposit) {
                    double x = nearest(geometry.xNm(site) - geometry.xNm(centre), geometry.widthNm());
                    double y = nearest(geometry.yNm(site) - geometry.yNm(centre), geometry.depthNm());
                    double z = geometry.zNm(site) - geometry.zNm(centre);
                    mass += x * x + y * y + z * z <= within ? 1 : 0;
                }
            }
            points.add(new double[] {Math.log(within) / 2, Math.log(mass)});
        }
        double meanX = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
        double meanY = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
        return points.stream().mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY)).sum()
                / points.stream().mapToDouble(p -> Math.pow(p[0] - meanX, 2)).sum();
    }

    private static double nearest(double difference, double period) {
        return difference - period * Math.rint(difference / period);
    }

    @ParameterizedTest
    @CsvSource({"SC, 100, 17, 19, 80", "BCC, 110, 16, 22, 9", "HCP, 002, 20, 12, 11", "FCC, 111, 22, 13, 8"})
    void shouldCountAsTheDefinitionSays(LatticeKind kind, String orientation, int nx, int ny, int nz) {
        LatticeGeometry geometry = LatticeGeometry.of(kind, orientation, A, Math.sqrt(8.0 / 3), nx, ny, nz);
        Lattice lattice = flat(geometry, 2);
        MassRadius mass = new MassRadius(Substrate.of(lattice, SOLID), SOLID);
        SplittableRandom random = new SplittableRandom(5);
        for (double top : new double[] {0.3, 1.1, 0.1}) {
            fill(
                    lattice,
                    METAL,
                    site -> geometry.layer(site) > 1
                            && random.nextDouble() < top - geometry.zNm(site) / geometry.heightNm());
            assertThat(mass.dimension(lattice)).isCloseTo(plainly(lattice, 2), within(1e-9));
        }
    }

    @Test
    void shouldSayNothingOfASmallBox() {
        Lattice lattice = flat(sc(8, 8, 8), 3);
        assertThat(new MassRadius(Substrate.of(new Lattice(lattice.geometry()), SOLID), SOLID).dimension(lattice))
                .isNaN();
    }
}
