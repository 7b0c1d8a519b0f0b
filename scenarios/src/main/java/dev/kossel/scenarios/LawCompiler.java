package dev.kossel.scenarios;

import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.RateLaw;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.ElementaryProcess;
import dev.kossel.scenarios.file.EnergyBySite;
import dev.kossel.scenarios.file.RateLaw.Arrhenius;
import dev.kossel.scenarios.file.RateLaw.Bep;
import dev.kossel.scenarios.file.RateLaw.BondCounting;
import dev.kossel.scenarios.file.RateLaw.Constant;
import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import dev.kossel.scenarios.file.RateLaw.Kawasaki;
import dev.kossel.scenarios.file.RateLaw.Kinetics;
import dev.kossel.scenarios.file.RateLaw.LineOfSight;
import dev.kossel.scenarios.file.RateLaw.Metropolis;
import dev.kossel.scenarios.file.RateLaw.Precipitation;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.physics.ElectrodeKinetics;
import dev.kossel.scenarios.physics.OverpotentialFactor;
import dev.kossel.scenarios.physics.RateLaws;
import dev.kossel.scenarios.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the rate laws of a scenario, in units of electrochemistry, into rates of sites, and collects the factors that potential and concentrations give them. */
final class LawCompiler {

    static final OverpotentialFactor NO_POTENTIAL = new OverpotentialFactor.ButlerVolmer(0);

    private static final double SQUARE_METRES_PER_NM2 = 1e-18;

    /** A law and its reverse, with the factors that the overpotential gives them. */
    record Laws(RateLaw forward, int forwardFactor, RateLaw reverse, int reverseFactor, long electrons) {}

    private final Scenario scenario;
    private final LatticeGeometry geometry;
    private final Hamiltonian hamiltonian;
    private final double kT;
    private final double areaPerSiteSquareMetres;
    private final List<TransportModel.Group> groups = new ArrayList<>();

    LawCompiler(Scenario scenario, LatticeGeometry geometry, Hamiltonian hamiltonian, double temperatureKelvin) {
        this.scenario = scenario;
        this.geometry = geometry;
        this.hamiltonian = hamiltonian;
        kT = Constants.thermalEnergyEv(temperatureKelvin);
        areaPerSiteSquareMetres = SQUARE_METRES_PER_NM2 / geometry.sitesPerAreaNm2();
    }

    /** Those who share a factor, in the order of the factors from 1 on. */
    List<TransportModel.Group> groups() {
        return List.copyOf(groups);
    }

    /** @param reference what a reduction is multiplied by beside its activity */
    Laws laws(
            dev.kossel.scenarios.file.RateLaw law,
            int after,
            List<TransportModel.Term> activity,
            double speed,
            double reference) {
        if (law instanceof Electrochemical electrochemical) {
            return electrochemical(electrochemical, after, activity, speed, reference);
        }
        int factor = activity.isEmpty() ? 0 : factor(NO_POTENTIAL, activity);
        if (law instanceof Precipitation precipitation) {
            double beta = precipitation.symmetryFactor();
            double kink = hamiltonian.kinkEnergy(after, geometry);
            double exchange = speed
                    * atTemperature(
                            precipitation.rateConstant().perSecond(),
                            precipitation.activationEnergy(),
                            precipitation.referenceTemperature());
            return new Laws(
                    RateLaws.reduction(exchange, beta, kink, kT),
                    factor,
                    RateLaws.oxidation(exchange, beta, kink, kT),
                    0,
                    0);
        }
        RateLaw forward = RateLaws.scaled(plain(law), speed);
        return new Laws(forward, factor, RateLaws.reversed(forward, kT), 0, 0);
    }

