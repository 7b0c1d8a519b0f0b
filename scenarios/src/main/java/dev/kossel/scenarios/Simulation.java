package dev.kossel.scenarios;

import dev.kossel.engine.Advance;
import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.record.StateHash;
import dev.kossel.scenarios.file.Protocol;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.physics.ElectrodeKinetics;
import dev.kossel.scenarios.units.Quantity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model under its protocol: runs the event loop in slices and, between slices, holds the current or the potential, books the charge and ends steps.
 *
 * <p>The galvanostat solves i(η) = i_set for the surface as it is, after every few charge transfers; within a slice η is constant, so the law of time
 * stays exact. Slices are counted in events, never in wall-clock time: the trajectory depends on the scenario and its seed alone. One thread.
 */
public final class Simulation {

    /** Draws in a slice at most: bounds how far hops may change the surface before the galvanostat looks again. */
    private static final long DRAWS_PER_SLICE = 4096;

    /**
     * The galvanostat looks again after every charge transfer, and in between after this part of the mean time from one
     * transfer to the next: a single atom changes what a small or flat face can carry, and hops change it too.
     */
    private static final double LOOK_INTERVAL = 0.25;

    /** Sites of a layer for which one charge transfer is too little to look: a large face may wait until a thousandth of a layer has reacted. */
    private static final int SITES_PER_TRANSFER = 1000;

    /**
     * The galvanostat makes up for charge that is ahead or behind within the time in which this many electrons (of each atom of a parcel) pass either way:
     * between two looks hops change the surface in one direction more than in the other, and the mean current would drift; and exchange that is much faster
     * than the current would leave the charge to chance.
     */
    private static final double CATCH_UP_ELECTRONS = 100;

    /** And in no less than this many looks, or it would overshoot. */
    private static final double CATCH_UP_LOOKS = 8;

    private final Model model;
    private final KineticMonteCarlo kmc;
    private final @Nullable Medium medium;
    private final @Nullable AdaptiveSeparation separation;
    private ElectrodeKinetics kinetics;
    private double temperatureKelvin;
    private final double[] electronsAsWeights;
    private final double[] electronsPerSecond;
    private final double[] factors;
    /** By group, what the medium multiplies these by between its solutions, and both together. */
    private final double[] answers;

    private final double[] answered;
    private final long transfersPerLook;
    private final double chargePerElectron;
    private final long atomsPerSite;
    private final double catchUpElectrons;
    private final double arrivalCurrentDensity;
    private final double complianceVolts;
    private final double stopSeconds;
    private final long stopEvents;

    private int cycle;
    private int step;
    private long segment;
    private double stepStartSeconds;
    private long stepStartElectrons;
    private double segmentStartSeconds;
    private long segmentStartElectrons;
    private boolean segmentBegun;
    private @Nullable Segment held;
    private int heldStep = -1;
    private long heldSegment;
    private double overpotentialVolts;
    private long electronsPassed;
    private long electronsPlated;
    private long electronsStripped;
    private @Nullable String endReason;
    private final CycleBook book;
    private @Nullable Cycle finished;
    private double shortCircuitSeconds = Double.NaN;

    private int sliceCycle;
    private int sliceStep;
    private double sliceSetCurrentDensity;

    private double meanStartSeconds;
    private double overpotentialSeconds;
    private double measuredSeconds;
    private boolean failed;
    private long meanStartElectrons;

    /**
     * @param medium what is computed along with the surface; null for nothing
     * @param separation slows what is in quasi-equilibrium; null where nothing does
     */
    Simulation(Model model, KineticMonteCarlo kmc, @Nullable Medium medium, @Nullable AdaptiveSeparation separation) {
        this.model = model;
        this.kmc = kmc;
        this.medium = medium;
        this.separation = separation;
        kinetics = model.kinetics();
        temperatureKelvin = model.scenario().temperature().kelvin();
        book = new CycleBook(model);
        long[] electrons = model.electrons();
        electronsAsWeights = new double[electrons.length];
        for (int p = 0; p < electrons.length; p++) {
            electronsAsWeights[p] = electrons[p];
        }
        electronsPerSecond = new double[kinetics.groupCount()];
        factors = new double[kinetics.groupCount()];
        answers = new double[kinetics.groupCount()];
        Arrays.fill(answers, 1);
        answered = new double[kinetics.groupCount()];
        transfersPerLook = Math.max(1, model.geometry().sitesPerLayer() / SITES_PER_TRANSFER);
        atomsPerSite = model.scenario().lattice().atomsPerSite();
        catchUpElectrons = Math.max(CATCH_UP_ELECTRONS, CATCH_UP_LOOKS * transfersPerLook) * atomsPerSite;
        chargePerElectron = Constants.ELEMENTARY_CHARGE / model.areaSquareMetres();
        arrivalCurrentDensity = model.arrivalCurrentDensity();
        ExplicitIons ions = model.ions();
        complianceVolts = ions == null ? Double.POSITIVE_INFINITY : ions.complianceVolts();
        Scenario.Stop stop = model.scenario().stop();
        Quantity time = stop.time();
        Long events = stop.events();
        stopSeconds = time == null ? Double.POSITIVE_INFINITY : time.seconds();
        stopEvents = events == null ? Long.MAX_VALUE : events;
        sliceSetCurrentDensity = setCurrentDensity();
    }

