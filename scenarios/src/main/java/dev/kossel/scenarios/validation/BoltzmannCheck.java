package dev.kossel.scenarios.validation;

import dev.kossel.engine.EventListener;
import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.lattice.Lattice;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.physics.Constants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A box whose configurations can be counted. */
final class BoltzmannCheck implements Check {

    private static final double KELVIN = 298.15;
    private static final double ELECTRONS = 2;
    private static final double OVERPOTENTIAL_VOLTS = 0.006;
    private static final double BATCH_SECONDS = 200;

    @Override
    public String name() {
        return "detailed-balance";
    }

    @Override
    public String law() {
        return "occupation of every site and of every pair of neighbours: Boltzmann's average, by enumeration";
    }

    @Override
    public String source() {
        return "follows from detailed balance of deposition, stripping and hops with ΔE; μ = E_k − n e η";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        Experiment experiment = Experiment.of("boltzmann");
        int sites = experiment.geometry().siteCount();
        int metal = experiment.species("M");
        double[] expected = boltzmann(experiment, metal);
        Residence residence = new Residence(sites, metal);
        Simulation simulation = experiment.begin(23, residence);
        // The first slice sets the overpotential.
        simulation.advance();
        residence.begin(simulation.timeSeconds());
        Statistics[] observed = new Statistics[2 * sites];
        for (int n = 0; n < observed.length; n++) {
            observed[n] = new Statistics();
        }
        int batches = effort.of(60, 1_000);
        for (int batch = 0; batch < batches; batch++) {
            double end = simulation.timeSeconds() + BATCH_SECONDS;
            simulation.kmc().advance(end, Long.MAX_VALUE, Long.MAX_VALUE);
            double[] averages = residence.averages(end);
            for (int n = 0; n < observed.length; n++) {
                observed[n].add(averages[n]);
            }
        }
        double worst = 0;
        double largestError = 0;
        double occupation = 0;
        Statistics mean = new Statistics();
        for (int n = 0; n < observed.length; n++) {
            worst = Math.max(worst, Math.abs(observed[n].mean() - expected[n]) / observed[n].standardError());
            largestError = Math.max(largestError, observed[n].standardError());
        }
        for (int site = 0; site < sites; site++) {
            occupation += expected[site] / sites;
        }
        for (int batch = 0; batch < batches; batch++) {
            mean.add(residence.occupation(batch));
        }
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(Measurement.equal("mean occupation", occupation, mean, 0.005));
        measurements.add(Measurement.atMost("largest deviation of 18 occupations, standard errors", 4.8, worst));
        measurements.add(Measurement.atMost("largest standard error of an occupation", 0.01, largestError));
        return new Findings(measurements, List.of());
    }

    private static double[] boltzmann(Experiment experiment, int metal) {
        Hamiltonian hamiltonian = experiment.model().catalog().hamiltonian();
        double kT = Constants.thermalEnergyEv(KELVIN);
        double potential = hamiltonian.kinkEnergy(metal, experiment.geometry()) - ELECTRONS * OVERPOTENTIAL_VOLTS;
        int sites = experiment.geometry().siteCount();
        double[] sums = new double[2 * sites];
        double partition = 0;
        Lattice lattice = new Lattice(
                experiment.geometry(),
                experiment.model().initial().speciesArray().clone(),
                experiment.model().initial().siteTypeArray().clone());
        for (int configuration = 0; configuration < 1 << sites; configuration++) {
            for (int site = 0; site < sites; site++) {
                lattice.setSpecies(site, (configuration >> site & 1) * metal);
            }
            double weight = Math.exp(-(hamiltonian.total(lattice) - potential * Integer.bitCount(configuration)) / kT);
            partition += weight;
            add(sums, sites, configuration, weight);
        }
        for (int n = 0; n < sums.length; n++) {
            sums[n] /= partition;
        }
        return sums;
    }

    /** Occupations of the sites, then of each site together with the next. */
    private static void add(double[] sums, int sites, int configuration, double weight) {
        for (int site = 0; site < sites; site++) {
            if ((configuration >> site & 1) == 1) {
                sums[site] += weight;
                sums[sites + site] += (configuration >> (site + 1) % sites & 1) * weight;
            }
        }
    }

    /** Time spent in each configuration since the last averages were taken. */
    private static final class Residence implements EventListener {
        private final int sites;
        private final int metal;
        private final double[] seconds;
        private final List<Double> occupations = new ArrayList<>();
        private int configuration;
        private double last;
        private double begin;

        Residence(int sites, int metal) {
            this.sites = sites;
            this.metal = metal;
            seconds = new double[1 << sites];
        }

        @Override
        public void happened(double timeSeconds, Event event) {
            pass(timeSeconds);
            for (int m = 0; m < event.count(); m++) {
                int bit = 1 << event.site(m);
                configuration = event.species(m) == metal ? configuration | bit : configuration & ~bit;
            }
        }

        private void pass(double timeSeconds) {
            seconds[configuration] += timeSeconds - last;
            last = timeSeconds;
        }

        void begin(double timeSeconds) {
            Arrays.fill(seconds, 0);
            last = timeSeconds;
            begin = timeSeconds;
        }

        double[] averages(double endSeconds) {
            pass(endSeconds);
            double[] averages = new double[2 * sites];
            double occupation = 0;
            for (int c = 0; c < seconds.length; c++) {
                add(averages, sites, c, seconds[c] / (endSeconds - begin));
                occupation += Integer.bitCount(c) * seconds[c] / (endSeconds - begin) / sites;
            }
            occupations.add(occupation);
            begin(endSeconds);
            return averages;
        }

        double occupation(int batch) {
            return occupations.get(batch);
        }
    }
}
