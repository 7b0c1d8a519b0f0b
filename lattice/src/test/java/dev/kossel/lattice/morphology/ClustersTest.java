package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.DEPOSIT;
import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.fill;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static dev.kossel.lattice.morphology.Specimen.sc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.ints.IntArrayFIFOQueue;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClustersTest {

    @Test
    void shouldLinkByTheShellsGiven() {
        LatticeGeometry geometry = sc(6, 6, 6);
        Lattice lattice = new Lattice(geometry);
        fill(lattice, METAL, site -> (geometry.cellX(site) + geometry.cellY(site) + geometry.cellZ(site)) % 2 == 0);
        assertThat(new Clusters(geometry, 0).measure(lattice, DEPOSIT).count()).isEqualTo(108);
        assertThat(new Clusters(geometry, 1).measure(lattice, DEPOSIT).sizes()).containsExactly(108);
        assertThat(new Clusters(geometry, 0, 1).measure(lattice, SOLID).sizes()).containsExactly(108);
    }

    @Test
    void shouldJoinTheTeethOfACombAtItsBack() {
        LatticeGeometry geometry = sc(8, 1, 6);
        Lattice lattice = new Lattice(geometry);
        fill(lattice, METAL, site -> geometry.cellX(site) % 2 == 0);
        Clusters clusters = Clusters.ofNearestNeighbors(geometry);
        assertThat(clusters.measure(lattice, DEPOSIT).sizes()).containsExactly(6, 6, 6, 6);
        fill(lattice, METAL, site -> geometry.cellZ(site) == 5);
        clusters.measure(lattice, DEPOSIT);
        assertThat(clusters.sizes()).containsExactly(28);
        assertThat(clusters.cluster(geometry.site(1, 0, 0, 0))).isEqualTo(-1);
        assertThat(clusters.size(clusters.cluster(geometry.site(1, 0, 5, 0)))).isEqualTo(28);
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldAgreeWithAFloodFill(LatticeGeometry geometry) {
        UniformRandomProvider rng = RandomSource.XO_SHI_RO_256_PP.create(7);
        int[] nearest = NearestShells.of(geometry);
        Clusters clusters = new Clusters(geometry, nearest);
        for (double fraction : new double[] {0.1, 0.2, 0.3, 0.5}) {
            Lattice lattice = flat(geometry, 1);
            fill(lattice, METAL, site -> rng.nextDouble() < fraction);
            clusters.measure(lattice, SOLID);
            int[] expected = flood(lattice, nearest);
            for (int site = 0; site < expected.length; site++) {
                assertThat(clusters.cluster(site)).isEqualTo(expected[site]);
            }
            assertThat(Arrays.stream(clusters.sizes()).sum()).isEqualTo((int)
                    Arrays.stream(expected).filter(label -> label >= 0).count());
        }
    }

    private static int[] flood(Lattice lattice, int[] shells) {
        LatticeGeometry geometry = lattice.geometry();
        int[] label = new int[geometry.siteCount()];
        Arrays.fill(label, -1);
        int clusters = 0;
        for (int start = 0; start < label.length; start++) {
            if (label[start] >= 0 || !SOLID.contains(lattice.species(start))) {
                continue;
            }
            IntArrayFIFOQueue queue = new IntArrayFIFOQueue();
            queue.enqueue(start);
            label[start] = clusters;
            while (!queue.isEmpty()) {
                int site = queue.dequeueInt();
                for (int k = 0; k < geometry.neighborCount(); k++) {
                    int neighbor = geometry.neighbor(site, k);
                    int shell = geometry.shellOf(k);
                    if (Arrays.stream(shells).anyMatch(s -> s == shell)
                            && neighbor >= 0
                            && label[neighbor] < 0
                            && SOLID.contains(lattice.species(neighbor))) {
                        label[neighbor] = clusters;
                        queue.enqueue(neighbor);
                    }
                }
            }
            clusters++;
        }
        return label;
    }

    @Test
    void shouldRefuseAnUnknownShell() {
        assertThatThrownBy(() -> new Clusters(sc(4, 4, 4), 2)).hasMessageContaining("shell 2");
    }
}