    public Model model() {
        return model;
    }

    public KineticMonteCarlo kmc() {
        return kmc;
    }

    /** The fields above the surface; null unless transport is that of a continuum. */
    public @Nullable Electrolyte electrolyte() {
        return medium instanceof Electrolyte electrolyte ? electrolyte : null;
    }

    /** What slows events in quasi-equilibrium; null where nothing does. */
    @Nullable
    AdaptiveSeparation separation() {
        return separation;
    }

    /** Events that the same surfaces would have seen in the same time if none were slowed; the events themselves where separation is not adaptive. */
    public double unscaledEvents() {
        return separation == null ? kmc.events() : separation.unscaledEvents();
    }

    public SiteStates lattice() {
        return kmc.rates().lattice();
    }

    // Where things stand

    /** Why the run has ended, or null while it goes on. */
    public @Nullable String endReason() {
        return endReason;
    }

    public double timeSeconds() {
        return kmc.timeSeconds();
    }

    /** Whether the run has ended because it could not go on as the protocol asks. */
    public boolean failed() {
        return failed;
    }

    /** The overpotential now, V; negative is cathodic. NaN where none gives the current that is held. */
    public double overpotentialVolts() {
        return isBlocked() ? Double.NaN : overpotentialVolts;
    }

    /** The overpotential averaged over time since the last call of {@link #startMeans}, V; the value now if no time has passed. */
    public double meanOverpotentialVolts() {
        return measuredSeconds > 0 ? overpotentialSeconds / measuredSeconds : overpotentialVolts();
    }

    /** The current density averaged over time since the last call of {@link #startMeans}, A/m², plating positive: charge over time. */
    public double meanCurrentDensity() {
        double elapsed = kmc.timeSeconds() - meanStartSeconds;
        return elapsed > 0 ? (electrons() - meanStartElectrons) * chargePerElectron / elapsed : 0;
    }

    /** Begins a new averaging interval. */
    public void startMeans() {
        meanStartSeconds = kmc.timeSeconds();
        overpotentialSeconds = 0;
        measuredSeconds = 0;
        meanStartElectrons = electrons();
    }

    /** Net electrons taken up at the electrode, exact: plating positive. */
    public long electrons() {
        long sum = 0;
        for (int p = 0; p < model.electrons().length; p++) {
            sum += model.electrons()[p] * kmc.eventCount(p);
        }
        return sum;
    }

    /** Electrons of all reductions, exact. */
    public long reducedElectrons() {
        return electrons(1);
    }

    /** Electrons of all oxidations, exact, as a positive number. */
    public long oxidisedElectrons() {
        return electrons(-1);
    }

    /** Net electrons of {@linkplain Model#isSideReaction side reactions}, exact: reductions positive. */
    long sideElectrons() {
        long sum = 0;
        for (int p = 0; p < model.electrons().length; p++) {
            sum += model.isSideReaction(p) ? model.electrons()[p] * kmc.eventCount(p) : 0;
        }
        return sum;
    }

    private long electrons(int sign) {
        long sum = 0;
        for (int p = 0; p < model.electrons().length; p++) {
            long n = sign * model.electrons()[p];
            if (n > 0) {
                sum += n * kmc.eventCount(p);
            }
        }
        return sum;
    }

