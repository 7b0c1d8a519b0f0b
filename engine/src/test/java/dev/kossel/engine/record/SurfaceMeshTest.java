package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SurfaceMeshTest {

    private static final SpeciesSet SOLID = SpeciesSet.of(1);

    static Stream<LatticeGeometry> geometries() {
        return Stream.of(LatticeKind.values())
                .flatMap(kind -> LatticeGeometry.orientations(kind).stream()
                        .map(orientation -> LatticeGeometry.of(
                                kind, orientation, 0.3, 1.856, 5, 5, orientation.equals("2d") ? 1 : 4)));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void shouldEncloseTheSolidWithoutAGap(LatticeGeometry geometry) {
        Lattice lattice = new Lattice(geometry);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(11L);
        int solid = 0;
        for (int site = 0; site < geometry.siteCount(); site++) {
            int species = random.nextInt(2);
            lattice.setSpecies(site, species);
            solid += species;
        }
        SurfaceMesh mesh = SurfaceMesh.of(lattice, SOLID);
        // Each directed edge has its opposite equally often: no hole, and all triangles face outwards together.
        Object2IntOpenHashMap<List<Float>> edges = new Object2IntOpenHashMap<>();
        double volume = 0;
        for (int t = 0; t < mesh.triangleCount(); t++) {
            double[][] p = new double[3][3];
            for (int c = 0; c < 3; c++) {
                for (int axis = 0; axis < 3; axis++) {
                    p[c][axis] = mesh.corner(t, c, axis);
                }
                int next = (c + 1) % 3;
                List<Float> from = List.of(mesh.corner(t, c, 0), mesh.corner(t, c, 1), mesh.corner(t, c, 2));
                List<Float> to = List.of(mesh.corner(t, next, 0), mesh.corner(t, next, 1), mesh.corner(t, next, 2));
                edges.addTo(join(from, to), 1);
                edges.addTo(join(to, from), -1);
            }
            volume += (p[0][0] * (p[1][1] * p[2][2] - p[1][2] * p[2][1])
                            - p[0][1] * (p[1][0] * p[2][2] - p[1][2] * p[2][0])
                            + p[0][2] * (p[1][0] * p[2][1] - p[1][1] * p[2][0]))
                    / 6;
        }
        assertThat(edges.values()).allMatch(count -> count == 0);
        double cell = geometry.widthNm() * geometry.depthNm() * geometry.heightNm() / geometry.siteCount();
        if (geometry.kind() == LatticeKind.SQUARE || geometry.kind() == LatticeKind.TRIANGULAR) {
            cell = geometry.widthNm() * geometry.depthNm() * geometry.latticeConstantNm() / geometry.siteCount();
        }
        assertThat(volume).isCloseTo(solid * cell, within(1e-3 * solid * cell));
    }

    private static List<Float> join(List<Float> from, List<Float> to) {
        return Stream.concat(from.stream(), to.stream()).toList();
    }

    @ParameterizedTest
    @CsvSource({"SC,100,6", "BCC,100,14", "BCC,110,14", "FCC,111,12", "HCP,002,12", "SQUARE,2d,6", "TRIANGULAR,2d,8"})
    void shouldGiveASiteTheFacesOfItsWignerSeitzCell(LatticeKind kind, String orientation, int faces) {
        LatticeGeometry geometry =
                LatticeGeometry.of(kind, orientation, 0.3, Math.sqrt(8.0 / 3), 4, 4, orientation.equals("2d") ? 1 : 4);
        for (int basis = 0; basis < geometry.basisSize(); basis++) {
            assertThat(SurfaceMesh.cell(geometry, basis)).hasSize(faces);
        }
    }

    @Test
    void shouldHaveNoTriangleWithoutASolid() {
        Lattice empty = new Lattice(LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 4, 4, 4));
        assertThat(SurfaceMesh.of(empty, SOLID).triangleCount()).isZero();
    }
}
