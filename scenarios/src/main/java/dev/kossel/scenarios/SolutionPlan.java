package dev.kossel.scenarios;

import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.LocalRates;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** When the fields of the electrolyte are to be solved again, from counts of events, simulated time, what reacts and what is held, never from the clock on the wall. Single-threaded. */
final class SolutionPlan {

    /** After a change of what is held, steps are this part of the time since. */
    private static final double STEP_OF_ELAPSED = 0.03;
    /** The first step after it, over the time in which a cell of the grid is diffused through. */
    private static final double FIRST_STEP = 0.1;
    /** A debt is settled over so many solutions, so that the noise of single events in a short step hardly shows in a concentration, */
    private static final double SETTLING_STEPS = 20;
    /** and, quasi-steady, over no fewer transfers than these. */
    private static final double SETTLING_TRANSFERS = 500;
    /** Of transfers that are undone again, one in so many counts. */
    private static final int UNDONE = 64;

    private final TransportModel model;
    private final KineticMonteCarlo kmc;
    private final LocalRates rates;
    private final SurfaceReactions reactions;
    /** Of each ion. */
    private final IonResponse[] responses;

    private final double[] eitherWay;
    /** By process, how many sites an event of it turns solid. */
    private final int[] movement;

    private final long transfersPerSolution;
    /** Of the lowest cells, nm, and of the ion that diffuses slowest, nm²/s. */
    private final double heightNm;

    private final double slowest;

    private final long[] countsBefore;
    private final long[] events;
    private double solvedSeconds;
    private double stepSeconds;
    private double settlingSeconds;
    private double heldSeconds;
    private boolean demanded = true;
    private boolean solved;
    /** Electrons that pass either way at the factors of the last solution, s⁻¹; NaN where that is not watched. */
    private double reactedPerSecond = Double.NaN;
    /** By which part the fields lower what would react without them. */
    private double lowered;

    /** @param solids species whose sites nothing passes */
    SolutionPlan(
            Model model,
            TransportModel transport,
            KineticMonteCarlo kmc,
            LocalRates rates,
            SurfaceReactions reactions,
            IonResponse[] responses,
            FieldGrid grid,
            SpeciesSet solids) {
        this.model = transport;
        this.kmc = kmc;
        this.rates = rates;
        this.reactions = reactions;
        this.responses = responses;
        int processes = reactions.processes();
        eitherWay = new double[processes];
        movement = new int[processes];
        for (int p = 0; p < processes; p++) {
            eitherWay[p] = Math.abs(reactions.electrons(p));
            movement[p] = movement(model.catalog().processes().get(p), reactions.electrons(p), solids);
        }
        transfersPerSolution = transport.transfersPerSolution(grid);
        heightNm = grid.heightNm(0);
        slowest = transport.ions().subList(0, transport.independentIons()).stream()
                .mapToDouble(TransportModel.Ion::diffusivityNm2PerSecond)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        countsBefore = new long[processes];
        events = new long[processes];
    }

    private static int movement(ElementaryProcess process, double electronsTaken, SpeciesSet solids) {
        if (process instanceof ElementaryProcess.SiteProcess site) {
            return (solids.contains(site.after()) ? 1 : 0) - (solids.contains(site.before()) ? 1 : 0);
        }
        return electronsTaken < 0 ? -1 : 1;
    }

    /** Has it solved at the next opportunity: something else is held. */
    void demand() {
        demanded = true;
        heldSeconds = kmc.timeSeconds();
    }

    /** Whether fields are to be solved now. */
    boolean isDue() {
        return demanded
                || kmc.timeSeconds() >= dueSeconds()
                || transfersSince() >= transfersAllowed()
                || surfaceHasChanged();
    }

    private boolean surfaceHasChanged() {
        return reactionsHaveChanged() || ionsHaveShifted();
    }

    /**
     * Whether so much more or less reacts at a held potential than when the fields were solved that they would answer. Where current is held, the overpotential
     * answers; where fields hardly lower the rates, there is no need to.
     */
    private boolean reactionsHaveChanged() {
        return !Double.isNaN(reactedPerSecond)
                && Math.abs(reactingPerSecond() - reactedPerSecond) * lowered > model.step() * reactedPerSecond;
    }

    /** Whether so much more or less passes of an ion that what the fields let through means nothing any more: what one of several reactions takes or gives follows the overpotential. */
    private boolean ionsHaveShifted() {
        for (IonResponse response : responses) {
            if (response.hasShifted()) {
                return true;
            }
        }
        return false;
    }