    /**
     * Stripped over plated charge: the net charges of the segments of the protocol that strip over those that plate, open circuit left out. NaN where
     * nothing was plated or nothing stripped.
     */
    public double coulombicEfficiency() {
        long open = bookedInSegment();
        long plated = electronsPlated + Math.max(0, open);
        long stripped = electronsStripped + Math.max(0, -open);
        return plated == 0 || stripped == 0 ? Double.NaN : (double) stripped / plated;
    }

    private long bookedInSegment() {
        return segmentBegun && setCurrentDensity() != 0 ? electrons() - segmentStartElectrons : 0;
    }

    private void endSegment() {
        long net = bookedInSegment();
        electronsPlated += Math.max(0, net);
        electronsStripped += Math.max(0, -net);
        book.partEnded(net, overpotentialVolts());
        segmentBegun = false;
    }

    /** Net charge per area, C/m², plating positive. */
    public double chargeDensity() {
        return chargeDensity(electrons());
    }

    double chargeDensity(long number) {
        return number * chargePerElectron;
    }

    /** The current density held at the moment, A/m²; NaN while a potential is held. */
    public double setCurrentDensity() {
        Segment held = held();
        return held != null && held.galvanostatic() ? held.setpoint() : Double.NaN;
    }

    /** The segment of the protocol that is on; null if its step has no more. */
    private @Nullable Segment held() {
        if (heldStep != step || heldSegment != segment) {
            held = Segment.of(model.scenario().protocol().steps().get(step), segment);
            heldStep = step;
            heldSegment = segment;
        }
        return held;
    }

    /** Charge per area that has passed the electrode between slices in either direction, C/m². */
    public double passedChargeDensity() {
        return electronsPassed * chargePerElectron;
    }

    /** When metal in contact with the electrode first reached the top of the box, s; NaN if it has not. */
    public double shortCircuitSeconds() {
        return shortCircuitSeconds;
    }

    /** The cycle that the last slice has ended, once; null at all other times. */
    public @Nullable Cycle takeFinishedCycle() {
        Cycle taken = finished;
        finished = null;
        return taken;
    }

    /** Cycle of the protocol, from 0. */
    public int cycle() {
        return cycle;
    }

    /** Step within the cycle, from 0. */
    public int step() {
        return step;
    }

    /** The {@link #cycle} of the last slice, which may just have ended it. */
    int sliceCycle() {
        return sliceCycle;
    }

    /** The {@link #step} of the last slice, which may just have ended it. */
    int sliceStep() {
        return sliceStep;
    }

    /** The {@link #setCurrentDensity} of the last slice, A/m². */
    double sliceSetCurrentDensity() {
        return sliceSetCurrentDensity;
    }

    /** The part of the run that is done, 0 … 1: of the protocol, each step weighing the same, or of a limit that is nearer. */
    public double progress() {
        Protocol protocol = model.scenario().protocol();
        if (endReason != null) {
            return 1;
        }
        int steps = protocol.steps().size();
        double done =
                (cycle * (double) steps + step + stepProgress(protocol.steps().get(step)))
                        / (protocol.cycles() * (double) steps);
        done = Math.max(done, kmc.timeSeconds() / stopSeconds);
        return Math.max(done, (double) kmc.events() / stopEvents);
    }

    private double stepProgress(Protocol.Step current) {
        double done = 0;
        long segments = Segment.count(current);
        if (segments > 0) {
            done = (double) segment / segments;
        }
        Protocol.Until until = current.until();
        if (until != null) {
            Quantity time = until.time();
            Quantity charge = until.charge();
            if (time != null) {
                done = Math.max(done, (kmc.timeSeconds() - stepStartSeconds) / time.seconds());
            }
            if (charge != null) {
                done = Math.max(done, stepChargeDensity() / charge.coulombsPerSquareMetre());
            }
        }
        return Math.min(1, done);
    }

    private double stepChargeDensity() {
        return Math.abs(electrons() - stepStartElectrons) * chargePerElectron;
    }

    /** A hash of lattice, clock, counters and generator: equal hashes mean the same trajectory so far. */
    public String stateHash() {
        byte[] species = new byte[model.geometry().siteCount()];
        int rank = 0;
        for (var sites = model.geometry().sites(); sites.hasNext(); ) {
            species[rank++] = (byte) lattice().species(sites.nextInt());
        }
        long[] counts = new long[model.electrons().length];
        kmc.copyEventCounts(counts);
        return new StateHash()
                .add(species)
                .add(kmc.timeSeconds())
                .add(kmc.events())
                .add(kmc.nullEvents())
                .add(counts)
                .add(kmc.generatorState())
                .hex();
    }

