package dev.kossel.scenarios;

import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.field.OpenSpace;
import dev.kossel.engine.process.LocalRates;
import dev.kossel.engine.process.Phase;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.scenarios.physics.AcidBase;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The electrolyte above the electrode: its concentrations and its potential around the surface as it is, and what they make of the rates.
 *
 * <p>A solution takes the rates of all processes by cell from the lattice and solves, by turns until nothing changes, diffusion with these rates as sinks and sources, conduction with the
 * current they carry, and for the overpotential that carries the current where one is held. Each rate is linear in the concentration or the potential of its own cell within a
 * turn, so depletion is approached and never overshot. Between solutions the local factors stay as they are, but for one number an ion ({@link IonResponse}).
 *
 * <p>A transient leads: the fields that hold until the next solution are those at its time, by implicit Euler, so that what is taken out in a step is
 * what the events of the step are expected to take.
 *
 * <p>What events take beyond what the fields have let through is owed, and settled in the time that follows: the noise of single events, and what reacts on a
 * surface that has grown since the last solution. What is taken out and what is owed add up to the events exactly.
 *
 * <p>When it is solved depends on counts of events, on simulated time and on what is held, never on the clock on the wall. Single-threaded.
 */
public final class Electrolyte implements Medium {

    private static final int MOST_TURNS = 60;
    /** Local factors are known to this many times the tolerance of the balances. */
    private static final double SETTLED = 10;
    /** What turns to come would change is taken to be no more than so many times what the last one did. */
    private static final double LONGEST_SERIES = 10;
    /** Where they are known to no better than this part, the rates mean nothing. */
    private static final double LOST = 0.1;
    /** Linear systems are solved to this part of what the turn before has changed, unless this turn should be the last, */
    private static final double ROUGH = 0.01;
    /** which before the first, from the fields of a surface shortly before, is taken to be this part; */
    private static final double FIRST_CHANGE = 0.1;
    /** and what the first turn changes is taken to be this part of what was wrong. */
    private static final double FIRST_RATE = 0.1;
    /** A held current that rates and supply differ by more than this part of cannot be supplied. */
    private static final double SHORTFALL = 0.02;

    private final TransportModel model;
    private final LocalRates rates;
    private final SpeciesSet solids;
    private final OpenSpace space;
    private final SurfaceReactions reactions;
    /** The ions that diffuse on their own; those of water come after them. */
    private final IonSupply[] ions;
    /** What the space before held of each in a transient. */
    private final double[] contents;
    /** H+ and OH-; null where the pH is left out. */
    private final @Nullable WaterField water;
    /** Null where it is left out. */
    private final @Nullable ElectrolytePotential potential;

    /** Of each ion, those of water among them. */
    private final IonResponse[] responses;

    private final SolutionPlan plan;
    private final LocalCurrents currents;
    /** How long after the last solution the answers are those of. */
    private double followedSeconds;

    private double shortfall;
    private long solutions;
    private long unsettledSolutions;
    /** By how much local factors still changed at the last turn of a solution, relatively: of the last solution, and the most of those that did not settle. */
    private double leftover;

    private double largestLeftover;
    private long nanos;

    Electrolyte(Model model, TransportModel transport, KineticMonteCarlo kmc, LocalRates rates, FieldGrid grid) {
        this.model = transport;
        this.rates = rates;
        List<dev.kossel.engine.process.Species> species = model.catalog().species();
        solids = SpeciesSet.of(IntStream.range(0, species.size())
                .filter(s ->
                        species.get(s).phase() != Phase.VACANT && species.get(s).phase() != Phase.ION)
                .toArray());
        space = new OpenSpace(grid);
        reactions = new SurfaceReactions(model, transport, rates, space);
        ions = new IonSupply[transport.independentIons()];
        Arrays.setAll(ions, ion -> new IonSupply(transport, ion, reactions, space));
        contents = new double[ions.length];
        AcidBase acidity = transport.acidity();
        water = acidity == null ? null : new WaterField(transport, acidity, reactions, space);
        potential = transport.hasPotential() ? new ElectrolytePotential(transport, reactions, space) : null;
        responses = new IonResponse[transport.ions().size()];
        Arrays.setAll(responses, ion -> new IonResponse(transport, ion, rates, reactions));
        plan = new SolutionPlan(model, transport, kmc, rates, reactions, responses, grid, solids);
        currents = new LocalCurrents(rates, reactions, grid, solids, transport);
    }

    /** The grid of the fields. */
    public FieldGrid grid() {
        return space.grid();
    }

