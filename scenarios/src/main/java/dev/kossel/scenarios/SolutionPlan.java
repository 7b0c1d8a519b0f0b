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
import java.util.Arrays;
import java.util.List;

/** When the fields of the electrolyte are to be solved again, from counts of events, simulated time, what reacts and what is held, never from the clock on the wall. Single-threaded. */
final class SolutionPlan {

    /** What a reaction beside others takes of an ion at a held current may come to more or less by this part of all that is taken of it before the fields are solved anew. */
    private static final double SHIFT = 0.3;
    /** What carries more than this part of a held current comes to as much whatever else happens. */
    private static final double LARGE_SHARE = 0.5;
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
    private final double[] eitherWay;
    /** By process, how many sites an event of it turns solid. */
    private final int[] movement;

    private final long transfersPerSolution;
    /** Of the lowest cells, nm, and of the ion that diffuses slowest, nm²/s. */
    private final double heightNm;

    private final double slowest;

    /** By group and ion, whether any process of the group takes it out or gives it off. */
    private final boolean[][] exchanges;
    /** By group and ion, whether any process of the group does not: then the group's rate says nothing of that ion. */
    private final boolean[][] mixed;

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

    /** The same by group of rates, watched where a current is held: what one of several reactions takes follows the overpotential. */
    private final double[] groupReacted;

    private final double[] groupLowered;
    private final double[] groupUnlowered;
    /** By group, what passes of the ion of which least passes among those it exchanges: against that its changes are weighed. */
    private final double[] groupScale;

    /** @param solids species whose sites nothing passes */
    SolutionPlan(
            Model model,
            TransportModel transport,
            KineticMonteCarlo kmc,
            LocalRates rates,
            SurfaceReactions reactions,
            FieldGrid grid,
            SpeciesSet solids) {
        this.model = transport;
        this.kmc = kmc;
        this.rates = rates;
        this.reactions = reactions;
        int processes = reactions.processes();
        eitherWay = new double[processes];
        movement = new int[processes];
        for (int p = 0; p < processes; p++) {
            eitherWay[p] = Math.abs(reactions.electrons(p));
            movement[p] = movement(model.catalog().processes().get(p), reactions.electrons(p), solids);
        }
        transfersPerSolution = transport.transfersPerSolution(grid);
        heightNm = grid.heightNm(0);
        List<TransportModel.Ion> ions = transport.ions();
        slowest = ions.subList(0, transport.independentIons()).stream()
                .mapToDouble(TransportModel.Ion::diffusivityNm2PerSecond)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        int groups = transport.groups().size();
        groupReacted = new double[groups + 1];
        groupLowered = new double[groups + 1];
        groupUnlowered = new double[groups + 1];
        groupScale = new double[groups + 1];
        exchanges = new boolean[groups + 1][ions.size()];
        mixed = new boolean[groups + 1][ions.size()];
        for (int p = 0; p < processes; p++) {
            for (int ion = 0; ion < ions.size(); ion++) {
                boolean exchanged = transport.given(p)[ion] != 0;
                exchanges[reactions.group(p)][ion] |= exchanged;
                mixed[reactions.group(p)][ion] |= !exchanged;
            }
        }
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

    /**
     * Whether so much more or less reacts at a held potential than when the fields were solved that they would answer. Where current is held, the overpotential
     * answers; where fields hardly lower the rates, there is no need to.
     */
    private boolean surfaceHasChanged() {
        return Double.isNaN(reactedPerSecond)
                ? reactionsHaveShifted()
                : Math.abs(reactingPerSecond() - reactedPerSecond) * lowered > model.step() * reactedPerSecond;
    }

    /** Whether, at a held current, a reaction that the fields lower takes so much more or less than when they were solved that what is owed would not be settled. */
    private boolean reactionsHaveShifted() {
        double all = Arrays.stream(groupReacted).sum();
        for (int g = 1; solved && g < groupReacted.length; g++) {
            if (groupReacted[g] > 0 && groupReacted[g] <= LARGE_SHARE * all && groupLowered[g] > SHIFT) {
                double now = rates.weightedRate(g, eitherWay) * rates.factor(g);
                if (Math.abs(now - groupReacted[g]) * groupLowered[g] > SHIFT * groupScale[g]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where several groups exchange an ion, a change of one matters against what passes of it in all. */
    private void weighGroups() {
        Arrays.fill(groupScale, Double.POSITIVE_INFINITY);
        for (int ion = 0; ion < model.ions().size(); ion++) {
            double passing = 0;
            for (int g = 1; g < groupScale.length; g++) {
                passing += exchanges[g][ion] && !mixed[g][ion] ? groupReacted[g] : 0;
            }
            for (int g = 1; g < groupScale.length; g++) {
                groupScale[g] = exchanges[g][ion] ? Math.min(groupScale[g], passing) : groupScale[g];
            }
        }
        for (int g = 1; g < groupScale.length; g++) {
            groupScale[g] =
                    Double.isInfinite(groupScale[g]) ? groupReacted[g] : Math.max(groupReacted[g], groupScale[g]);
        }
    }

    private double reactingPerSecond() {
        double sum = 0;
        for (int g = 1; g < groupReacted.length; g++) {
            sum += rates.weightedRate(g, eitherWay) * reactions.groupFactor(g);
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
        measureLowering();
        for (int p = 0; p < countsBefore.length; p++) {
            countsBefore[p] = kmc.eventCount(p);
        }
        reactedPerSecond = isHeld ? Double.NaN : reactingPerSecond();
        for (int g = 1; g < groupReacted.length; g++) {
            groupReacted[g] = rates.weightedRate(g, eitherWay) * reactions.groupFactor(g);
        }
        weighGroups();
        solvedSeconds = kmc.timeSeconds();
        demanded = false;
        solved = true;
    }

    private void measureLowering() {
        double passing = 0;
        double unlowered = 0;
        Arrays.fill(groupLowered, 0);
        Arrays.fill(groupUnlowered, 0);
        for (int n = 0; n < reactions.reacting().size(); n++) {
            int cell = reactions.reacting().getInt(n);
            for (int p = 0; p < reactions.processes(); p++) {
                int group = reactions.group(p);
                double part = eitherWay[p] * reactions.rate(p, cell);
                double free = eitherWay[p] * reactions.tally(p, cell) * reactions.groupFactor(group);
                passing += part;
                unlowered += free;
                groupLowered[group] += part;
                groupUnlowered[group] += free;
            }
        }
        Arrays.setAll(
                groupLowered, g -> groupUnlowered[g] > 0 ? Math.max(0, 1 - groupLowered[g] / groupUnlowered[g]) : 0);
        lowered = unlowered > 0 ? Math.max(0, 1 - passing / unlowered) : 0;
    }

    void save(DataOutput out) throws IOException {
        for (long count : countsBefore) {
            out.writeLong(count);
        }
        for (double[] row : List.of(groupReacted, groupLowered, groupScale)) {
            for (double value : row) {
                out.writeDouble(value);
            }
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
        for (double[] row : List.of(groupReacted, groupLowered, groupScale)) {
            for (int g = 0; g < row.length; g++) {
                row[g] = in.readDouble();
            }
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