    // Running

    /** Runs one slice: a few charge transfers or a few thousand draws. Does nothing once the run has ended. */
    public void advance() {
        if (endReason != null) {
            return;
        }
        Protocol.Step current = model.scenario().protocol().steps().get(step);
        boolean begins = !segmentBegun;
        if (begins && !beginSegment()) {
            endStep();
            return;
        }
        Segment held = held();
        if (held == null) {
            throw new IllegalStateException("segment " + segment + " of step " + step + " does not exist");
        }
        if (medium != null && medium.isDue()) {
            setOverpotential(medium.solve(overpotentialVolts, held.galvanostatic() ? held.setpoint() : Double.NaN));
            if (!medium.settles()) {
                endReason =
                        "the fields of the electrolyte did not settle: rates still changed by a tenth and more from turn to turn";
                failed = true;
                return;
            }
        }
        if (held.galvanostatic()) {
            if (!holdCurrent(held.setpoint(), current)) {
                return;
            }
        } else if (begins && isOver(current)) {
            endStep();
            return;
        } else if (medium != null && medium.answers()) {
            setOverpotential(overpotentialVolts);
        }
        double stepEnd = stepEndSeconds(current);
        double segmentEnd = segmentStartSeconds + held.durationSeconds();
        double limit = Math.min(Math.min(stepEnd, segmentEnd), stopSeconds);
        sliceCycle = cycle;
        sliceStep = step;
        sliceSetCurrentDensity = held.galvanostatic() ? held.setpoint() : Double.NaN;
        double before = kmc.timeSeconds();
        long electronsBefore = electrons();
        double end = Math.min(limit, before + lookSeconds(held));
        if (medium != null) {
            limit = Math.min(limit, medium.dueSeconds());
            end = Math.min(end, limit);
        }
        Advance advance = kmc.advance(end, Math.min(DRAWS_PER_SLICE, stopEvents - kmc.events()), transfersPerLook);
        if (advance == Advance.NOTHING_CAN_HAPPEN) {
            if (limit == Double.POSITIVE_INFINITY) {
                endReason = "nothing can happen any more";
                return;
            }
            kmc.idleUntil(limit);
            advance = Advance.TIME_REACHED;
        }
        if (!isBlocked()) {
            overpotentialSeconds += overpotentialVolts * (kmc.timeSeconds() - before);
            measuredSeconds += kmc.timeSeconds() - before;
        }
        electronsPassed += Math.abs(electrons() - electronsBefore);
        if (separation != null) {
            separation.follow(kmc.timeSeconds() - before, overpotentialVolts, !isAtRest(held));
        }
        endWhatIsDue(current, advance, stepEnd, segmentEnd);
    }

    /** The current density that brings the charge back to current × time. */
    private double correctedCurrent(double currentDensity) {
        double part = Math.max(-1, Math.min(1, behind(currentDensity)));
        double eitherWay = Math.abs(currentDensity) + kinetics.exchangedCurrentDensity(electronsPerSecond, factors);
        return currentDensity + part * eitherWay;
    }

    /** By how much the charge is behind current × time, over what is to be made up for at once. */
    private double behind(double currentDensity) {
        double due = (kmc.timeSeconds() - segmentStartSeconds) * currentDensity / chargePerElectron;
        return (due - (electrons() - segmentStartElectrons)) / catchUpElectrons;
    }

    /** How long the galvanostat may look away. */
    private double lookSeconds(Segment held) {
        return held.galvanostatic() && held.setpoint() != 0
                ? LOOK_INTERVAL * transfersPerLook * atomsPerSite * chargePerElectron / Math.abs(held.setpoint())
                : Double.POSITIVE_INFINITY;
    }

    /** Whether no overpotential gives the current that is held: an electrode at rest from which nothing can dissolve. */
    private boolean isBlocked() {
        return Math.abs(overpotentialVolts) >= ElectrodeKinetics.LARGEST_OVERPOTENTIAL_VOLTS;
    }

    /** Open circuit: where charge is transferred, but none is to pass. */
    private boolean isAtRest(Segment held) {
        return held.galvanostatic() && held.setpoint() == 0 && arrivalCurrentDensity == 0 && model.transfersCharge();
    }