    /** Concentration of an ion by cell, mol/L; what closed cells hold means nothing. */
    public double[] concentrations(int ion) {
        if (ion >= ions.length) {
            return Objects.requireNonNull(water).concentrations(ion == ions.length);
        }
        return Arrays.stream(ions[ion].field().values())
                .map(perNm3 -> perNm3 / TransportModel.PER_NM3_AND_MOLAR)
                .toArray();
    }

    /** Potential by cell against that of the bulk, V, all 0 where it is left out; what closed cells hold means nothing. */
    public double[] potentials() {
        return potential == null ? new double[grid().cellCount()] : potential.values(ions);
    }

    /** By group, what its rates are multiplied by in each cell, live; of the first, which is no group of charge transfers, nothing. */
    double[][] localFactors() {
        return reactions.localFactors();
    }

    @Override
    public void demand() {
        plan.demand();
    }

    @Override
    public boolean isDue() {
        return plan.isDue();
    }

    @Override
    public double dueSeconds() {
        return plan.dueSeconds();
    }

    // Solving

    @Override
    public double solve(double overpotentialVolts, double currentDensity) {
        long began = System.nanoTime();
        closeStep();
        followSurface(overpotentialVolts);
        double eta = takeTurns(overpotentialVolts, currentDensity);
        rates.localise(reactions.localFactors());
        currents.take();
        extend();
        plan.note(!Double.isNaN(currentDensity));
        noteResponses(!Double.isNaN(currentDensity));
        solutions++;
        nanos += System.nanoTime() - began;
        return eta;
    }

    private void noteResponses(boolean isHeld) {
        followedSeconds = 0;
        for (int ion = 0; ion < responses.length; ion++) {
            responses[ion].note(isHeld, ion < ions.length ? ions[ion].net() : Double.NaN);
        }
    }

    @Override
    public void follow(double[] factors, double[] answers) {
        passTime();
        for (IonResponse response : responses) {
            copyAnswers(answers);
            response.follow(factors, answers);
        }
        copyAnswers(answers);
    }

