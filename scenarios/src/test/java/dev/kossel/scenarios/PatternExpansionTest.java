package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.lattice.LatticeGeometry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which forms of a pattern there are about each kind of site. */
class PatternExpansionTest {

    /** A hop along one offset, in a lattice of the ideal axial ratio. */
    private static PatternProcess hop(String lattice, String orientation, String symmetry, double... at) {
        Model model = Electrodes.model("""
                kossel: 1
                title: A pattern
                seed: 1
                lattice: {type: %s, orientation: '%s', constant: 0.3 nm, size: [8, 8, 6]}
                species: {vacant: {phase: vacant}, M: {phase: metal}}
                initial: [{type: layers, species: M, count: 2}]
                processes:
                  hop:
                    pattern:
                      - {at: [0, 0, 0], reaction: M -> vacant}
                      - {at: [%s, %s, %s], reaction: vacant -> M}
                    symmetry: [%s]
                    law: {type: kawasaki, prefactor: 1 /s}
                protocol: {steps: [{type: rest, until: {time: 1 s}}]}
                """.formatted(lattice, orientation, at[0], at[1], at[2], symmetry));
        return (PatternProcess) model.catalog().processes().get(0);
    }

    /** The neighbours that forms lead to from a site of a kind. */
    private static Set<Integer> reached(PatternProcess process, LatticeGeometry geometry, int basis) {
        int anchor = geometry.site(4, 4, 3, basis);
        Set<Integer> sites = new HashSet<>();
        for (List<PatternProcess.Entry> variant : process.variants()) {
            PatternProcess.Entry entry = variant.get(1);
            int at = geometry.siteAt(anchor, entry.dx(), entry.dy(), entry.dz());
            if (at >= 0) {
                sites.add(at);
            }
        }
        return sites;
    }

    private static LatticeGeometry geometry(String lattice, String orientation) {
        return LatticeGeometry.of(
                dev.kossel.lattice.LatticeKind.valueOf(lattice.toUpperCase(java.util.Locale.ROOT)),
                orientation,
                0.3,
                Math.sqrt(8.0 / 3),
                8,
                8,
                6);
    }

    /** The offset is that of an atom of one of the two kinds; the other kind has it turned by 60°. */
    @Test
    void shouldReachAllPyramidalNeighborsFromBothKindsOfSitesOfHcp() {
        LatticeGeometry geometry = geometry("hcp", "002");
        PatternProcess process = hop("hcp", "002", "all", 0, -1 / Math.sqrt(3), Math.sqrt(2.0 / 3));
        for (int basis = 0; basis < geometry.basisSize(); basis++) {
            Set<Integer> expected = new HashSet<>();
            for (int k = geometry.firstSlot(1); k < geometry.firstSlot(2); k++) {
                expected.add(geometry.neighbor(geometry.site(4, 4, 3, basis), k));
            }
            assertThat(reached(process, geometry, basis)).as("basis %s", basis).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rotations-z", "all"})
    void shouldReachAllBasalNeighborsOfHcp(String symmetry) {
        LatticeGeometry geometry = geometry("hcp", "002");
        PatternProcess process = hop("hcp", "002", symmetry, 1, 0, 0);
        for (int basis = 0; basis < geometry.basisSize(); basis++) {
            assertThat(reached(process, geometry, basis)).hasSize(6);
        }
    }

    @ParameterizedTest
    @CsvSource({"sc, 100, 6", "fcc, 100, 6", "bcc, 100, 6"})
    void shouldLeaveCubicLatticesAsTheyWere(String lattice, String orientation, int expected) {
        assertThat(hop(lattice, orientation, "all", 1, 0, 0).variants()).hasSize(expected);
        assertThat(hop(lattice, orientation, "rotations-z", 1, 0, 0).variants()).hasSize(4);
    }
}
