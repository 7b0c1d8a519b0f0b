package dev.kossel.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a catalogue may not be, and which way of summing rates suits which. */
class RateTableTest {

    private static final LatticeGeometry CUBIC = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 4, 4, 4);
    private static final LatticeGeometry HEXAGONAL = LatticeGeometry.of(LatticeKind.HCP, "002", 0.27, 1.86, 4, 4, 4);
    private static final BitSet ALL = new BitSet();

    private static RateTable compile(
            LatticeGeometry geometry, Hamiltonian hamiltonian, ElementaryProcess... processes) {
        List<Species> species = new ArrayList<>();
        for (int s = 0; s < hamiltonian.speciesCount(); s++) {
            species.add(new Species("species " + s, s == 0 ? Phase.VACANT : Phase.METAL));
        }
        return RateTable.compile(new ProcessCatalog(species, 1, hamiltonian, List.of(processes), 1), geometry);
    }

    private static Hamiltonian bonds(int species, LatticeGeometry geometry, double energyEv) {
        Hamiltonian.Builder builder =
                Hamiltonian.builder(species, 1, geometry.shells().size());
        for (int shell = 0; shell < geometry.shells().size(); shell++) {
            for (int a = 1; a < species; a++) {
                for (int b = 1; b <= a; b++) {
                    // Powers, so that no two neighbourhoods have the same energy.
                    builder.pair(shell, a, b, energyEv * Math.pow(20, -shell - 3 * (a - b)));
                }
            }
        }
        return builder.build();
    }

    private static PairProcess hop(int species, RateLaw law) {
        BitSet nearest = new BitSet();
        nearest.set(0);
        return new PairProcess(
                "hop", species, 0, 0, species, nearest, Directions.ALL, ALL, ALL, List.of(), List.of(), law, 0);
    }

    private static SiteProcess adsorb(String name, double rate) {
        return new SiteProcess(name, 0, 1, ALL, List.of(), (d, e, t, s) -> rate, 0);
    }

    private static PatternProcess pattern(double dx, double dy, double dz) {
        return new PatternProcess(
                "leap",
                List.of(List.of(
                        new PatternProcess.Entry(0, 0, 0, 1, 0, ALL), new PatternProcess.Entry(dx, dy, dz, 0, 1, ALL))),
                List.of(),
                (d, e, t, s) -> 1,
                0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseARateThatIsNone(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compile(CUBIC, bonds(2, CUBIC, 0), adsorb("adsorb", rate)))
                .withMessageContaining("adsorb")
                .withMessageContaining(String.valueOf(rate));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compile(CUBIC, bonds(2, CUBIC, 0), hop(1, (d, e, t, s) -> rate)))
                .withMessageContaining("hop");
    }

    @Test
    void shouldRefuseANameGivenTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compile(CUBIC, bonds(2, CUBIC, 0), adsorb("adsorb", 1), adsorb("adsorb", 2)))
                .withMessageContaining("adsorb");
    }

    @Test
    void shouldRefuseMoreNeighborhoodsThanTablesCanHold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compile(HEXAGONAL, bonds(4, HEXAGONAL, -1), adsorb("adsorb", 1)))
                .withMessageContaining("neighbourhoods");
        // These states can be numbered, but not all their pairs.
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        compile(HEXAGONAL, bonds(3, HEXAGONAL, -1), hop(1, (d, e, t, s) -> 1 / (1 + Math.exp(d)))))
                .withMessageContaining("hop")
                .withMessageContaining("neighbourhoods");
    }

    @Test
    void shouldNotTellNeighborsApartThatNoReactingSpeciesFeels() {
        // Species 2 and 3 take no part and bind to species 1 alike; what they do to each other is nobody's concern.
        int shells = CUBIC.shells().size();
        Hamiltonian.Builder bystanders = Hamiltonian.builder(4, 1, shells)
                .pair(0, 1, 2, -1)
                .pair(0, 1, 3, -1)
                .pair(0, 2, 3, -5);
        Hamiltonian.Builder strangers =
                Hamiltonian.builder(4, 1, shells).pair(0, 1, 2, -1).pair(0, 1, 3, -2);

        assertThat(compile(CUBIC, bystanders.build(), adsorb("adsorb", 1)).stateCount())
                .isEqualTo(4 * 7);
        assertThat(compile(CUBIC, strangers.build(), adsorb("adsorb", 1)).stateCount())
                .isEqualTo(4 * 7 * 7);
    }

    @Test
    void shouldTakeEnergiesThatDifferByRoundingForOne() {
        // In units of 0.1 a second neighbour counts as three first ones, but 0.1 + 0.2 is not 0.3 in binary.
        Hamiltonian hamiltonian = Hamiltonian.builder(2, 1, 2)
                .pair(0, 1, 1, -0.1)
                .pair(1, 1, 1, -0.3)
                .build();
        SiteProcess strip = new SiteProcess("strip", 1, 0, ALL, List.of(), (d, e, t, s) -> Math.exp(e), 0);
        int energies = 6 + 3 * 12 + 1;
        assertThat(compile(CUBIC, hamiltonian, strip).classCount()).isEqualTo(1 + energies);
    }

    @Test
    void shouldRefuseAPatternThatDoesNotFit() {
        assertThat(compile(CUBIC, bonds(2, CUBIC, 0), pattern(1, 0, 1)).processCount())
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compile(CUBIC, bonds(2, CUBIC, 0), pattern(0.5, 0, 0)))
                .withMessageContaining("(0.5, 0.0, 0.0)");
        // Four cells along x lead back to the anchor.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compile(CUBIC, bonds(2, CUBIC, 0), pattern(4, 0, 0)))
                .withMessageContaining("(4.0, 0.0, 0.0)");
    }

    @Test
    void shouldEnumerateWhereBoundsWouldWasteDraws() {
        RateTable fixedByState = compile(CUBIC, bonds(2, CUBIC, -0.1), hop(1, (d, e, t, s) -> Math.exp(e / 0.025)));
        assertThat(fixedByState.looseness()).isEqualTo(1);
        assertThat(SiteRates.of(fixedByState, SiteStates.of(fixedByState, new Lattice(CUBIC)), RateClassSelector::new))
                .isInstanceOf(StateRates.class);
        RateTable spread = compile(CUBIC, bonds(2, CUBIC, -100), hop(1, (d, e, t, s) -> 1 / (1 + Math.exp(d / 0.025))));
        assertThat(spread.looseness()).isGreaterThan(1e3);
        assertThat(SiteRates.of(spread, SiteStates.of(spread, new Lattice(CUBIC)), RateClassSelector::new))
                .isInstanceOf(EnumeratedRates.class);
    }
}