    private void endWhatIsDue(Protocol.Step current, Advance advance, double stepEnd, double segmentEnd) {
        boolean shortCircuit = kmc.topReached();
        if (shortCircuit && Double.isNaN(shortCircuitSeconds)) {
            shortCircuitSeconds = kmc.topReachedSeconds();
        }
        if (shortCircuit && !endsOnShortCircuit(current)) {
            endReason = "the deposit has reached the top of the box";
        } else if (kmc.events() >= stopEvents) {
            endReason = "the limit of " + stopEvents + " events is reached";
        } else if (advance == Advance.TIME_REACHED && kmc.timeSeconds() >= stopSeconds) {
            endReason = "the limit of simulated time is reached";
        } else if (shortCircuit
                || isOver(current)
                || (advance == Advance.TIME_REACHED && kmc.timeSeconds() >= stepEnd)) {
            endStep();
        } else if (advance == Advance.TIME_REACHED && kmc.timeSeconds() >= segmentEnd) {
            endSegment();
            segment++;
        }
    }

    private boolean beginSegment() {
        Segment next = held();
        if (next == null) {
            return false;
        }
        setTemperature(stepTemperature());
        segmentStartSeconds = kmc.timeSeconds();
        segmentStartElectrons = electrons();
        segmentBegun = true;
        if (medium != null) {
            medium.demand();
        }
        if (!next.galvanostatic()) {
            setOverpotential(next.setpoint());
        }
        return true;
    }

    private double stepTemperature() {
        Scenario scenario = model.scenario();
        Quantity given = scenario.protocol().steps().get(step).temperature();
        return (given == null ? scenario.temperature() : given).kelvin();
    }

    private void setTemperature(double kelvin) {
        if (kelvin == temperatureKelvin) {
            return;
        }
        temperatureKelvin = kelvin;
        Model there = ModelCompiler.atTemperature(model, kelvin);
        kinetics = there.kinetics();
        kmc.replaceRates(SimulationAssembler.rates(there, lattice()));
        setOverpotential(overpotentialVolts);
    }

    /** What the rates are those of, K. */
    double temperatureKelvin() {
        return temperatureKelvin;
    }

    private void endStep() {
        Protocol protocol = model.scenario().protocol();
        endSegment();
        book.stepEnded(lattice(), electrons() - stepStartElectrons);
        segment = 0;
        stepStartSeconds = kmc.timeSeconds();
        stepStartElectrons = electrons();
        kmc.forgetTop();
        if (++step == protocol.steps().size()) {
            step = 0;
            finished = book.end(kmc.timeSeconds());
            if (++cycle == protocol.cycles()) {
                cycle = protocol.cycles() - 1;
                step = protocol.steps().size() - 1;
                endReason = "the protocol is done";
            }
        }
    }

    private static double orInfinity(@Nullable Quantity time) {
        return time == null ? Double.POSITIVE_INFINITY : time.seconds();
    }

    private double stepEndSeconds(Protocol.Step current) {
        Protocol.Until until = current.until();
        return stepStartSeconds + (until == null ? Double.POSITIVE_INFINITY : orInfinity(until.time()));
    }

    private static boolean endsOnShortCircuit(Protocol.Step current) {
        Protocol.Until until = current.until();
        return until != null && until.shortCircuit();
    }

    private boolean isOver(Protocol.Step current) {
        Protocol.Until until = current.until();
        if (until == null) {
            return false;
        }
        Quantity charge = until.charge();
        Quantity limit = until.overpotential();
        return (charge != null && stepChargeDensity() >= charge.coulombsPerSquareMetre())
                || (limit != null && Math.abs(overpotentialVolts) >= limit.volts())
                || (until.noMetalLeft() && !canOxidise());
    }

    private boolean canOxidise() {
        measureElectrons();
        for (double rate : electronsPerSecond) {
            if (rate < 0) {
                return true;
            }
        }
        return false;
    }

    // Control

    private void measureElectrons() {
        for (int g = 1; g < electronsPerSecond.length; g++) {
            electronsPerSecond[g] = kmc.rates().weightedRate(g, electronsAsWeights) * answers[g];
        }
    }

