package dev.kossel.scenarios.validation;

import dev.kossel.engine.EventListener;
import dev.kossel.engine.process.Event;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The law of Butler and Volmer, from counted events. */
final class ChargeTransferCheck implements Check {

    private static final double ROOM_KELVIN = 298.15;
    private static final double EXCHANGE_CURRENT_DENSITY = 0.68;
    private static final double ACTIVATION_EV = 72.96e3 / Constants.AVOGADRO / Constants.ELEMENTARY_CHARGE;
    private static final double ALPHA = 0.5;

    @Override
    public String name() {
        return "charge-transfer";
    }

    @Override
    public String law() {
        return "no current at η = 0; Tafel slope kT ln 10/(α n e); R_ct = kT/(n e i₀), T/R_ct ∝ exp(−Ea/kT)";
    }

    @Override
    public String source() {
        return "Butler 1924, doi 10.1039/TF9241900729; Erdey-Grúz and Volmer 1930, doi 10.1515/zpch-1930-15020";
    }

    /**
     * What an electrode half oxidised and half reduced carries, A/m² as a ratio of counted events to the time that sites waited for
     * them: the maximum-likelihood rates of both directions.
     *
     * @param net current density, plating positive
     * @param reduction its cathodic part
     */
    private record Current(double net, double netError, double reduction, double reductionError) {}

    /** Sites in either state, summed over time. */
    private static final class Exposure implements EventListener {
        private final int reduction;
        private final double sites;
        private double oxidised;
        private double last;
        private double oxidisedSeconds;
        private long reductions;
        private long oxidations;

        Exposure(Experiment experiment) {
            reduction = experiment.process("transfer");
            sites = experiment.geometry().siteCount();
            int vacant = experiment.species("oxidised");
            for (int site = 0; site < sites; site++) {
                oxidised += experiment.model().initial().species(site) == vacant ? 1 : 0;
            }
        }

        @Override
        public void happened(double timeSeconds, Event event) {
            oxidisedSeconds += oxidised * (timeSeconds - last);
            last = timeSeconds;
            if (event.process() == reduction) {
                reductions++;
                oxidised--;
            } else {
                oxidations++;
                oxidised++;
            }
        }

        Current current(double endSeconds, double areaSquareMetres) {
            double waited = oxidisedSeconds + oxidised * (endSeconds - last);
            double perSecond = sites / 2 * Constants.ELEMENTARY_CHARGE / areaSquareMetres;
            double forward = reductions / waited * perSecond;
            double backward = oxidations / (sites * endSeconds - waited) * perSecond;
            double forwardError = forward / Math.sqrt(reductions);
            double backwardError = oxidations == 0 ? 0 : backward / Math.sqrt(oxidations);
            return new Current(forward - backward, Math.hypot(forwardError, backwardError), forward, forwardError);
        }
    }