    private RateLaw plain(dev.kossel.scenarios.file.RateLaw law) {
        if (law instanceof Constant constant) {
            return RateLaws.constant(constant.rate().perSecond());
        } else if (law instanceof Arrhenius arrhenius) {
            return RateLaws.arrhenius(arrhenius.prefactor().perSecond(), bySiteType(arrhenius.activationEnergy()), kT);
        } else if (law instanceof BondCounting counting) {
            return RateLaws.bondCounting(
                    counting.prefactor().perSecond(),
                    counting.barrier().electronVolts(),
                    counting.stepEdgeBarrier().electronVolts(),
                    kT);
        } else if (law instanceof Bep bep) {
            return RateLaws.brønstedEvansPolanyi(
                    bep.prefactor().perSecond(),
                    bep.barrier().electronVolts(),
                    bep.slope(),
                    bep.stepEdgeBarrier().electronVolts(),
                    kT);
        } else if (law instanceof Metropolis metropolis) {
            return RateLaws.metropolis(metropolis.prefactor().perSecond(), kT);
        } else if (law instanceof Kawasaki kawasaki) {
            return RateLaws.kawasaki(kawasaki.prefactor().perSecond(), kT);
        }
        throw new IllegalStateException("no rate law for " + law);
    }

    private double[] bySiteType(EnergyBySite energies) {
        List<String> siteTypes = scenario.siteTypeNames();
        double[] values = new double[siteTypes.size()];
        for (int type = 0; type < values.length; type++) {
            Quantity energy = energies.on(siteTypes.get(type));
            values[type] = energy == null ? Double.POSITIVE_INFINITY : energy.electronVolts();
        }
        return values;
    }

    private Laws electrochemical(
            Electrochemical law, int after, List<TransportModel.Term> activity, double speed, double reference) {
        double alpha = law.transferCoefficient();
        double kink = hamiltonian.kinkEnergy(after, geometry);
        double exchange = speed * exchangeRate(law);
        double perVolt = law.electrons() / kT;
        OverpotentialFactor reduction;
        OverpotentialFactor oxidation;
        if (law.kinetics() == Kinetics.MARCUS_HUSH_CHIDSEY) {
            Quantity reorganization = law.reorganizationEnergy();
            if (reorganization == null) {
                throw new IllegalArgumentException("marcus-hush-chidsey needs a reorganization-energy");
            }
            double lambda = reorganization.electronVolts() / kT;
            reduction = new OverpotentialFactor.MarcusHushChidsey(lambda, -perVolt);
            oxidation = new OverpotentialFactor.MarcusHushChidsey(lambda, perVolt);
        } else {
            reduction = new OverpotentialFactor.ButlerVolmer(-alpha * perVolt);
            oxidation = new OverpotentialFactor.ButlerVolmer((1 - alpha) * perVolt);
        }
        double given = reference * Math.pow(law.activity(), law.activityExponent());
        double equilibrium = law.equilibrium().volts();
        return new Laws(
                RateLaws.reduction(exchange * given * reduction.at(-equilibrium), alpha, kink, kT),
                factor(shifted(reduction, equilibrium), activity),
                RateLaws.oxidation(exchange * oxidation.at(-equilibrium), alpha, kink, kT),
                factor(shifted(oxidation, equilibrium), List.of()),
                law.electrons() * scenario.lattice().atomsPerSite());
    }

    /** k₀ of a site: given, or from i₀ = n e k₀ x · (atoms a site) / (area a site), x the fraction of kinks; at the temperature of the run. */
    private double exchangeRate(Electrochemical law) {
        Quantity current = law.exchangeCurrentDensity();
        Quantity rate = law.rateConstant();
        double exchange;
        if (current != null) {
            exchange = current.amperesPerSquareMetre()
                    * areaPerSiteSquareMetres
                    / (law.kinkFraction()
                            * law.electrons()
                            * scenario.lattice().atomsPerSite()
                            * Constants.ELEMENTARY_CHARGE);
        } else if (rate != null) {
            exchange = rate.perSecond();
        } else {
            throw new IllegalArgumentException(
                    "an electrochemical law needs an exchange-current-density or a rate-constant");
        }
        return atTemperature(exchange, law.activationEnergy(), law.referenceTemperature());
    }

