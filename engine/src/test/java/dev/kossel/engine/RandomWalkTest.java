package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.Event;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One atom that hops to its nearest neighbours, against the exact results for random walks. Bounds are 4.5σ. */
class RandomWalkTest {

    private static final double SIGMAS = 4.5;
    /** Hops to each of the nearest neighbours, s⁻¹. */
    private static final double HOP_RATE = 2.5;

    private static final double LATTICE_CONSTANT_NM = 0.3;
    private static final double IDEAL_AXIAL_RATIO = Math.sqrt(8.0 / 3);

    private static TestModel walker(LatticeGeometry geometry) {
        int nearest = geometry.kind() == LatticeKind.HCP ? 2 : 1;
        return TestModel.on(geometry, 2)
                .hop("hop", 1, nearest, List.of(), (d, e, t, s) -> HOP_RATE)
                .compile();
    }

    /** A box as narrow as may be (the walk is unwrapped) and of so many layers. */
    private static LatticeGeometry column(LatticeKind kind, String orientation, int layers) {
        int[] least = LatticeGeometry.leastCells(kind, orientation);
        LatticeGeometry low =
                LatticeGeometry.of(kind, orientation, LATTICE_CONSTANT_NM, IDEAL_AXIAL_RATIO, least[0], least[1], 1);
        boolean planar = kind == LatticeKind.SQUARE || kind == LatticeKind.TRIANGULAR;
        int cells = planar ? 1 : layers / low.layerCount();
        return LatticeGeometry.of(kind, orientation, LATTICE_CONSTANT_NM, IDEAL_AXIAL_RATIO, least[0], least[1], cells);
    }

    /** An atom that starts half-way up and whose displacement is summed hop by hop. */
    private static final class Walk implements EventListener {
        private final LatticeGeometry geometry;
        private final KineticMonteCarlo kmc;
        private final double[][] hops;
        /** Displacement since the origin was last set, nm. */
        private final double[] displacement = new double[3];

        private int site;

        Walk(TestModel model, RestorableUniformRandomProvider random) {
            geometry = model.geometry();
            Lattice lattice = new Lattice(geometry);
            site = geometry.siteCount() / 2;
            lattice.setSpecies(site, 1);
            kmc = model.start(lattice, random, this);
            hops = new double[geometry.basisSize() * geometry.neighborCount()][];
            for (int entry = 0; entry < hops.length; entry++) {
                hops[entry] =
                        geometry.displacementNm(entry / geometry.neighborCount(), entry % geometry.neighborCount());
            }
        }

        @Override
        public void happened(double timeSeconds, Event event) {
            int to = event.site(1);
            int k = 0;
            while (geometry.neighbor(site, k) != to) {
                k++;
            }
            double[] hop = hops[geometry.basis(site) * geometry.neighborCount() + k];
            for (int axis = 0; axis < 3; axis++) {
                displacement[axis] += hop[axis];
            }
            site = to;
        }

        void setOrigin() {
            Arrays.fill(displacement, 0);
        }

        double distanceNm() {
            return Math.sqrt(displacement[0] * displacement[0]
                    + displacement[1] * displacement[1]
                    + displacement[2] * displacement[2]);
        }

        boolean isNearAnEnd() {
            int layers = geometry.layerCount();
            return layers > 1 && Math.abs(geometry.layer(site) - layers / 2) > layers / 4;
        }
    }

    static Stream<Arguments> lattices() {
        return Arrays.stream(LatticeKind.values())
                .flatMap(kind -> LatticeGeometry.orientations(kind).stream()
                        .map(orientation -> Arguments.of(kind, orientation)));
    }