    /** Solves for the overpotential that carries the current; ends the step if that is beyond its limit, the run if there is none. */
    private boolean holdCurrent(double currentDensity, Protocol.Step current) {
        if (kinetics.groupCount() == 1) {
            // Nothing answers to the overpotential: no charge passes, or what arrives carries it.
            return true;
        }
        measureElectrons();
        double solution = kinetics.overpotential(
                electronsPerSecond, correctedCurrent(currentDensity) - arrivalCurrentDensity, overpotentialVolts);
        setOverpotential(Math.max(-complianceVolts, Math.min(complianceVolts, solution)));
        if (isOver(current)) {
            endStep();
            return false;
        }
        // At open circuit an electrode from which nothing can dissolve stays there, blocked.
        if (currentDensity != 0 && isBlocked()) {
            endReason = String.format(
                    Locale.ROOT,
                    "the electrode cannot carry %.4g mA/cm²: no overpotential up to ±%.0f V does",
                    currentDensity / 10,
                    ElectrodeKinetics.LARGEST_OVERPOTENTIAL_VOLTS);
            failed = true;
            return false;
        }
        boolean wanting = model.ions() != null
                && Math.abs(overpotentialVolts) >= complianceVolts
                && behind(currentDensity) * Math.signum(currentDensity) >= 1;
        if (wanting || medium != null && !medium.supplies()) {
            endReason = String.format(
                    Locale.ROOT,
                    "the electrolyte cannot supply %.4g mA/cm²: it is used up at the surface",
                    Math.abs(currentDensity) / 10);
            failed = true;
            return false;
        }
        return true;
    }

    private void setOverpotential(double volts) {
        overpotentialVolts = volts;
        kinetics.factors(volts, factors);
        if (medium != null) {
            medium.follow(factors, answers);
        }
        setFactors();
    }

    private void setFactors() {
        Arrays.setAll(answered, group -> factors[group] * answers[group]);
        kmc.rates().refactor(answered);
    }

    /** Ends the run from outside, for a reason of its own. */
    void end(String reason) {
        endReason = reason;
    }

    // Restart

    /** Writes everything a restart needs but the species of the sites, which make the lattice that a simulation starts from. */
    void save(DataOutput out) throws IOException {
        out.writeInt(cycle);
        out.writeInt(step);
        out.writeLong(segment);
        out.writeBoolean(segmentBegun);
        out.writeDouble(stepStartSeconds);
        out.writeLong(stepStartElectrons);
        out.writeDouble(segmentStartSeconds);
        out.writeLong(segmentStartElectrons);
        out.writeDouble(temperatureKelvin);
        out.writeDouble(overpotentialVolts);
        out.writeLong(electronsPassed);
        out.writeLong(electronsPlated);
        out.writeLong(electronsStripped);
        out.writeInt(sliceCycle);
        out.writeInt(sliceStep);
        out.writeDouble(sliceSetCurrentDensity);
        out.writeDouble(meanStartSeconds);
        out.writeDouble(overpotentialSeconds);
        out.writeDouble(measuredSeconds);
        out.writeBoolean(failed);
        out.writeLong(meanStartElectrons);
        out.writeUTF(endReason == null ? "" : endReason);
        out.writeDouble(shortCircuitSeconds);
        book.save(out);
        if (medium != null) {
            medium.save(out);
        }
        if (separation != null) {
            separation.save(out);
        }
        kmc.save(out);
    }

    /** Restores what {@link #save} wrote. */
    void restore(DataInput in) throws IOException {
        cycle = in.readInt();
        step = in.readInt();
        segment = in.readLong();
        segmentBegun = in.readBoolean();
        stepStartSeconds = in.readDouble();
        stepStartElectrons = in.readLong();
        segmentStartSeconds = in.readDouble();
        segmentStartElectrons = in.readLong();
        setTemperature(in.readDouble());
        setOverpotential(in.readDouble());
        electronsPassed = in.readLong();
        electronsPlated = in.readLong();
        electronsStripped = in.readLong();
        sliceCycle = in.readInt();
        sliceStep = in.readInt();
        sliceSetCurrentDensity = in.readDouble();
        meanStartSeconds = in.readDouble();
        overpotentialSeconds = in.readDouble();
        measuredSeconds = in.readDouble();
        failed = in.readBoolean();
        meanStartElectrons = in.readLong();
        String reason = in.readUTF();
        endReason = reason.isEmpty() ? null : reason;
        shortCircuitSeconds = in.readDouble();
        book.restore(in);
        if (medium != null) {
            medium.restore(in);
            medium.copyAnswers(answers);
            setFactors();
        }
        if (separation != null) {
            separation.restore(in);
        }
        kmc.restore(in);
    }
}