    @Override
    public boolean answers() {
        for (IonResponse response : responses) {
            if (response.answers()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void copyAnswers(double[] answers) {
        Arrays.fill(answers, 1);
        for (IonResponse response : responses) {
            for (int group = 1; group < answers.length; group++) {
                answers[group] *= response.answer(group);
            }
        }
    }

    private void passTime() {
        if (plan.hasSolved()) {
            double elapsed = plan.elapsedSeconds();
            for (IonResponse response : responses) {
                response.pass(elapsed - followedSeconds);
            }
            followedSeconds = elapsed;
        }
    }

    private void closeStep() {
        if (plan.hasSolved()) {
            passTime();
            long[] events = plan.eventsSince();
            for (int ion = 0; ion < ions.length; ion++) {
                ions[ion].closeStep(plan.elapsedSeconds(), plan.stepSeconds(), events, responses[ion].beyond());
            }
            if (water != null) {
                water.closeStep(plan.elapsedSeconds(), plan.stepSeconds(), events);
            }
        }
    }

    private void followSurface(double overpotentialVolts) {
        for (int ion = 0; ion < ions.length; ion++) {
            contents[ion] = plan.hasSolved() && model.isTransient() ? ions[ion].content() : Double.NaN;
        }
        space.measure(rates.lattice(), solids, Objects.requireNonNull(rates.cellSites()), rates.changes());
        for (int ion = 0; ion < ions.length; ion++) {
            ions[ion].follow(responses[ion].ratio(), responses[ion].flowing());
            ions[ion].begin(contents[ion]);
        }
        if (water != null) {
            water.begin(!plan.hasSolved());
        }
        if (potential != null) {
            potential.begin(ions);
        }
        reactions.measure(plan.hasSolved());
        reactions.findFactors(overpotentialVolts, Double.NaN);
        plan.plan();
    }

    /** Solves by turns until nothing changes any more. */
    private double takeTurns(double overpotentialVolts, double currentDensity) {
        double eta = overpotentialVolts;
        double settledAt = SETTLED * model.tolerance();
        double change = FIRST_CHANGE;
        double rate = FIRST_RATE;
        double left = Double.POSITIVE_INFINITY;
        double tolerance = Double.POSITIVE_INFINITY;
        for (int turn = 0; turn < MOST_TURNS && (left > settledAt || tolerance > model.tolerance()); turn++) {
            boolean isLast = left <= settledAt || turn > 0 && leftAfter(rate * change, rate) <= settledAt;
            tolerance = isLast ? model.tolerance() : Math.max(model.tolerance(), ROUGH * change);
            eta = reactions.findFactors(eta, currentDensity);
            double worst = turn(eta, currentDensity, tolerance);
            rate = turn == 0 ? FIRST_RATE : worst / change;
            left = leftAfter(worst, rate);
            change = worst;
        }
        eta = reactions.findFactors(eta, currentDensity);
        reactions.spreadFactors();
        leftover = left;
        shortfall = Double.isNaN(currentDensity) || currentDensity == 0 ? 0 : largestShortfall();
        if (left > settledAt && !runsDry()) {
            unsettledSolutions++;
            largestLeftover = Math.max(largestLeftover, left);
        }
        return eta;
    }

    /** Solves for each field with the rates as they are; returns the largest part by which anything at the surface changes. */
    private double turn(double overpotentialVolts, double currentDensity, double tolerance) {
        double worst = 0;
        for (IonSupply ion : ions) {
            worst = Math.max(worst, ion.diffuse(currentDensity, plan.stepSeconds(), plan.settlingSeconds(), tolerance));
        }
        if (water != null) {
            worst = Math.max(worst, water.diffuse(plan.stepSeconds(), plan.settlingSeconds(), tolerance));
        }
        if (potential != null) {
            if (model.salt() != null) {
                // Depletion raises the resistance in its own way: rates that do not know of it yet would swing.
                reactions.findFactors(overpotentialVolts, currentDensity);
            }
            worst = Math.max(worst, potential.conduct(ions, currentDensity, tolerance));
        }
        return worst;
    }

    /**
     * What turns to come would change in all if each changed the same part of what the one before did: a geometric series (E. Hairer, G. Wanner, Solving Ordinary Differential
     * Equations II, 2nd ed., section IV.8).
     */
    private static double leftAfter(double change, double rate) {
        return change * (rate < 1 ? Math.min(LONGEST_SERIES, rate / (1 - rate)) : LONGEST_SERIES);
    }

    /** What runs dry under a held current has no solution to settle at: it ends the run where the shortfall is large enough. */
    private boolean runsDry() {
        return shortfall > SETTLED * model.tolerance();
    }

    private double largestShortfall() {
        double worst = 0;
        for (IonSupply ion : ions) {
            worst = Math.max(worst, ion.shortfall());
        }
        return worst;
    }

    private void extend() {
        for (IonSupply ion : ions) {
            ion.field().extend(space);
        }
        if (water != null) {
            water.extend();
        }
        if (potential != null) {
            potential.extend();
        }
    }

    @Override
    public boolean supplies() {
        return shortfall < SHORTFALL;
    }

    @Override
    public boolean settles() {
        return leftover < LOST || runsDry();
    }

    // Readings

    /** Where the current flows. */
    LocalCurrents currents() {
        return currents;
    }

    /** The least concentration of an ion where anything reacts, of the last solution; mol/L. */
    public double leastConcentration(int ion) {
        return extreme(ion, -1);
    }

    /** The largest concentration of an ion where anything reacts, mol/L. */
    double largestConcentration(int ion) {
        return extreme(ion, 1);
    }

    private double extreme(int ion, int sign) {
        IntArrayList reacting = reactions.reacting();
        double extreme = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < reacting.size(); n++) {
            extreme = Math.max(extreme, sign * reactions.concentrations(ion)[reacting.getInt(n)]);
        }
        return reacting.isEmpty() ? Double.NaN : sign * extreme / TransportModel.PER_NM3_AND_MOLAR;
    }

    /** pH where anything reacts: the mean over the cells, the least and the largest. NaN where nothing reacts, or the pH is left out. */
    double[] surfacePh() {
        IntArrayList reacting = reactions.reacting();
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < reacting.size() && water != null; n++) {
            double ph = -Math.log10(
                    reactions.concentrations(ions.length)[reacting.getInt(n)] / TransportModel.PER_NM3_AND_MOLAR);
            sum += ph;
            least = Math.min(least, ph);
            most = Math.max(most, ph);
        }
        return reacting.isEmpty() || water == null
                ? new double[] {Double.NaN, Double.NaN, Double.NaN}
                : new double[] {sum / reacting.size(), least, most};
    }

    /** What the fields have let through of an ion up to the last solution and what events have taken beyond that, in particles. */
    double takenOut(int ion) {
        return ions[ion].takenOut();
    }

    double owed(int ion) {
        return ions[ion].owed();
    }

    /** {@link IonSupply#lost}. */
    double lost(int ion) {
        return ions[ion].lost();
    }

    /** The base that the electrolyte holds in a transient; null where that or the pH is left out. */
    @Nullable
    BaseInTime heldBase() {
        return water == null ? null : water.held();
    }

    /**
     * Copies the fields at the surface as it is now: its currents ({@link LocalCurrents#copy}) and concentrations. A
     * cell in which nothing reacts has the values of the one that stands in for it, so they are meant for cells at the surface. Before anything was held there are only the concentrations,
     * those of the bulk. O(sites); changes nothing that a solution reads.
     *
     * @param out a row for each of {@link TransportModel#surfaceFields}, one number a cell
     */
    void copySurface(double overpotentialVolts, double[][] out) {
        Arrays.fill(out[0], Double.NaN);
        Arrays.fill(out[1], Double.NaN);
        if (plan.hasSolved()) {
            currents.copy(overpotentialVolts, out[0], out[1]);
        }
        int all = model.ions().size();
        for (int cell = 0; cell < grid().cellCount(); cell++) {
            int host = plan.hasSolved() ? reactions.standIn(cell) : cell;
            for (int ion = 0; ion < all; ion++) {
                out[2 + ion][cell] = reactions.concentrations(ion)[host] / TransportModel.PER_NM3_AND_MOLAR;
            }
            if (water != null) {
                out[2 + all][cell] = -Math.log10(out[2 + ions.length][cell]);
            }
        }
    }

    /**
     * Copies the fields in space, as they were at the last solution; NaN in closed cells, the bulk before anything was held. O(cells).
     *
     * @param out a row for each of {@link TransportModel#spaceFields}, one number a cell
     */
    void copySpace(double[][] out) {
        int row = 0;
        for (int cell = 0; cell < grid().cellCount(); cell++) {
            out[row][cell] = space.open(cell);
        }
        if (potential != null) {
            copyOpen(potential.values(ions), out[++row]);
        }
        for (int ion = 0; ion < model.ions().size(); ion++) {
            copyOpen(concentrations(ion), out[++row]);
        }
        if (water != null) {
            double[] protons = out[row - 1];
            row++;
            for (int cell = 0; cell < grid().cellCount(); cell++) {
                out[row][cell] = -Math.log10(protons[cell]);
            }
        }
    }

    private void copyOpen(double[] values, double[] out) {
        for (int cell = 0; cell < out.length; cell++) {
            out[cell] = space.open(cell) > 0 ? values[cell] : Double.NaN;
        }
    }

    /** The cost of the solutions so far, over all processes that worked on the run, on the clock on the wall, s. */
    double wallSeconds() {
        return nanos * 1e-9;
    }

    long solutions() {
        return solutions;
    }

    /** How many of them had not settled when their turns were over. */
    long unsettledSolutions() {
        return unsettledSolutions;
    }

    /** The largest part by which a local factor would still have changed in one of these; 0 if all have settled. */
    double largestLeftover() {
        return largestLeftover;
    }

    /** Iterations of the linear solver so far. */
    long iterations() {
        long sum = potential == null ? 0 : potential.iterations();
        for (IonSupply ion : ions) {
            sum += ion.field().iterations();
        }
        return sum;
    }

    // Restart

    @Override
    public void save(DataOutput out) throws IOException {
        space.save(out);
        reactions.save(out);
        for (IonSupply ion : ions) {
            ion.save(out);
        }
        if (water != null) {
            water.save(out);
        }
        if (potential != null) {
            potential.save(out);
        }
        plan.save(out);
        for (IonResponse response : responses) {
            response.save(out);
        }
        out.writeDouble(followedSeconds);
        currents.save(out);
        out.writeDouble(shortfall);
        out.writeLong(solutions);
        out.writeLong(unsettledSolutions);
        out.writeDouble(leftover);
        out.writeDouble(largestLeftover);
        out.writeLong(nanos);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        space.restore(in);
        reactions.restore(in);
        for (IonSupply ion : ions) {
            ion.restore(in);
        }
        if (water != null) {
            water.restore(in);
        }
        if (potential != null) {
            potential.restore(in);
        }
        plan.restore(in);
        for (IonResponse response : responses) {
            response.restore(in);
        }
        followedSeconds = in.readDouble();
        currents.restore(in);
        shortfall = in.readDouble();
        solutions = in.readLong();
        unsettledSolutions = in.readLong();
        leftover = in.readDouble();
        largestLeftover = in.readDouble();
        nanos = in.readLong();
        if (plan.hasSolved()) {
            rates.localise(reactions.localFactors());
        }
    }
}