    private static Current current(double millivolts, double kelvin, int runs) throws ScenarioException {
        // Long enough for each site to change about once, at the given overpotential and temperature.
        double kT = Constants.thermalEnergyEv(kelvin);
        double speed = Math.exp(ALPHA * Math.abs(millivolts) / 1e3 / kT)
                * Math.exp(-ACTIVATION_EV * (1 / kT - 1 / Constants.thermalEnergyEv(ROOM_KELVIN)));
        Experiment experiment = Experiment.of(
                "redox",
                "temperature=" + kelvin + " K",
                "protocol.steps.0.overpotential=" + millivolts + " mV",
                "protocol.steps.0.until.time=" + 2 / speed + " s");
        double net = 0;
        double netSquares = 0;
        double reduction = 0;
        double reductionSquares = 0;
        for (int run = 0; run < runs; run++) {
            Exposure exposure = new Exposure(experiment);
            Simulation simulation = experiment.run(51 + run, exposure);
            Current current = exposure.current(
                    simulation.timeSeconds(), experiment.model().areaSquareMetres());
            net += current.net() / runs;
            netSquares += current.netError() * current.netError();
            reduction += current.reduction() / runs;
            reductionSquares += current.reductionError() * current.reductionError();
        }
        return new Current(net, Math.sqrt(netSquares) / runs, reduction, Math.sqrt(reductionSquares) / runs);
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        int runs = effort.of(6, 60);
        List<Measurement> measurements = new ArrayList<>();
        Current rest = current(0, ROOM_KELVIN, runs);
        // Half of the sites are oxidised and half reduced, and i₀ is that of sites which all are both.
        double exchange = EXCHANGE_CURRENT_DENSITY / 2;
        measurements.add(Measurement.within(
                "current at η = 0, i₀", 0, rest.net() / exchange, rest.netError() / exchange, 0, 0.01));
        tafel(effort, measurements);
        double[] kelvins = {278.15, 288.15, 298.15, 308.15, 318.15};
        double[] inverse = new double[kelvins.length];
        double[] conductance = new double[kelvins.length];
        double worst = 0;
        for (int n = 0; n < kelvins.length; n++) {
            Current current = current(-5, kelvins[n], runs);
            double kT = Constants.thermalEnergyEv(kelvins[n]);
            // The law is not quite straight at 5 mV: i/i₀ = 2 sinh(η/2kT).
            double resistance = 0.005 / current.net() * (2 * Math.sinh(0.0025 / kT) / (0.005 / kT));
            inverse[n] = 1 / kT;
            conductance[n] = Math.log(kelvins[n] / resistance);
            worst = Math.max(worst, current.netError() / current.net());
            if (kelvins[n] == ROOM_KELVIN) {
                measurements.add(Measurement.within(
                        "R_ct · i₀ n e/kT",
                        1,
                        resistance * exchange / kT,
                        current.netError() / current.net(),
                        0,
                        0.03));
            }
        }
        double slope = -Statistics.slope(inverse, conductance);
        // Of the slope of five points evenly spread: σ/√Σ(x − x̄)².
        double spread = (inverse[0] - inverse[kelvins.length - 1]) / Math.sqrt(2.0) * Math.sqrt(1.25);
        measurements.add(Measurement.within(
                "Ea from T/R_ct, kJ/mol",
                72.96,
                slope * Constants.ELEMENTARY_CHARGE * Constants.AVOGADRO / 1e3,
                worst / spread * Constants.ELEMENTARY_CHARGE * Constants.AVOGADRO / 1e3,
                0,
                1.5));
        return new Findings(measurements, List.of(polarisation(effort)));
    }

    private static void tafel(Effort effort, List<Measurement> measurements) throws ScenarioException {
        int runs = effort.of(3, 20);
        Current low = current(-118.3, ROOM_KELVIN, runs);
        Current high = current(-354.9, ROOM_KELVIN, runs);
        double decades = Math.log10(high.reduction() / low.reduction());
        double relative = Math.hypot(low.reductionError() / low.reduction(), high.reductionError() / high.reduction())
                / Math.log(10);
        measurements.add(Measurement.within(
                "Tafel slope at 298.15 K, mV/decade",
                118.32,
                (354.9 - 118.3) / decades,
                (354.9 - 118.3) / decades * relative / decades,
                0.005,
                0.3));
    }

    private static LinePlot polarisation(Effort effort) throws ScenarioException {
        double[] millivolts = {-120, -90, -60, -30, -15, 0, 15, 30, 60, 90, 120};
        double[] found = new double[millivolts.length];
        double[] errors = new double[millivolts.length];
        double kT = Constants.thermalEnergyEv(ROOM_KELVIN);
        for (int n = 0; n < millivolts.length; n++) {
            Current current = current(millivolts[n], ROOM_KELVIN, effort.of(1, 4));
            found[n] = current.net() / 10;
            errors[n] = current.netError() / 10;
        }
        return new LinePlot(
                String.format(Locale.ROOT, "Polarisation, i₀ = %.3f mA/cm²", EXCHANGE_CURRENT_DENSITY / 20),
                Axis.linear("Overpotential (mV)"),
                Axis.linear("Current density (mA/cm²)"),
                List.of(
                        new Curve("simulation", millivolts, found, errors),
                        Curve.law(
                                "Butler and Volmer",
                                millivolts[0],
                                millivolts[millivolts.length - 1],
                                eta -> -EXCHANGE_CURRENT_DENSITY / 10 * Math.sinh(eta / 2e3 / kT))));
    }
}
