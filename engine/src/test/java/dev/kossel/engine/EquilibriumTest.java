package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.KineticMonteCarloTest.Method;
import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.RateLaw;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A box small enough to sum over all its configurations: every way to sum rates and every selector must reproduce its
 * Boltzmann averages and the rates of its processes in equilibrium.
 */
class EquilibriumTest {

    private static final double KT = 0.0257;
    /** Chosen to fill about half of the box. */
    private static final double CHEMICAL_POTENTIAL = -0.047;

    private static final RateLaw ADSORB = (d, e, t, s) -> Math.min(1, Math.exp(-(d - CHEMICAL_POTENTIAL) / KT));
    private static final RateLaw DESORB = (d, e, t, s) -> Math.min(1, Math.exp(-(d + CHEMICAL_POTENTIAL) / KT));
    private static final RateLaw HOP = (d, e, t, s) -> 10 * Math.exp((e - (s == 0 ? 0 : 0.03)) / KT);

    private static final LatticeGeometry BOX = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 3, 1, 4);
    private static final Hamiltonian.Builder BONDS =
            Hamiltonian.builder(2, 1, 2).pair(0, 1, 1, -0.02).pair(1, 1, 1, -0.008);
    private static final TestModel MODEL = TestModel.on(BOX, 2)
            .energies(BONDS)
            .site("adsorb", 0, 1, TestModel.touching(0, 0), ADSORB)
            .site("desorb", 1, 0, TestModel.touching(0, 0), DESORB)
            .hop("hop", 1, 1, List.of(), HOP)
            .compile();

    private static final int BATCHES = 50;
    private static final double BATCH_SECONDS = 100;
    /** Student's t for 49 degrees of freedom exceeds this once in 25,000. */
    private static final double SIGMAS = 4.5;

    /** Atoms, energy, atoms in the bottom layer, and the rates of the three processes. */
    private static double[] observe(Lattice lattice) {
        Hamiltonian hamiltonian = MODEL.table().catalog().hamiltonian();
        double[] observed = new double[6];
        for (int site = 0; site < BOX.siteCount(); site++) {
            if (lattice.species(site) == 1) {
                observed[0]++;
                observed[2] += BOX.layer(site) == 0 ? 1 : 0;
            }
        }
        observed[1] = hamiltonian.total(lattice);
        return observed;
    }

    private static void observeRates(Lattice lattice, double[] observed) {
        Hamiltonian hamiltonian = MODEL.table().catalog().hamiltonian();
        for (int i = 0; i < BOX.siteCount(); i++) {
            int species = lattice.species(i);
            boolean open = false;
            for (int k = 0; k < BOX.neighborCount(); k++) {
                int j = BOX.neighbor(i, k);
                if (j >= 0 && BOX.shellOf(k) == 0 && lattice.species(j) == 0) {
                    open = true;
                    if (species == 1) {
                        double initial = hamiltonian.energyAround(lattice, new int[] {i, j}, 2);
                        observed[5] += HOP.rate(0, initial, 0, BOX.layerStep(0, k));
                    }
                }
            }
            if (open) {
                double bonds = hamiltonian.energyAt(lattice, i, 1);
                observed[3] += species == 0 ? ADSORB.rate(bonds, 0, 0, 0) : 0;
                observed[4] += species == 1 ? DESORB.rate(-bonds, 0, 0, 0) : 0;
            }
        }
    }

    private static double[] boltzmannAverages() {
        double[] sums = new double[6];
        double partition = 0;
        Lattice lattice = new Lattice(BOX);
        // The full box is out of reach: its last vacancy would have no vacant neighbour.
        int full = (1 << BOX.siteCount()) - 1;
        for (int configuration = 0; configuration < full; configuration++) {
            for (int site = 0; site < BOX.siteCount(); site++) {
                lattice.setSpecies(site, configuration >> site & 1);
            }
            double[] observed = observe(lattice);
            observeRates(lattice, observed);
            double weight = Math.exp(-(observed[1] - CHEMICAL_POTENTIAL * observed[0]) / KT);
            partition += weight;
            for (int n = 0; n < sums.length; n++) {
                sums[n] += weight * observed[n];
            }
        }
        for (int n = 0; n < sums.length; n++) {
            sums[n] /= partition;
        }
        return sums;
    }

    /** Averages over time between calls of {@link #flush}. */
    private static final class TimeAverages implements EventListener {
        private final Lattice lattice = new Lattice(BOX);
        private double[] present = observe(lattice);
        private double[] sums = new double[6];
        private double last;

        @Override
        public void happened(double timeSeconds, Event event) {
            pass(timeSeconds);
            for (int m = 0; m < event.count(); m++) {
                lattice.setSpecies(event.site(m), event.species(m));
            }
            present = observe(lattice);
            sums[3 + event.process()]++;
        }

        private void pass(double timeSeconds) {
            for (int n = 0; n < 3; n++) {
                sums[n] += present[n] * (timeSeconds - last);
            }
            last = timeSeconds;
        }

        double[] flush(double timeSeconds) {
            pass(timeSeconds);
            double[] averages = sums;
            for (int n = 0; n < averages.length; n++) {
                averages[n] /= BATCH_SECONDS;
            }
            sums = new double[6];
            return averages;
        }
    }

    static Stream<Method> methods() {
        return KineticMonteCarloTest.methods();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldAverageAsBoltzmann(Method method) {
        double[] expected = boltzmannAverages();
        assertThat(expected[0]).isBetween(3.0, 9.0);

        TimeAverages averages = new TimeAverages();
        KineticMonteCarlo kmc = new KineticMonteCarlo(
                method.rates(MODEL, new Lattice(BOX)),
                RandomSource.XO_SHI_RO_256_PP.create(17L),
                new boolean[3],
                averages);
        kmc.advance(BATCH_SECONDS, Long.MAX_VALUE, Long.MAX_VALUE);
        averages.flush(BATCH_SECONDS);
        double[] sums = new double[6];
        double[] squares = new double[6];
        for (int batch = 1; batch <= BATCHES; batch++) {
            double end = (batch + 1) * BATCH_SECONDS;
            kmc.advance(end, Long.MAX_VALUE, Long.MAX_VALUE);
            double[] mean = averages.flush(end);
            for (int n = 0; n < 6; n++) {
                sums[n] += mean[n];
                squares[n] += mean[n] * mean[n];
            }
        }
        for (int n = 0; n < 6; n++) {
            double mean = sums[n] / BATCHES;
            double sigma = Math.sqrt((squares[n] / BATCHES - mean * mean) / (BATCHES - 1));
            assertThat(mean).as("observable %d", n).isCloseTo(expected[n], within(SIGMAS * sigma));
            assertThat(sigma).isLessThan(0.04 * Math.abs(expected[n]));
        }
    }
}
