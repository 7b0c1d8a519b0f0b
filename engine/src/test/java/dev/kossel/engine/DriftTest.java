package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.field.Cells;
import dev.kossel.engine.process.Drift;
import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.ElementaryProcess.TopProcess;
import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.LocalRates;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.engine.process.RateLaw;
import dev.kossel.engine.process.RateTable;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.process.Species;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lattice gas (species 1 in the vacancy 0) that a potential drives; energies in kT. */
class DriftTest {

    private static final double LOAD = 2;

    private final List<ElementaryProcess> processes = new ArrayList<>();

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }

    /** One hop a second in each direction where nothing drives it. */
    private void addHop(RateLaw law) {
        processes.add(new PairProcess(
                "hop", 1, 0, 0, 1, bits(0), Directions.ALL, bits(), bits(), List.of(), List.of(), law, 1));
    }

    private static LatticeGeometry sc(int x, int y, int z) {
        return LatticeGeometry.of(LatticeKind.SC, "100", 1, Double.NaN, x, y, z);
    }

    private LocalRates rates(Lattice initial, Hamiltonian.Builder energies, int siteTypes, double[] potential) {
        List<Species> species = List.of(new Species("vacant", Phase.VACANT), new Species("ion", Phase.ION));
        ProcessCatalog catalog = new ProcessCatalog(species, siteTypes, energies.build(), processes, 2);
        RateTable table = RateTable.compile(catalog, initial.geometry());
        boolean[] driven = new boolean[processes.size()];
        driven[0] = true;
        int sites = initial.geometry().siteCount();
        Drift drift = new Drift(new double[] {0, LOAD}, 1, driven, sites);
        System.arraycopy(potential, 0, drift.potential(), 0, sites);
        LocalRates rates = new LocalRates(
                table,
                SiteStates.of(table, initial),
                RateClassSelector::new,
                Cells.ofSites(initial.geometry()),
                new boolean[] {false, true},
                drift);
        double[][] values = new double[2][sites];
        drift.bounds(table, values);
        rates.localise(values);
        return rates;
    }

    private static RestorableUniformRandomProvider random(long seed) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    /**
     * The asymmetric exclusion process between two reservoirs of the same density ρ: sites stay independent of one another, so the current through a site of a layer is
     * exactly (p − q) ρ (1 − ρ), p and q being the rates up and down (Derrida et al. 1993, doi 10.1088/0305-4470/26/7/011). At low density this is the mobility D · load/kT.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.3, 0.5, 0.9})
    void shouldDriftWithTheMobilityThatCrowdingLeaves(double density) {
        int layers = 6;
        double perLayer = 0.2;
        double up = Math.exp(LOAD * perLayer / 2);
        double down = Math.exp(-LOAD * perLayer / 2);
        LatticeGeometry geometry = sc(6, 6, layers);
        addHop((change, initial, type, step) -> 1);
        addEnd("in below", 0, 1, 1, density * up);
        addEnd("out below", 1, 0, 1, (1 - density) * down);
        addEnd("in above", 0, 1, 2, density * down);
        addEnd("out above", 1, 0, 2, (1 - density) * up);
        Lattice initial = new Lattice(geometry).withSiteTypes();
        UniformRandomProvider lot = random(3);
        double[] potential = new double[geometry.siteCount()];
        for (int site = 0; site < potential.length; site++) {
            int layer = geometry.layer(site);
            initial.setSpecies(site, lot.nextDouble() < density ? 1 : 0);
            initial.setSiteType(site, layer == 0 ? 1 : layer == layers - 1 ? 2 : 0);
            potential[site] = -perLayer * layer;
        }
        LocalRates rates =
                rates(initial, Hamiltonian.builder(2, 3, geometry.shells().size()), 3, potential);
        KineticMonteCarlo kmc = new KineticMonteCarlo(rates, random(8), new boolean[5], null);
        int batches = 40;
        double seconds = 60 / Math.sqrt(density * (1 - density));
        double mean = 0;
        double squares = 0;
        for (int batch = 0; batch < batches; batch++) {
            long before = kmc.eventCount(1) - kmc.eventCount(2) + kmc.eventCount(4) - kmc.eventCount(3);
            kmc.advance(kmc.timeSeconds() + seconds, Long.MAX_VALUE, 1);
            long after = kmc.eventCount(1) - kmc.eventCount(2) + kmc.eventCount(4) - kmc.eventCount(3);
            double current = (after - before) / (2 * seconds * geometry.sitesPerLayer());
            mean += current / batches;
            squares += current * current / batches;
        }
        double error = Math.sqrt((squares - mean * mean) / (batches - 1));
        double expected = (up - down) * density * (1 - density);
        assertThat(error).isLessThan(0.03 * expected);
        assertThat(mean).isCloseTo(expected, within(4.5 * error));
        // The hops that a bound refuses are the price: few.
        assertThat(kmc.nullEvents()).isLessThan(20 * kmc.events());
    }

    private void addEnd(String name, int before, int after, int type, double rate) {
        processes.add(
                new SiteProcess(name, before, after, bits(type), List.of(), (change, initial, t, step) -> rate, 0));
    }

    /**
     * In any potential, with bonds between neighbours and a reservoir above: every site as full as the grand canonical sum over all 2¹⁸ configurations has it.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.7})
    void shouldComeToTheBoltzmannDistributionUnderAReservoir(double density) {
        LatticeGeometry geometry = sc(3, 3, 2);
        int sites = geometry.siteCount();
        RateLaw metropolis = (change, initial, type, step) -> Math.min(1, Math.exp(-change));
        addHop(metropolis);
        processes.add(
                new TopProcess("in", 0, 1, (change, initial, type, step) -> density * Math.min(1, Math.exp(-change))));
        processes.add(new TopProcess(
                "out", 1, 0, (change, initial, type, step) -> (1 - density) * Math.min(1, Math.exp(-change))));
        UniformRandomProvider lot = random(5);
        double[] potential = lot.doubles(sites, -0.6, 0.6).toArray();
        Hamiltonian.Builder energies =
                Hamiltonian.builder(2, 1, geometry.shells().size()).pair(0, 1, 1, -0.3);
        Lattice lattice = new Lattice(geometry);
        LocalRates rates = rates(lattice, energies, 1, potential);
        KineticMonteCarlo kmc = new KineticMonteCarlo(rates, random(11), new boolean[3], null);
        double[] expected = occupations(geometry, rates.table().catalog().hamiltonian(), potential, density);

        int batches = 25;
        double[][] found = new double[batches][sites];
        int samples = 4000;
        kmc.advance(100, Long.MAX_VALUE, 1);
        for (double[] batch : found) {
            for (int n = 0; n < samples; n++) {
                kmc.advance(kmc.timeSeconds() + 1, Long.MAX_VALUE, 1);
                for (int site = 0; site < sites; site++) {
                    batch[site] += (double) kmc.rates().lattice().species(site) / samples;
                }
            }
        }
        for (int site = 0; site < sites; site++) {
            int of = site;
            double mean = Arrays.stream(found)
                    .mapToDouble(batch -> batch[of])
                    .average()
                    .orElseThrow();
            double variance = Arrays.stream(found)
                            .mapToDouble(batch -> (batch[of] - mean) * (batch[of] - mean))
                            .sum()
                    / (batches - 1);
            double error = Math.sqrt(variance / batches);
            assertThat(error).isLessThan(0.01);
            assertThat(mean).as("site %d", site).isCloseTo(expected[site], within(5 * error));
        }
    }

    private static double[] occupations(
            LatticeGeometry geometry, Hamiltonian hamiltonian, double[] potential, double density) {
        int sites = geometry.siteCount();
        double[] occupied = new double[sites];
        double sum = 0;
        Lattice lattice = new Lattice(geometry);
        for (int configuration = 0; configuration < 1 << sites; configuration++) {
            double energy = 0;
            for (int site = 0; site < sites; site++) {
                int here = configuration >>> site & 1;
                lattice.setSpecies(site, here);
                energy += here * (LOAD * potential[site] - Math.log(density / (1 - density)));
            }
            double weight = Math.exp(-energy - hamiltonian.total(lattice));
            sum += weight;
            for (int site = 0; site < sites; site++) {
                occupied[site] += weight * (configuration >>> site & 1);
            }
        }
        double all = sum;
        return Arrays.stream(occupied).map(weight -> weight / all).toArray();
    }

    /** Without bonds sites are independent: 1/(1 + exp((load ψ − μ)/kT)), the profile of Fermi, in a closed box too. */
    @Test
    void shouldFillAClosedBoxLikeFermi() {
        int layers = 40;
        double perLayer = 0.1;
        LatticeGeometry geometry = sc(16, 16, layers);
        addHop((change, initial, type, step) -> 1);
        Lattice initial = new Lattice(geometry);
        double[] potential = new double[geometry.siteCount()];
        for (int site = 0; site < potential.length; site++) {
            potential[site] = perLayer * geometry.layer(site);
            initial.setSpecies(site, geometry.layer(site) >= layers / 2 ? 1 : 0);
        }
        LocalRates rates =
                rates(initial, Hamiltonian.builder(2, 1, geometry.shells().size()), 1, potential);
        KineticMonteCarlo kmc = new KineticMonteCarlo(rates, random(2), new boolean[1], null);
        kmc.advance(600, Long.MAX_VALUE, 1);
        double[] filled = new double[layers];
        int samples = 60;
        for (int n = 0; n < samples; n++) {
            kmc.advance(kmc.timeSeconds() + 10, Long.MAX_VALUE, 1);
            for (int site = 0; site < potential.length; site++) {
                filled[geometry.layer(site)] +=
                        (double) kmc.rates().lattice().species(site) / (samples * geometry.sitesPerLayer());
            }
        }
        double middle = (layers - 1) / 2.0;
        for (int layer = 0; layer < layers; layer++) {
            // Half full: μ lies in the middle.
            double expected = 1 / (1 + Math.exp(LOAD * perLayer * (layer - middle)));
            assertThat(filled[layer]).as("layer %d", layer).isCloseTo(expected, within(0.03));
        }
    }
}