    /** A constant at the temperature of the run, from that at a reference. */
    private double atTemperature(double constant, @Nullable Quantity activation, Quantity referenceTemperature) {
        if (activation == null) {
            return constant;
        }
        double reference = Constants.thermalEnergyEv(referenceTemperature.kelvin());
        return constant * Math.exp(-activation.electronVolts() * (1 / kT - 1 / reference));
    }

    /** An exponential stays what it is, but for a constant. */
    private static OverpotentialFactor shifted(OverpotentialFactor law, double equilibriumVolts) {
        return equilibriumVolts == 0 || law instanceof OverpotentialFactor.ButlerVolmer
                ? law
                : new OverpotentialFactor.Shifted(law, equilibriumVolts);
    }

    private int factor(OverpotentialFactor law, List<TransportModel.Term> activity) {
        return factor(law, activity, List.of());
    }

    /**
     * The number of the factor of a law, known or new: 1 for the first, 0 being that of laws that no potential and no concentration bears on.
     *
     * @param moved charges that an event moves through the field of ions on the lattice
     */
    int factor(OverpotentialFactor law, List<TransportModel.Term> activity, List<Integer> moved) {
        TransportModel.Group group = new TransportModel.Group(law, activity, moved);
        int known = groups.indexOf(group);
        if (known < 0) {
            groups.add(group);
            known = groups.size() - 1;
        }
        return known + 1;
    }

    /** How often a second something sets out to land in a column of sites. */
    double attemptsPerColumn(LineOfSight law) {
        double columnsPerSite = (double) geometry.columnCount() / geometry.sitesPerLayer();
        long atoms = scenario.lattice().atomsPerSite();
        Quantity rate = law.rate();
        Quantity monolayers = law.monolayers();
        Quantity flux = law.flux();
        Quantity current = law.currentDensity();
        if (rate != null) {
            return rate.perSecond();
        } else if (monolayers != null) {
            return monolayers.perSecond() / columnsPerSite;
        } else if (flux != null) {
            return flux.perSquareMetreAndSecond() * areaPerSiteSquareMetres / (atoms * columnsPerSite);
        } else if (current != null) {
            return current.amperesPerSquareMetre()
                    * areaPerSiteSquareMetres
                    / (law.electrons() * atoms * Constants.ELEMENTARY_CHARGE * columnsPerSite);
        }
        throw new IllegalArgumentException("a line-of-sight law needs a rate, monolayers, a flux or a current-density");
    }

    /** How many layers a current density, A/m², deposits in a second. */
    double monolayersPerSecond(double currentDensity) {
        double electronsPerSite = scenario.processes().values().stream()
                .map(ElementaryProcess::law)
                .filter(Electrochemical.class::isInstance)
                .mapToDouble(law -> ((Electrochemical) law).electrons())
                .max()
                .orElse(1);
        return currentDensity
                * areaPerSiteSquareMetres
                / (electronsPerSite * scenario.lattice().atomsPerSite() * Constants.ELEMENTARY_CHARGE);
    }

    /**
     * What a charge transfer comes to.
     *
     * @param after the species that it leaves
     * @param currentDensity that of the overpotential reported, A/m²
     */
    ModelReport.ChargeTransfer transfer(String name, Electrochemical law, int after, double currentDensity) {
        Laws laws = electrochemical(law, after, List.of(), 1, 1);
        double kink = hamiltonian.kinkEnergy(after, geometry);
        double exchange = exchangeRate(law);
        double kinks = law.kinkFraction() * laws.electrons / areaPerSiteSquareMetres;
        double reduced = kinks * laws.forward.rate(kink, 0, 0, 0);
        double oxidised = kinks * laws.reverse.rate(-kink, 0, 0, 0);
        List<OverpotentialFactor> both = List.of(
                groups.get(laws.forwardFactor - 1).law(),
                groups.get(laws.reverseFactor - 1).law());
        double overpotential =
                new ElectrodeKinetics(both, 1).overpotential(new double[] {0, reduced, -oxidised}, currentDensity, 0);
        return new ModelReport.ChargeTransfer(
                name, laws.electrons, kink, exchange, exchange * kinks * Constants.ELEMENTARY_CHARGE, overpotential);
    }
}
