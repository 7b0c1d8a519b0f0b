package dev.kossel.lattice.morphology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.lattice.LatticeGeometry;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StacksTest {

    /** Those of a layer, by stack. */
    private static int[] sites(Stacks stacks, int layer) {
        int[] sites = new int[stacks.count()];
        int[] row = stacks.row();
        for (int first = 0; first < sites.length; first += row.length) {
            stacks.sites(layer, first, row);
            System.arraycopy(row, 0, sites, first, row.length);
        }
        return sites;
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldHaveOneSiteOfEveryLayerInEveryStack(LatticeGeometry geometry) {
        Stacks stacks = new Stacks(geometry);
        boolean[] seen = new boolean[geometry.siteCount()];
        for (int layer = 0; layer < geometry.layerCount(); layer++) {
            int[] sites = sites(stacks, layer);
            for (int stack = 0; stack < sites.length; stack++) {
                int site = sites[stack];
                assertThat(seen[site]).isFalse();
                seen[site] = true;
                assertThat(geometry.layer(site)).isEqualTo(layer);
                assertThat(stacks.site(layer, stack)).isEqualTo(site);
                assertThat(stacks.stack(site)).isEqualTo(stack);
            }
        }
        assertThat(seen).containsOnly(true);
    }

    /** Numbers of sites go by bricks, of which a small box is one. */
    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldNameTheSitesOfALayerInABoxOfManyBricks(LatticeGeometry small) {
        LatticeGeometry geometry = LatticeGeometry.of(
                small.kind(), small.orientation(), small.latticeConstantNm(), small.axialRatio(), 12, 20, 6);
        Stacks stacks = new Stacks(geometry);
        for (int layer = 0; layer < geometry.layerCount(); layer++) {
            int at = layer;
            assertThat(sites(stacks, layer))
                    .isEqualTo(IntStream.range(0, stacks.count())
                            .map(stack -> stacks.site(at, stack))
                            .toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldStandUpright(LatticeGeometry geometry) {
        Stacks stacks = new Stacks(geometry);
        for (int stack = 0; stack < stacks.count(); stack++) {
            int bottom = stacks.site(0, stack);
            for (int layer = 1; layer < geometry.layerCount(); layer++) {
                int site = stacks.site(layer, stack);
                double dx = periodic(geometry.xNm(site) - geometry.xNm(bottom), geometry.widthNm());
                double dy = periodic(geometry.yNm(site) - geometry.yNm(bottom), geometry.depthNm());
                assertThat(Math.hypot(dx, dy)).isLessThan(geometry.latticeConstantNm());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldFindTheStackAtAPlace(LatticeGeometry geometry) {
        Stacks stacks = new Stacks(geometry);
        int[] lowest = sites(stacks, 0);
        assertThat(Arrays.stream(lowest)
                        .map(site -> stacks.nearest(geometry.xNm(site) + 0.01, geometry.yNm(site) + 0.01))
                        .map(stack -> lowest[stack])
                        .toArray())
                .isEqualTo(lowest);
    }

    private static double periodic(double difference, double period) {
        return difference - period * Math.rint(difference / period);
    }
}
