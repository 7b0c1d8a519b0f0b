package dev.kossel.scenarios.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.EventListener;
import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.NeighborCondition;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.engine.process.RateLaw;
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
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exchange with a reservoir, hops and a reversible pattern, each in the same box under every rate law: whatever the
 * kinetics, the occupation of the sites is that of Boltzmann, found by summing over all configurations.
 */
class DetailedBalanceTest {

    private static final double KT = Constants.thermalEnergyEv(298.15);
    private static final LatticeGeometry BOX = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 3, 1, 3);
    private static final int SITES = BOX.siteCount();
    private static final Hamiltonian HAMILTONIAN = Hamiltonian.builder(2, 2, 2)
            .site(1, 0, -0.01)
            .site(1, 1, -0.03)
            .pair(0, 1, 1, -0.02)
            .pair(1, 1, 1, 0.01)
            .build();

    private static final int BATCHES = 40;
    private static final int BATCH_DRAWS = 1_200;

    /** @param potential what an atom costs in the reservoir: adsorption and desorption balance at ΔE = potential */
    record Kinetics(
            String name, RateLaw adsorption, RateLaw desorption, double potential, RateLaw hop, double[] factors) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kinetics> kinetics() {
        double[] plain = {1, 1, 1};
        double[] activation = {0.02, 0.04};
        RateLaw arrhenius = RateLaws.arrhenius(2, activation, KT);
        RateLaw bonds = RateLaws.bondCounting(2, 0, 0.03, KT);
        RateLaw bep = RateLaws.brønstedEvansPolanyi(2, 0.02, 0.5, 0.01, KT);
        RateLaw skewed = RateLaws.brønstedEvansPolanyi(2, 0.02, 0.8, 0.01, KT);
        RateLaw metropolis = RateLaws.metropolis(1, KT);
        RateLaw kawasaki = RateLaws.kawasaki(2, KT);
        double kink = HAMILTONIAN.kinkEnergy(1, BOX);
        double overpotential = 0.006;
        double electrons = 2;
        double[] driven = {
            1, Math.exp(-0.3 * electrons * overpotential / KT), Math.exp(0.7 * electrons * overpotential / KT)
        };
        return Stream.of(
                new Kinetics("arrhenius", arrhenius, RateLaws.reversed(arrhenius, KT), 0, bonds, plain),
                new Kinetics("bond counting", bonds, RateLaws.reversed(bonds, KT), 0, bonds, plain),
                new Kinetics("bep", skewed, RateLaws.reversed(skewed, KT), 0, bep, plain),
                new Kinetics("metropolis", metropolis, metropolis, 0, metropolis, plain),
                new Kinetics("kawasaki", kawasaki, RateLaws.reversed(kawasaki, KT), 0, kawasaki, plain),
                new Kinetics(
                        "constant", RateLaws.constant(1), RateLaws.reversed(RateLaws.constant(1), KT), 0, bep, plain),
                new Kinetics(
                        "charge transfer",
                        RateLaws.reduction(1, 0.3, kink, KT),
                        RateLaws.oxidation(1, 0.3, kink, KT),
                        kink - electrons * overpotential,
                        bonds,
                        driven));
    }

    private static RateTable compile(Kinetics kinetics) {
        BitSet all = new BitSet();
        BitSet one = new BitSet();
        one.set(1);
        BitSet nearest = new BitSet();
        nearest.set(0);
        List<NeighborCondition> attached = List.of(new NeighborCondition(nearest, one, 1, 6));
        List<PatternProcess.Entry> leap =
                List.of(new PatternProcess.Entry(0, 0, 0, 1, 0, all), new PatternProcess.Entry(1, 0, 1, 0, 1, all));
        List<PatternProcess.Entry> back =
                List.of(new PatternProcess.Entry(0, 0, 0, 0, 1, all), new PatternProcess.Entry(1, 0, 1, 1, 0, all));
        RateLaw leapLaw = RateLaws.scaled(RateLaws.kawasaki(1, KT), 0.5);
        List<ElementaryProcess> processes = List.of(
                new SiteProcess("adsorb", 0, 1, all, List.of(), kinetics.adsorption, 1),
                new SiteProcess("desorb", 1, 0, all, List.of(), kinetics.desorption, 2),
                new PairProcess(
                        "hop", 1, 0, 0, 1, nearest, Directions.ALL, all, all, List.of(), List.of(), kinetics.hop, 0),
                new PatternProcess("leap", List.of(leap), attached, leapLaw, 0),
                new PatternProcess("leap-reverse", List.of(back), attached, RateLaws.reversed(leapLaw, KT), 0));
        return RateTable.compile(
                new ProcessCatalog(
                        List.of(new Species("vacant", Phase.VACANT), new Species("metal", Phase.METAL)),
                        2,
                        HAMILTONIAN,
                        processes,
                        3),
                BOX);
    }

    private static Lattice lattice(int configuration) {
        Lattice lattice = new Lattice(BOX).withSiteTypes();
        for (int site = 0; site < SITES; site++) {
            lattice.setSpecies(site, configuration >> site & 1);
            lattice.setSiteType(site, site % 2);
        }
        return lattice;
    }

    /** How often each site is occupied, and how often each is together with the one before it. */
    private static double[] boltzmannOccupation(double potential) {
        double[] occupied = new double[2 * SITES];
        double partition = 0;
        for (int configuration = 0; configuration < 1 << SITES; configuration++) {
            double energy = HAMILTONIAN.total(lattice(configuration)) - potential * Integer.bitCount(configuration);
            double weight = Math.exp(-energy / KT);
            partition += weight;
            addOccupation(occupied, configuration, weight);
        }
        for (int n = 0; n < occupied.length; n++) {
            occupied[n] /= partition;
        }
        return occupied;
    }

    private static void addOccupation(double[] occupied, int configuration, double weight) {
        for (int site = 0; site < SITES; site++) {
            if ((configuration >> site & 1) == 1) {
                occupied[site] += weight;
                occupied[SITES + site] += (configuration >> (site + 1) % SITES & 1) * weight;
            }
        }
    }

    /** Time spent in each configuration. */
    private static final class Residence implements EventListener {
        private final double[] seconds = new double[1 << SITES];
        private int configuration;
        private double last;

        @Override
        public void happened(double timeSeconds, Event event) {
            seconds[configuration] += timeSeconds - last;
            last = timeSeconds;
            for (int m = 0; m < event.count(); m++) {
                configuration = configuration & ~(1 << event.site(m)) | event.species(m) << event.site(m);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinetics")
    void shouldOccupySitesAsBoltzmann(Kinetics kinetics) {
        double[] expected = boltzmannOccupation(kinetics.potential);
        RateTable table = compile(kinetics);
        SiteRates rates = SiteRates.of(table, SiteStates.of(table, lattice(0)), RateClassSelector::new);
        rates.refactor(kinetics.factors);
        Residence residence = new Residence();
        KineticMonteCarlo kmc =
                new KineticMonteCarlo(rates, RandomSource.XO_SHI_RO_256_PP.create(23L), new boolean[5], residence);
        double[][] batches = new double[BATCHES][2 * SITES];
        double[] times = new double[BATCHES];
        double[] before = new double[1 << SITES];
        for (int batch = 0; batch < BATCHES; batch++) {
            kmc.advance(Double.POSITIVE_INFINITY, BATCH_DRAWS, Long.MAX_VALUE);
            for (int c = 0; c < before.length; c++) {
                double spent = residence.seconds[c] - before[c];
                before[c] = residence.seconds[c];
                times[batch] += spent;
                addOccupation(batches[batch], c, spent);
            }
        }
        for (int process = 0; process < 5; process++) {
            assertThat(kmc.eventCount(process)).isGreaterThan(500);
        }
        for (int n = 0; n < 2 * SITES; n++) {
            assertRatio(batches, times, n, expected[n]);
        }
    }

    /**
     * Ratio estimate over batches; its error from the batches' residuals. Student's t for 39 degrees of freedom, t >
     * 4.8 once in 40,000.
     */
    private static void assertRatio(double[][] batches, double[] times, int n, double expected) {
        double sum = 0;
        double time = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            sum += batches[batch][n];
            time += times[batch];
        }
        double mean = sum / time;
        double squares = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            double residual = batches[batch][n] - mean * times[batch];
            squares += residual * residual;
        }
        double sigma = Math.sqrt(squares * BATCHES / (BATCHES - 1)) / time;
        assertThat(mean).as("observable %d", n).isCloseTo(expected, within(4.8 * sigma));
        assertThat(sigma).isLessThan(0.025);
    }
}
