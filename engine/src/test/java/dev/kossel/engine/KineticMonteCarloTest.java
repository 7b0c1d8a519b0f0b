package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.NeighborCondition;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.engine.process.RateTable;
import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.process.Species;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class KineticMonteCarloTest {

    private static final double KT = 0.0257;

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int b : set) {
            bits.set(b);
        }
        return bits;
    }

    @Test
    void shouldKeepClassesTrueToTheLattice() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.BCC, "100", 0.4291, 1, 24, 20, 12);
        Hamiltonian hamiltonian = Hamiltonian.builder(2, 1, 2)
                .pair(0, 1, 1, -0.18)
                .pair(1, 1, 1, -0.12)
                .build();
        NeighborCondition touching = new NeighborCondition(bits(0), bits(1), 1, 8);
        List<ElementaryProcess> processes = List.of(
                new SiteProcess(
                        "deposit", 0, 1, bits(), List.of(touching), (d, e, t, s) -> 0.1 * Math.exp(-0.5 * d / KT), 0),
                new SiteProcess(
                        "strip", 1, 0, bits(), List.of(touching), (d, e, t, s) -> 3e-2 * Math.exp(-0.2 * d / KT), 0),
                new PairProcess(
                        "hop",
                        1,
                        0,
                        0,
                        1,
                        bits(0),
                        Directions.ALL,
                        bits(),
                        bits(),
                        List.of(),
                        List.of(touching),
                        (d, e, t, s) -> 1e10 * Math.exp((e - (s == 0 ? 0 : 0.05)) / KT),
                        0));
        RateTable table = RateTable.compile(
                new ProcessCatalog(
                        List.of(new Species("vacant", Phase.VACANT), new Species("Na", Phase.METAL)),
                        1,
                        hamiltonian,
                        processes,
                        1),
                geometry);
        Lattice initial = new Lattice(geometry);
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (geometry.layer(site) < 4) {
                initial.setSpecies(site, 1);
            }
        }
        SiteStates states = SiteStates.of(table, initial);
        SiteRates rates = SiteRates.of(table, states, RateClassSelector::new);
        RestorableUniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7L);
        KineticMonteCarlo kmc = new KineticMonteCarlo(rates, random, new boolean[3], null);
        for (int i = 0; i < 5; i++) {
            long t0 = System.nanoTime();
            long e0 = kmc.events();
            kmc.advance(Double.POSITIVE_INFINITY, 2_000_000, Long.MAX_VALUE / 2);
        }
        SiteStates fresh = SiteStates.of(table, Lattice.copyOf(states));
        for (int site = 0; site < geometry.siteCount(); site++) {
            assertThat(states.state(site)).isEqualTo(fresh.state(site));
        }
        SiteRates freshRates = SiteRates.of(table, fresh, RateClassSelector::new);
        for (int c = 1; c < table.classCount(); c++) {
            assertThat(rates.selector().count(c))
                    .isEqualTo(freshRates.selector().count(c));
        }
        assertThat(rates.selector().totalRate())
                .isCloseTo(
                        freshRates.selector().totalRate(),
                        within(1e-9 * freshRates.selector().totalRate()));
    }
}