    @ParameterizedTest
    @MethodSource("lattices")
    void shouldDiffuse(LatticeKind kind, String orientation) {
        TestModel model = walker(column(kind, orientation, 400));
        LatticeGeometry geometry = model.geometry();
        boolean planar = geometry.layerCount() == 1;
        int nearest = geometry.shells().get(0).size()
                + (kind == LatticeKind.HCP ? geometry.shells().get(1).size() : 0);
        double hopLengthNm = geometry.shells().get(0).distance() * LATTICE_CONSTANT_NM;
        double timeSeconds = 12 / (nearest * HOP_RATE);
        RestorableUniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(31L);
        Walk walk = new Walk(model, random);
        int intervals = 8_000;
        double[] squares = new double[3];
        for (int interval = 0; interval < intervals; interval++) {
            if (walk.isNearAnEnd()) {
                walk = new Walk(model, random);
            }
            walk.setOrigin();
            walk.kmc.advance(walk.kmc.timeSeconds() + timeSeconds, Long.MAX_VALUE, Long.MAX_VALUE);
            for (int axis = 0; axis < 3; axis++) {
                squares[axis] += walk.displacement[axis] * walk.displacement[axis] / intervals;
            }
        }
        // ⟨r²⟩ = a² Γ t, the same along all axes. The square of a sum of 12 steps spreads a little more than a
        // Gaussian's √2.
        int dimensions = planar ? 2 : 3;
        double expected = hopLengthNm * hopLengthNm * 12 / dimensions;
        for (int axis = 0; axis < dimensions; axis++) {
            assertThat(squares[axis])
                    .as("axis %d", axis)
                    .isCloseTo(expected, within(expected * SIGMAS * Math.sqrt(2.3 / intervals)));
        }
        double msd = squares[0] + squares[1] + squares[2];
        assertThat(msd)
                .isCloseTo(
                        dimensions * expected,
                        within(dimensions * expected * SIGMAS * Math.sqrt(2.3 / dimensions / intervals)));
    }

    @ParameterizedTest
    @CsvSource({"SC, 100, 0.340537, 1", "BCC, 100, 0.282230, 0.7698004", "FCC, 111, 0.256318, 0.7071068"})
    void shouldReturnToItsOriginAsPolyaFound(LatticeKind kind, String orientation, double expected, double volume) {
        assertReturns(kind, orientation, expected, volume, 300, 4_000);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"SC, 100, 0.340537, 1", "BCC, 110, 0.282230, 0.7698004", "FCC, 100, 0.256318, 0.7071068"})
    void shouldReturnToItsOriginAsPolyaFoundPrecisely(
            LatticeKind kind, String orientation, double expected, double volume) {
        assertReturns(kind, orientation, expected, volume, 2_000, 100_000);
    }

    /** @param volume of a site in units of the cubed hop length */
    private static void assertReturns(
            LatticeKind kind, String orientation, double expected, double volume, int hops, int walks) {
        TestModel model = walker(column(kind, orientation, 100 + 20 * (int) Math.sqrt(hops)));
        RestorableUniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(37L);
        Walk walk = new Walk(model, random);
        int returned = 0;
        for (int n = 0; n < walks; n++) {
            if (walk.isNearAnEnd()) {
                walk = new Walk(model, random);
            }
            walk.setOrigin();
            boolean home = false;
            for (int hop = 0; hop < hops && !home; hop++) {
                walk.kmc.advance(Double.POSITIVE_INFINITY, 1, 1);
                home = walk.distanceNm() < 0.1 * LATTICE_CONSTANT_NM;
            }
            returned += home ? 1 : 0;
        }
        // What would still come home later: (1 − P)² Σ p_n over n > hops, with p_n = v (3/2πn)^(3/2) on average over
        // odd and even n.
        double later =
                (1 - expected) * (1 - expected) * volume * Math.pow(3 / (2 * Math.PI), 1.5) * 2 / Math.sqrt(hops);
        double sigma = Math.sqrt(expected * (1 - expected) / walks);
        assertThat((double) returned / walks).isCloseTo(expected - later, within(SIGMAS * sigma + 0.02 * later));
    }

    @Test
    void shouldRuinTheGambler() {
        int plates = 10;
        int start = 3;
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", LATTICE_CONSTANT_NM, 1, 1, 1, plates + 1);
        TestModel model = walker(geometry);
        RestorableUniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(41L);
        int games = 20_000;
        int won = 0;
        double timeSum = 0;
        double squareSum = 0;
        for (int game = 0; game < games; game++) {
            Lattice lattice = new Lattice(geometry);
            lattice.setSpecies(geometry.site(0, 0, start, 0), 1);
            int[] layer = {start};
            KineticMonteCarlo kmc =
                    model.start(lattice, random, (time, event) -> layer[0] = geometry.layer(event.site(1)));
            while (layer[0] != 0 && layer[0] != plates) {
                kmc.advance(Double.POSITIVE_INFINITY, 1, 1);
            }
            won += layer[0] == plates ? 1 : 0;
            timeSum += kmc.timeSeconds();
            squareSum += kmc.timeSeconds() * kmc.timeSeconds();
        }
        double chance = (double) start / plates;
        assertThat((double) won / games).isCloseTo(chance, within(SIGMAS * Math.sqrt(chance * (1 - chance) / games)));
        double mean = timeSum / games;
        double sigma = Math.sqrt((squareSum / games - mean * mean) / games);
        assertThat(mean).isCloseTo(start * (plates - start) / (2 * HOP_RATE), within(SIGMAS * sigma));
    }
}
