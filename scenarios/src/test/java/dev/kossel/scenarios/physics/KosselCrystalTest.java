package dev.kossel.scenarios.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.KineticMonteCarlo;
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
import dev.kossel.scenarios.physics.OverpotentialFactor.ButlerVolmer;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** The kink sets the equilibrium: a crystal of any shape neither grows nor dissolves at η = 0. */
class KosselCrystalTest {

    private static final double KT = Constants.thermalEnergyEv(298.15);
    private static final double TRANSFER = 0.4;
    private static final int METAL = 1;
    private static final int SUBSTRATE = 2;

    private static final LatticeGeometry GEOMETRY = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 10, 10, 30);
    private static final RateTable TABLE = table();
    private static final ElectrodeKinetics KINETICS = new ElectrodeKinetics(
            List.of(new ButlerVolmer(-TRANSFER / KT), new ButlerVolmer((1 - TRANSFER) / KT)), 1e-17);

    private static RateTable table() {
        // Bonds of 1.3 kT: a rough crystal, which does not wait for nuclei.
        double bond = -1.3 * KT;
        Hamiltonian hamiltonian = Hamiltonian.builder(3, 1, 2)
                .pair(0, METAL, METAL, bond)
                .pair(0, METAL, SUBSTRATE, bond)
                .build();
        double kink = hamiltonian.kinkEnergy(METAL, GEOMETRY);
        BitSet nearest = new BitSet();
        nearest.set(0);
        BitSet solid = new BitSet();
        solid.set(METAL, SUBSTRATE + 1);
        List<NeighborCondition> attached = List.of(new NeighborCondition(nearest, solid, 1, 6));
        return RateTable.compile(
                new ProcessCatalog(
                        List.of(
                                new Species("vacant", Phase.VACANT),
                                new Species("metal", Phase.METAL),
                                new Species("substrate", Phase.INERT)),
                        1,
                        hamiltonian,
                        List.of(
                                new SiteProcess(
                                        "plate",
                                        0,
                                        METAL,
                                        new BitSet(),
                                        attached,
                                        RateLaws.reduction(1, TRANSFER, kink, KT),
                                        1),
                                new SiteProcess(
                                        "strip",
                                        METAL,
                                        0,
                                        new BitSet(),
                                        attached,
                                        RateLaws.oxidation(1, TRANSFER, kink, KT),
                                        2)),
                        3),
                GEOMETRY);
    }

    private static KineticMonteCarlo crystal(double overpotentialVolts, long seed) {
        Lattice lattice = new Lattice(GEOMETRY);
        for (int site = 0; site < GEOMETRY.siteCount(); site++) {
            int layer = GEOMETRY.layer(site);
            lattice.setSpecies(site, layer == 0 ? SUBSTRATE : layer < 15 ? METAL : 0);
        }
        SiteRates rates = SiteRates.of(TABLE, SiteStates.of(TABLE, lattice), RateClassSelector::new);
        double[] factors = new double[3];
        KINETICS.factors(overpotentialVolts, factors);
        rates.refactor(factors);
        return new KineticMonteCarlo(rates, RandomSource.XO_SHI_RO_256_PP.create(seed), new boolean[2], null);
    }

    private static double atoms(KineticMonteCarlo kmc) {
        return kmc.eventCount(0) - kmc.eventCount(1);
    }

    /** Monolayers grown at η and the standard error, over replicas. */
    private static double[] growth(double overpotentialVolts) {
        int replicas = 48;
        double sum = 0;
        double squares = 0;
        for (int replica = 0; replica < replicas; replica++) {
            KineticMonteCarlo kmc = crystal(overpotentialVolts, 100 + replica);
            kmc.advance(10, Long.MAX_VALUE, Long.MAX_VALUE);
            double before = atoms(kmc);
            kmc.advance(60, Long.MAX_VALUE, Long.MAX_VALUE);
            double grown = (atoms(kmc) - before) / GEOMETRY.sitesPerLayer();
            sum += grown;
            squares += grown * grown;
        }
        double mean = sum / replicas;
        return new double[] {mean, Math.sqrt((squares / replicas - mean * mean) / (replicas - 1))};
    }

    @Test
    void shouldStandStillAtTheEquilibriumOfTheKink() {
        double[] growth = growth(0);
        assertThat(growth[0]).isCloseTo(0, within(4.5 * growth[1]));
        // The error of a surface that is 4 mV off would show: see the next test.
        assertThat(growth[1]).isLessThan(0.2);
    }

    @Test
    void shouldGrowBelowAndDissolveAbove() {
        double[] cathodic = growth(-0.004);
        assertThat(cathodic[0]).isGreaterThan(4.5 * cathodic[1]);
        double[] anodic = growth(0.004);
        assertThat(anodic[0]).isLessThan(-4.5 * anodic[1]);
    }

    @Test
    void shouldKnowTheCurrentFromTheStateOfTheSurface() {
        KineticMonteCarlo kmc = crystal(-0.01, 5);
        kmc.advance(10, Long.MAX_VALUE, Long.MAX_VALUE);
        SiteRates rates = kmc.rates();
        double[] electrons = {1, -1};
        double[] perSecond = {0, rates.weightedRate(1, electrons), rates.weightedRate(2, electrons)};
        Hamiltonian hamiltonian = TABLE.catalog().hamiltonian();
        double kink = hamiltonian.kinkEnergy(METAL, GEOMETRY);
        double[] expected = new double[3];
        for (int site = 0; site < GEOMETRY.siteCount(); site++) {
            double bonds = hamiltonian.energyAt(rates.lattice(), site, METAL);
            if (bonds < 0 && rates.lattice().species(site) == 0) {
                expected[1] += Math.exp(-TRANSFER * (bonds - kink) / KT);
            } else if (bonds < 0 && rates.lattice().species(site) == METAL) {
                expected[2] -= Math.exp((1 - TRANSFER) * (bonds - kink) / KT);
            }
        }
        assertThat(perSecond[1]).isCloseTo(expected[1], within(1e-9 * expected[1]));
        assertThat(perSecond[2]).isCloseTo(expected[2], within(-1e-9 * expected[2]));
    }
}