    private double reactingPerSecond() {
        double sum = 0;
        for (int group = 1; group <= model.groups().size(); group++) {
            sum += rates.weightedRate(group, eitherWay) * reactions.groupFactor(group);
        }
        return sum;
    }

    /** When the step of a transient ends. */
    double dueSeconds() {
        return model.isTransient() && solved ? solvedSeconds + stepSeconds : Double.POSITIVE_INFINITY;
    }

    /** In a transient steps are chosen by time; twice as many transfers as meant cut one short. */
    private long transfersAllowed() {
        return model.isTransient() ? 2 * transfersPerSolution : transfersPerSolution;
    }

    /** Net transfers since the last solution; of those that undo one another a small part, as they roughen the surface at most. */
    private long transfersSince() {
        long net = 0;
        long gross = 0;
        for (int p = 0; p < reactions.processes(); p++) {
            if (reactions.matters(p)) {
                long since = kmc.eventCount(p) - countsBefore[p];
                gross += since;
                net += movement[p] * since;
            }
        }
        return Math.abs(net) + (gross - Math.abs(net)) / UNDONE;
    }

    /** Whether there has been a solution. */
    boolean hasSolved() {
        return solved;
    }

    /** Since the last solution, s. */
    double elapsedSeconds() {
        return kmc.timeSeconds() - solvedSeconds;
    }

    /** The step in time that the last solution was made for. */
    double stepSeconds() {
        return stepSeconds;
    }

    /** The time in which debts are settled. */
    double settlingSeconds() {
        return settlingSeconds;
    }

    /** Events since the last solution, by process; overwritten by the next call. */
    long[] eventsSince() {
        for (int p = 0; p < events.length; p++) {
            events[p] = kmc.eventCount(p) - countsBefore[p];
        }
        return events;
    }

    /** Finds the length of the step and the time in which debts are settled from what reacts now. */
    void plan() {
        IntArrayList reacting = reactions.reacting();
        double net = 0;
        double gross = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            for (int p = 0; p < reactions.processes(); p++) {
                double rate = reactions.rate(p, cell);
                net += movement[p] * rate;
                gross += rate;
            }
        }
        net = Math.abs(net);
        if (model.isTransient()) {
            stepSeconds = Math.min(longestStep(), transfersPerSolution / net);
            settlingSeconds = SETTLING_STEPS * stepSeconds;
        } else {
            double interval = transfersPerSolution / (net + (gross - net) / UNDONE);
            settlingSeconds = Math.max(SETTLING_STEPS * interval, SETTLING_TRANSFERS / gross);
        }
    }

    private double longestStep() {
        double elapsed = kmc.timeSeconds() - heldSeconds;
        return Math.min(
                model.longestStepSeconds(),
                Math.max(FIRST_STEP * heightNm * heightNm / slowest, STEP_OF_ELAPSED * elapsed));
    }

    /**
     * Notes that fields were solved, with what reacts at them.
     *
     * @param isHeld whether a current is held
     */
    void note(boolean isHeld) {
        for (int p = 0; p < countsBefore.length; p++) {
            countsBefore[p] = kmc.eventCount(p);
        }
        reactedPerSecond = isHeld ? Double.NaN : reactingPerSecond();
        lowered = isHeld ? 0 : lowering();
        solvedSeconds = kmc.timeSeconds();
        demanded = false;
        solved = true;
    }

    /** By which part the fields lower what would react without them. */
    private double lowering() {
        double passing = 0;
        double unlowered = 0;
        IntArrayList reacting = reactions.reacting();
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            for (int p = 0; p < reactions.processes(); p++) {
                passing += eitherWay[p] * reactions.rate(p, cell);
                unlowered += eitherWay[p] * reactions.tally(p, cell) * reactions.groupFactor(reactions.group(p));
            }
        }
        return unlowered > 0 ? Math.max(0, 1 - passing / unlowered) : 0;
    }

    void save(DataOutput out) throws IOException {
        for (long count : countsBefore) {
            out.writeLong(count);
        }
        out.writeDouble(solvedSeconds);
        out.writeDouble(stepSeconds);
        out.writeDouble(heldSeconds);
        out.writeBoolean(demanded);
        out.writeBoolean(solved);
        out.writeDouble(reactedPerSecond);
        out.writeDouble(lowered);
    }

    void restore(DataInput in) throws IOException {
        for (int p = 0; p < countsBefore.length; p++) {
            countsBefore[p] = in.readLong();
        }
        solvedSeconds = in.readDouble();
        stepSeconds = in.readDouble();
        heldSeconds = in.readDouble();
        demanded = in.readBoolean();
        solved = in.readBoolean();
        reactedPerSecond = in.readDouble();
        lowered = in.readDouble();
    }
}
