package dev.kossel.scenarios;

import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.engine.field.Conduction;
import dev.kossel.engine.field.DiffusingField;
import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.field.OpenSpace;
import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.LocalRates;
import dev.kossel.engine.process.Phase;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.FacingArea;
import dev.kossel.scenarios.physics.AcidBase;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.physics.ElectrodeKinetics;
import dev.kossel.scenarios.physics.OverpotentialFactor;
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
 * turn, so depletion is approached and never overshot. Between solutions the local factors stay as they are.
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
    /** The linear systems of a turn are solved to this part of what the turn before has changed, */
    private static final double ROUGH = 0.01;
    /** which before the first, from the fields of a surface shortly before, is taken to be this part; */
    private static final double FIRST_CHANGE = 0.1;
    /** and what the first turn changes is taken to be this part of what was wrong. */
    private static final double FIRST_RATE = 0.1;
    /** What a reaction beside others takes of an ion at a held current may come to more or less by this part of all that is taken of it before the fields are solved anew. */
    private static final double SHIFT = 0.3;
    /** A held current fixes what is taken out of an ion that carries more than this part of it. */
    private static final double LARGE_SHARE = 0.5;
    /** No turn takes more than this part of a concentration away. */
    private static final double LEAST_PART = 0.1;
    /** And none leaves less than this part of the bulk's. */
    private static final double NOTHING = 1e-12;
    /** A held current that rates and supply differ by more than this part of cannot be supplied. */
    private static final double SHORTFALL = 0.02;
    /** After a change of what is held, steps are this part of the time since. */
    private static final double STEP_OF_ELAPSED = 0.03;
    /** The first step after it, over the time in which a cell of the grid is diffused through. */
    private static final double FIRST_STEP = 0.1;
    /** A debt is settled over so many solutions, so that the noise of single events in a short step hardly shows in a concentration, */
    private static final double SETTLING_STEPS = 20;
    /** and, quasi-steady, over no fewer transfers than these. */
    private static final double SETTLING_TRANSFERS = 500;
    /** And at no more than this part of the flux. */
    private static final double SETTLEMENT = 0.5;
    /** Of transfers that are undone again, one in so many counts. */
    private static final int UNDONE = 64;
    /** Points of the table of a law over the potentials of a solution. */
    private static final int POINTS = 64;

    /** Of an electron a second through 1 nm². */
    private static final double AMPERES_PER_SQUARE_METRE = Constants.ELEMENTARY_CHARGE * 1e18;

    private final TransportModel model;
    private final KineticMonteCarlo kmc;
    private final LocalRates rates;
    private final ElectrodeKinetics kinetics;
    private final double[] electrons;
    private final double[] eitherWay;
    /** By process, how many sites an event of it turns solid. */
    private final int[] movement;

    private final double atomsPerSite;
    private final SpeciesSet solids;
    private final FacingArea facing;
    private final FieldGrid grid;
    private final OpenSpace space;
    private final DiffusingField[] fields;
    /** Of H+ and OH-, which come after the ions of the fields; null where the pH is left out. */
    private final @Nullable WaterField water;

    private final Conduction conduction;
    private final double[] conductivity;
    private final double[] potential;
    private final long transfersPerSolution;

    /** By process, rates by cell at factors 1; of what neither transfers charge nor touches the electrolyte, null. */
    private final double[][] tally;
    /** By ion, concentrations at the surface; those of the cells that no solid bounds are their own. */
    private final double[][] surface;

    private final double[] surfacePotential;
    private final double[][] local;
    private final IntArrayList reacting = new IntArrayList();
    /** The cell whose surface counts for sites in a cell: where nothing reacts yet, the nearest one where something does. */
    private final int[] standIn;

    private final double[] groupSums;
    private final double[] groupFactors;
    private final double[][] lawTable;
    private final double[] lawSlopes;
    private double tableStart;
    private double tableStep;

    // Of the solution at hand
    private final double[] flux;
    private final double[] absorptions;
    private final double[] sources;
    private final double[][] start;
    private final double[][] absorption;
    private final double[][] source;

    /** What is taken out on account of earlier steps, s⁻¹. */
    private final double[] settled;

    /** By group and ion, whether any process of the group takes it out or gives it off. */
    private final boolean[][] exchanges;
    /** By group and ion, whether any process of the group does not: then the group's rate says nothing of that ion. */
    private final boolean[][] mixed;

    /** Whether charge transfer takes an ion out, so that a held current fixes how much. */
    private final boolean[] supplied;

    private final double[] owed;
    private final double[] takenOut;
    private final double[] flownIn;
    private final double[] displaced;
    private final double[] initialContent;
    private final long[] countsBefore;
    private double solvedSeconds;
    private double stepSeconds;
    private double heldSeconds;
    private boolean demanded = true;
    private boolean solved;
    private double settlingSeconds;
    private double shortfall;
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

    private double ohmicVolts;
    private double concentrationVolts;
    /** By layer, electrons of reductions, s⁻¹, and the rates of these at factors 1; of the last solution. */
    private final double[] layerReduction;

    private final double[] layerWeight;
    private long solutions;
    private long unsettledSolutions;
    /** By how much local factors still changed at the last turn of a solution, relatively: of the last solution, and the most of those that did not settle. */
    private double leftover;

    private double largestLeftover;
    private boolean runsDry;
    private long nanos;

    Electrolyte(Model model, TransportModel transport, KineticMonteCarlo kmc, LocalRates rates, FieldGrid grid) {
        this.model = transport;
        this.kmc = kmc;
        this.rates = rates;
        kinetics = model.kinetics();
        electrons = Arrays.stream(model.electrons()).asDoubleStream().toArray();
        eitherWay = Arrays.stream(electrons).map(Math::abs).toArray();
        atomsPerSite = model.scenario().lattice().atomsPerSite();
        List<dev.kossel.engine.process.Species> species = model.catalog().species();
        solids = SpeciesSet.of(IntStream.range(0, species.size())
                .filter(s ->
                        species.get(s).phase() != Phase.VACANT && species.get(s).phase() != Phase.ION)
                .toArray());
        movement = new int[electrons.length];
        for (int p = 0; p < movement.length; p++) {
            movement[p] = movement(model.catalog().processes().get(p), electrons[p]);
        }
        this.grid = grid;
        facing = new FacingArea(grid.geometry(), solids);
        space = new OpenSpace(grid);
        int cells = grid.cellCount();
        int ions = transport.ions().size();
        fields = new DiffusingField[transport.independentIons()];
        for (int ion = 0; ion < fields.length; ion++) {
            TransportModel.Ion of = transport.ions().get(ion);
            fields[ion] = new DiffusingField(grid, of.diffusivityNm2PerSecond(), of.bulkPerNm3());
        }
        conduction = new Conduction(grid);
        conductivity = transport.conductsAsIonsDo() ? new double[cells] : new double[1];
        potential = new double[cells];
        transfersPerSolution = transport.transfersPerSolution(grid);
        tally = new double[electrons.length][];
        for (int p = 0; p < electrons.length; p++) {
            boolean matters =
                    electrons[p] != 0 || Arrays.stream(transport.given(p)).anyMatch(amount -> amount != 0);
            tally[p] = matters ? new double[cells] : null;
        }
        surface = new double[ions][cells];
        surfacePotential = new double[cells];
        int groups = transport.groups().size();
        local = new double[groups + 1][cells];
        groupSums = new double[groups + 1];
        groupFactors = new double[groups + 1];
        groupReacted = new double[groups + 1];
        groupLowered = new double[groups + 1];
        groupUnlowered = new double[groups + 1];
        groupScale = new double[groups + 1];
        lawTable = new double[groups][POINTS + 1];
        lawSlopes = new double[groups];
        standIn = new int[cells];
        layerReduction = new double[grid.layers()];
        layerWeight = new double[grid.layers()];
        flux = new double[cells];
        absorptions = new double[cells];
        sources = new double[cells];
        start = new double[fields.length][cells];
        absorption = new double[fields.length][cells];
        source = new double[fields.length][cells];
        settled = new double[fields.length];
        owed = new double[fields.length];
        takenOut = new double[fields.length];
        flownIn = new double[fields.length];
        displaced = new double[fields.length];
        initialContent = new double[fields.length];
        supplied = new boolean[fields.length];
        exchanges = new boolean[groups + 1][ions];
        mixed = new boolean[groups + 1][ions];
        for (int p = 0; p < electrons.length; p++) {
            for (int ion = 0; ion < fields.length; ion++) {
                supplied[ion] |= electrons[p] != 0 && transport.given(p)[ion] < 0;
            }
            for (int ion = 0; ion < ions; ion++) {
                boolean exchanged = transport.given(p)[ion] != 0;
                exchanges[group(p)][ion] |= exchanged;
                mixed[group(p)][ion] |= !exchanged;
            }
        }
        countsBefore = new long[electrons.length];
        for (int ion = 0; ion < ions; ion++) {
            Arrays.fill(surface[ion], transport.ions().get(ion).bulkPerNm3());
        }
        AcidBase acidity = transport.acidity();
        water = acidity == null ? null : new WaterField(grid, acidity, surface[ions - 2], surface[ions - 1]);
    }

    private int movement(ElementaryProcess process, double electronsTaken) {
        if (process instanceof ElementaryProcess.SiteProcess site) {
            return (solids.contains(site.after()) ? 1 : 0) - (solids.contains(site.before()) ? 1 : 0);
        }
        return electronsTaken < 0 ? -1 : 1;
    }

    /** The grid of the fields. */
    public FieldGrid grid() {
        return grid;
    }

    OpenSpace space() {
        return space;
    }

    /** Concentration of an ion by cell, mol/L; what closed cells hold means nothing. */
    public double[] concentrations(int ion) {
        if (ion >= fields.length) {
            return Objects.requireNonNull(water).concentrations(ion == fields.length);
        }
        return Arrays.stream(fields[ion].values())
                .map(perNm3 -> perNm3 / TransportModel.PER_NM3_AND_MOLAR)
                .toArray();
    }

    /** By group, what its rates are multiplied by in each cell, live; of the first, which is no group of charge transfers, nothing. */
    double[][] localFactors() {
        return local;
    }

    /** Potential of the electrolyte by cell against that of the bulk, V. */
    public double[] potentials() {
        return potential.clone();
    }

    // When

    @Override
    public void demand() {
        demanded = true;
        heldSeconds = kmc.timeSeconds();
    }

    @Override
    public boolean isDue() {
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
            // What carries most of the current comes to as much whatever else happens.
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
        for (int g = 1; g < groupFactors.length; g++) {
            sum += rates.weightedRate(g, eitherWay) * groupFactors[g];
        }
        return sum;
    }

    @Override
    public double dueSeconds() {
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
        for (int p = 0; p < electrons.length; p++) {
            if (tally[p] != null) {
                long since = kmc.eventCount(p) - countsBefore[p];
                gross += since;
                net += movement[p] * since;
            }
        }
        return Math.abs(net) + (gross - Math.abs(net)) / UNDONE;
    }

    // Solving

    @Override
    public double solve(double overpotentialVolts, double currentDensity) {
        long began = System.nanoTime();
        closeStep();
        followSurface();
        double eta = overpotentialVolts;
        plan(eta);
        Arrays.setAll(initialContent, ion -> solved ? initialContent[ion] : fields[ion].content(space));
        for (int ion = 0; ion < fields.length; ion++) {
            System.arraycopy(fields[ion].values(), 0, start[ion], 0, start[ion].length);
        }
        if (model.hasPotential() && !model.conductsAsIonsDo()) {
            conductivity[0] = model.conductivity();
            conduction.conduct(space, conductivity);
        }
        double settledAt = SETTLED * model.tolerance();
        double change = FIRST_CHANGE;
        double left = Double.POSITIVE_INFINITY;
        double tolerance = Double.POSITIVE_INFINITY;
        for (int turn = 0; turn < MOST_TURNS && (left > settledAt || tolerance > model.tolerance()); turn++) {
            tolerance = left > settledAt ? Math.max(model.tolerance(), ROUGH * change) : model.tolerance();
            eta = findFactors(eta, currentDensity);
            double worst = 0;
            for (int ion = 0; ion < fields.length; ion++) {
                worst = Math.max(worst, diffuse(ion, currentDensity, tolerance));
            }
            if (water != null) {
                worst = Math.max(worst, diffuseBase(water, tolerance));
            }
            if (model.hasPotential()) {
                worst = Math.max(worst, conduct(eta, currentDensity, tolerance));
            }
            left = leftAfter(worst, turn == 0 ? FIRST_RATE : worst / change);
            change = worst;
        }
        eta = findFactors(eta, currentDensity);
        spreadFactors();
        leftover = left;
        shortfall = Double.isNaN(currentDensity) || currentDensity == 0 ? 0 : shortfall();
        // What runs dry under a held current has no solution to settle at: it ends the run where the shortfall is large
        // enough.
        runsDry = shortfall > settledAt;
        if (left > settledAt && !runsDry) {
            unsettledSolutions++;
            largestLeftover = Math.max(largestLeftover, left);
        }
        rates.localise(local);
        read(eta);
        for (DiffusingField field : fields) {
            field.extend(space);
        }
        if (water != null) {
            water.extend(space);
        }
        for (int cell = 0; cell < potential.length; cell++) {
            potential[cell] = potential[space.host(cell)];
        }
        for (int p = 0; p < countsBefore.length; p++) {
            countsBefore[p] = kmc.eventCount(p);
        }
        reactedPerSecond = Double.isNaN(currentDensity) ? reactingPerSecond() : Double.NaN;
        for (int g = 1; g < groupReacted.length; g++) {
            groupReacted[g] = rates.weightedRate(g, eitherWay) * groupFactors[g];
        }
        weighGroups();
        solvedSeconds = kmc.timeSeconds();
        demanded = false;
        solved = true;
        solutions++;
        nanos += System.nanoTime() - began;
        return eta;
    }

    /**
     * What turns to come would change in all if each changed the same part of what the one before did: a geometric series (E. Hairer, G. Wanner, Solving Ordinary Differential
     * Equations II, 2nd ed., section IV.8).
     */
    private static double leftAfter(double change, double rate) {
        return change * (rate < 1 ? Math.min(LONGEST_SERIES, rate / (1 - rate)) : LONGEST_SERIES);
    }

    /** Ends the step at the time it is: earlier than meant if something else is held now. Books what was taken out and what is owed. */
    private void closeStep() {
        double elapsed = kmc.timeSeconds() - solvedSeconds;
        for (int ion = 0; ion < fields.length && solved; ion++) {
            if (elapsed <= 0 && !model.isTransient()) {
                continue;
            }
            if (elapsed <= 0) {
                System.arraycopy(start[ion], 0, fields[ion].values(), 0, start[ion].length);
                continue;
            }
            if (model.isTransient() && elapsed < stepSeconds * (1 - 1e-12)) {
                fields[ion].advance(space, elapsed, start[ion], absorption[ion], source[ion], model.tolerance());
            }
            double amount = elapsed * net(ion);
            takenOut[ion] += amount;
            flownIn[ion] += elapsed * fields[ion].inflowPerSecond();
            owed[ion] -= amount;
            for (int p = 0; p < electrons.length; p++) {
                owed[ion] -= model.given(p)[ion] * (kmc.eventCount(p) - countsBefore[p]);
            }
        }
    }

    /** What the surface takes out of an ion as a whole, s⁻¹, in the last solution. */
    private double net(int ion) {
        double sum = 0;
        double[] values = fields[ion].values();
        for (int cell = 0; cell < values.length; cell++) {
            sum += absorption[ion][cell] * values[cell] - source[ion][cell];
        }
        return sum;
    }

    private void followSurface() {
        double[] before = new double[fields.length];
        for (int ion = 0; ion < fields.length; ion++) {
            before[ion] = solved ? fields[ion].content(space) : 0;
        }
        space.measure(rates.lattice(), solids);
        for (int ion = 0; ion < fields.length; ion++) {
            fields[ion].space(space);
            displaced[ion] += solved ? before[ion] - fields[ion].content(space) : 0;
        }
        if (water != null) {
            water.space(space);
        }
        rates.tally(tally);
        for (int cell = 0; cell < flux.length && solved; cell++) {
            // What comes to react here begins with what stood in for it.
            for (double[] of : surface) {
                of[cell] = of[standIn[cell]];
            }
            surfacePotential[cell] = surfacePotential[standIn[cell]];
        }
        reacting.clear();
        for (int cell = 0; cell < flux.length; cell++) {
            int host = space.host(cell);
            for (double[] row : tally) {
                if (row != null && host != cell) {
                    row[host] += row[cell];
                    row[cell] = 0;
                }
            }
        }
        gatherReacting();
        findStandIns();
    }

    private void findStandIns() {
        if (reacting.isEmpty()) {
            Arrays.setAll(standIn, space::host);
        } else {
            grid.nearest(reacting, standIn);
        }
    }

    private void gatherReacting() {
        for (int cell = 0; cell < flux.length; cell++) {
            double sum = 0;
            for (double[] row : tally) {
                sum += row == null ? 0 : row[cell];
            }
            if (sum > 0) {
                reacting.add(cell);
            }
        }
    }

    /** Finds the length of the step and the time in which debts are settled from what reacts at η. */
    private void plan(double eta) {
        findFactors(eta, Double.NaN);
        double net = 0;
        double gross = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            for (int p = 0; p < tally.length; p++) {
                double rate = rate(p, cell);
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
        double diffused = grid.heightNm(0) * grid.heightNm(0);
        double slowest = Double.POSITIVE_INFINITY;
        for (DiffusingField field : fields) {
            slowest = Math.min(slowest, field.diffusivityNm2PerSecond());
        }
        double elapsed = kmc.timeSeconds() - heldSeconds;
        return Math.min(
                model.longestStepSeconds(), Math.max(FIRST_STEP * diffused / slowest, STEP_OF_ELAPSED * elapsed));
    }

    /** Local factors of the cells that react from the fields, and η where the current is held. */
    private double findFactors(double overpotentialVolts, double currentDensity) {
        double eta = overpotentialVolts;
        tabulate(eta);
        localise();
        if (!Double.isNaN(currentDensity)) {
            Arrays.fill(groupSums, 0);
            for (int p = 0; p < electrons.length; p++) {
                int group = group(p);
                for (int n = 0; n < reacting.size() && group > 0 && electrons[p] != 0; n++) {
                    int cell = reacting.getInt(n);
                    groupSums[group] += electrons[p] * tally(p, cell) * local(group, cell);
                }
            }
            eta = kinetics.overpotential(groupSums, currentDensity, eta);
        }
        kinetics.factors(eta, groupFactors);
        return eta;
    }

    private int group(int process) {
        return rates.table().catalog().processes().get(process).factor();
    }

    private double tally(int process, int cell) {
        double[] row = tally[process];
        return row == null ? 0 : row[cell];
    }

    private double local(int group, int cell) {
        return group == 0 ? 1 : local[group][cell];
    }

    /** ln F(η − φ)/F(η) of every law over the potentials there are: straight between its points, so exact for exponentials. */
    private void tabulate(double eta) {
        double least = 0;
        double most = 0;
        for (int n = 0; n < reacting.size(); n++) {
            double volts = surfacePotential[reacting.getInt(n)];
            least = Math.min(least, volts);
            most = Math.max(most, volts);
        }
        tableStart = least;
        tableStep = most > least ? (most - least) / POINTS : 1;
        for (int g = 0; g < lawTable.length; g++) {
            OverpotentialFactor law = model.groups().get(g).law();
            double factor = law.at(eta);
            double here = Math.log(factor);
            lawSlopes[g] = law.slopeAt(eta, factor) / factor;
            for (int n = 0; n <= POINTS; n++) {
                double at = law.at(eta - least - n * tableStep);
                lawTable[g][n] = most > least || n == 0 ? Math.log(at) - here : lawTable[g][0];
            }
        }
    }

    private void localise() {
        for (int g = 0; g < lawTable.length; g++) {
            double[] of = local[g + 1];
            for (int n = 0; n < reacting.size(); n++) {
                int cell = reacting.getInt(n);
                of[cell] = factor(g, cell);
            }
        }
    }

    private double factor(int g, int cell) {
        double value = 1;
        List<TransportModel.Term> activity = model.groups().get(g).activity();
        for (int n = 0; n < activity.size(); n++) {
            TransportModel.Term term = activity.get(n);
            double relative = surface[term.ion()][cell] / term.perNm3();
            value *= term.exponent() == 1 ? relative : Math.pow(relative, term.exponent());
        }
        if (model.hasPotential()) {
            double place = (surfacePotential[cell] - tableStart) / tableStep;
            int n = Math.max(0, Math.min(POINTS - 1, (int) place));
            double ln = lawTable[g][n] + (place - n) * (lawTable[g][n + 1] - lawTable[g][n]);
            value *= Math.exp(ln);
        }
        return value;
    }

    /** Gives all cells the factors of those that stand in for them. */
    private void spreadFactors() {
        for (int g = 0; g < lawTable.length; g++) {
            double[] of = local[g + 1];
            for (int cell = 0; cell < of.length && reacting.isEmpty(); cell++) {
                of[cell] = standIn[cell] == cell ? factor(g, cell) : 0;
            }
            for (int cell = 0; cell < of.length; cell++) {
                of[cell] = of[standIn[cell]];
            }
        }
    }

    /** d ln F/dη of a law at the place of a cell, 1/V. */
    private double steepness(int group, int cell) {
        if (group == 0) {
            return 0;
        }
        double place = (surfacePotential[cell] - tableStart) / tableStep;
        int n = Math.max(0, Math.min(POINTS - 1, (int) place));
        double[] table = lawTable[group - 1];
        return table[0] == table[POINTS] ? lawSlopes[group - 1] : -(table[n + 1] - table[n]) / tableStep;
    }

    private double rate(int process, int cell) {
        int group = group(process);
        return tally(process, cell) * groupFactors[group] * local(group, cell);
    }

    // One turn

    /** Solves for an ion with the rates as they are, and returns by how much its surface concentrations change, relatively. */
    private double diffuse(int ion, double currentDensity, double tolerance) {
        double[] c = surface[ion];
        double wanted = 0;
        double carried = 0;
        double passing = 0;
        Arrays.fill(absorptions, 0);
        Arrays.fill(sources, 0);
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            for (int p = 0; p < tally.length; p++) {
                double current = Math.abs(electrons[p]) * rate(p, cell);
                passing += current;
                carried += supplied[ion] && model.given(p)[ion] != 0 ? current : 0;
                double given = tally[p] == null ? 0 : model.given(p)[ion] * rate(p, cell);
                wanted -= given;
                // What is not there cannot be taken.
                if (given < 0 && c[cell] > 0) {
                    absorptions[cell] -= given / c[cell];
                } else if (given > 0) {
                    sources[cell] += given;
                }
            }
        }
        settled[ion] = settleDebt(ion);
        wanted += settled[ion];
        double diffusivity = fields[ion].diffusivityNm2PerSecond();
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double wall = diffusivity * space.wallNm(cell);
            double part = wall > 0 ? wall / (wall + absorptions[cell]) : 1;
            absorption[ion][cell] = absorptions[cell] * part;
            source[ion][cell] = sources[cell] * part;
        }
        clearElsewhere(absorption[ion], source[ion]);
        if (model.isTransient()) {
            fields[ion].advance(space, stepSeconds, start[ion], absorption[ion], source[ion], tolerance);
        } else {
            fields[ion].settle(absorption[ion], source[ion], tolerance);
        }
        double[] values = fields[ion].values();
        double shift =
                Double.isNaN(currentDensity) || !(carried > LARGE_SHARE * passing) ? 0 : uniformShift(ion, wanted);
        double change = 0;
        System.arraycopy(values, 0, flux, 0, flux.length);
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double wall = diffusivity * space.wallNm(cell);
            double at = wall > 0 ? (wall * values[cell] + sources[cell]) / (wall + absorptions[cell]) : values[cell];
            // Where hardly any is left, the error of the solver may take more.
            at = Math.max(at, NOTHING * fields[ion].bulkPerNm3());
            flux[cell] = Math.max(at + shift, LEAST_PART * Math.min(at, c[cell]));
            double larger = Math.max(flux[cell], c[cell]);
            change = larger > 0 ? Math.max(change, Math.abs(flux[cell] - c[cell]) / larger) : change;
        }
        System.arraycopy(flux, 0, c, 0, flux.length);
        return change;
    }

    /**
     * Solves for H+ and OH- with the rates as they are, each linear in the potential of base at its own wall, and returns by how much ln c(H+) changes at the surface.
     */
    private double diffuseBase(WaterField field, double tolerance) {
        Arrays.fill(absorptions, 0);
        Arrays.fill(sources, 0);
        int proton = fields.length;
        int hydroxide = proton + 1;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double produced = 0;
            double slope = 0;
            for (int p = 0; p < tally.length; p++) {
                if (tally[p] == null || !(tally(p, cell) > 0)) {
                    continue;
                }
                double of = (model.given(p)[hydroxide] - model.given(p)[proton]) * rate(p, cell);
                double basic = 0;
                int group = group(p);
                List<TransportModel.Term> activity =
                        group == 0 ? List.of() : model.groups().get(group - 1).activity();
                for (TransportModel.Term term : activity) {
                    basic += term.ion() == hydroxide ? term.exponent() : term.ion() == proton ? -term.exponent() : 0;
                }
                produced += of;
                slope -= of * basic;
            }
            // Rates that make a deviation from the steady state grow are taken as they are.
            absorptions[cell] = Math.max(0, slope / field.steepness(cell));
            sources[cell] = produced + absorptions[cell] * field.surface(cell);
        }
        return field.settle(space, reacting, absorptions, sources, tolerance);
    }

    /** The rows hold what earlier solutions left where nothing reacts any more. */
    private void clearElsewhere(double[] absorbing, double[] giving) {
        for (int cell = 0; cell < absorbing.length; cell++) {
            if (absorptions[cell] == 0 && sources[cell] == 0) {
                absorbing[cell] = 0;
                giving[cell] = 0;
            }
        }
    }

    /**
     * A held current fixes what is taken out in all, whatever the concentrations; the rates of one turn do not know. What they lack lowers or raises the
     * concentrations everywhere by that times the resistance from the bulk to the surface, which in one dimension is the exact answer.
     */
    private double uniformShift(int ion, double wanted) {
        double taken = net(ion);
        double mean = 0;
        double weights = 0;
        double[] values = fields[ion].values();
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            mean += absorption[ion][cell] * values[cell];
            weights += absorption[ion][cell];
        }
        if (!(weights > 0) || taken == 0) {
            return 0;
        }
        double undisturbed = fields[ion].bulkPerNm3();
        if (model.isTransient()) {
            // Within a step the surface answers from where it was, less what diffuses to it meanwhile.
            undisturbed = 0;
            for (int n = 0; n < reacting.size(); n++) {
                int cell = reacting.getInt(n);
                undisturbed += absorption[ion][cell] * start[ion][cell];
            }
            undisturbed /= weights;
        }
        double resistance = (undisturbed - mean / weights) / taken;
        return resistance > 0 ? (taken - wanted) * resistance : 0;
    }

    /** Adds what is owed to what is taken out, and returns how much that is a second. */
    private double settleDebt(int ion) {
        double through = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            through += absorptions[cell] * surface[ion][cell] + sources[cell];
        }
        double paid = Math.max(-SETTLEMENT * through, Math.min(SETTLEMENT * through, owed[ion] / settlingSeconds));
        for (int n = 0; n < reacting.size() && through > 0; n++) {
            int cell = reacting.getInt(n);
            double share = paid * (absorptions[cell] * surface[ion][cell] + sources[cell]) / through;
            if (share > 0) {
                absorptions[cell] += share / surface[ion][cell];
            } else {
                sources[cell] -= share;
            }
        }
        return through > 0 ? paid : 0;
    }

    /** Solves for the potential with the currents linear in it, and returns by how much it changes, in kT/e. */
    private double conduct(double eta, double currentDensity, double tolerance) {
        if (model.conductsAsIonsDo()) {
            Arrays.fill(conductivity, 0);
            for (int ion = 0; ion < fields.length; ion++) {
                double perParticle = model.conductivityPerParticle(ion);
                double[] values = fields[ion].values();
                double least = 1e-9 * fields[ion].bulkPerNm3();
                for (int cell = 0; cell < values.length; cell++) {
                    conductivity[cell] += perParticle * Math.max(least, values[cell]);
                }
            }
            conduction.conduct(space, conductivity);
        }
        Arrays.fill(absorptions, 0);
        Arrays.fill(sources, 0);
        double wanted = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double current = 0;
            double slope = 0;
            for (int p = 0; p < tally.length; p++) {
                if (tally[p] != null && electrons[p] != 0) {
                    double part = electrons[p] * rate(p, cell);
                    current += part;
                    slope -= part * steepness(group(p), cell);
                }
            }
            wanted += current;
            double wall = conductivity[conductivity.length == 1 ? 0 : cell] * space.wallNm(cell);
            double part = wall > 0 ? wall / (wall + slope) : 1;
            flux[cell] = slope;
            absorptions[cell] = slope * part;
            sources[cell] = (slope * surfacePotential[cell] - current) * part;
        }
        conduction.solve(potential, absorptions, sources, 0, tolerance);
        double taken = 0;
        double mean = 0;
        double weights = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            taken += absorptions[cell] * potential[cell] - sources[cell];
            mean += absorptions[cell] * potential[cell];
            weights += absorptions[cell];
        }
        double shift = 0;
        if (!Double.isNaN(currentDensity) && weights > 0 && taken != 0) {
            double resistance = -mean / weights / taken;
            shift = resistance > 0 ? (taken - wanted) * resistance : 0;
        }
        double change = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double wall = conductivity[conductivity.length == 1 ? 0 : cell] * space.wallNm(cell);
            double slope = flux[cell];
            double part = wall > 0 ? wall / (wall + slope) : 1;
            double at = wall > 0 ? (wall * potential[cell] + sources[cell] / part) / (wall + slope) : potential[cell];
            change = Math.max(change, Math.abs(at + shift - surfacePotential[cell]) / model.kT());
            sources[cell] = at + shift;
        }
        System.arraycopy(potential, 0, surfacePotential, 0, potential.length);
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            surfacePotential[cell] = sources[cell];
        }
        return change;
    }

    /** By which part the fields supply less than the rates take. */
    private double shortfall() {
        double worst = 0;
        for (int ion = 0; ion < fields.length; ion++) {
            double wanted = 0;
            for (int n = 0; n < reacting.size(); n++) {
                int cell = reacting.getInt(n);
                for (int p = 0; p < tally.length; p++) {
                    wanted -= tally[p] == null ? 0 : model.given(p)[ion] * rate(p, cell);
                }
            }
            if (wanted > 0 && supplied[ion]) {
                worst = Math.max(worst, 1 - (net(ion) - settled[ion]) / wanted);
            }
        }
        return worst;
    }

    // Readings

    private void read(double eta) {
        double current = 0;
        double ohmic = 0;
        double nernst = 0;
        Arrays.fill(layerReduction, 0);
        Arrays.fill(layerWeight, 0);
        double passing = 0;
        double unlowered = 0;
        Arrays.fill(groupLowered, 0);
        Arrays.fill(groupUnlowered, 0);
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            int layer = cell % grid.layers();
            for (int p = 0; p < tally.length; p++) {
                passing += eitherWay[p] * rate(p, cell);
                double free = eitherWay[p] * tally(p, cell) * groupFactors[group(p)];
                unlowered += free;
                groupUnlowered[group(p)] += free;
                groupLowered[group(p)] += eitherWay[p] * rate(p, cell);
                if (!(electrons[p] > 0) || !(tally(p, cell) > 0)) {
                    continue;
                }
                double part = electrons[p] * rate(p, cell);
                current += part;
                ohmic += part * surfacePotential[cell];
                nernst += part * concentrationVolts(p, cell);
                layerReduction[layer] += part;
                layerWeight[layer] += tally(p, cell);
            }
        }
        Arrays.setAll(
                groupLowered, g -> groupUnlowered[g] > 0 ? Math.max(0, 1 - groupLowered[g] / groupUnlowered[g]) : 0);
        lowered = unlowered > 0 ? Math.max(0, 1 - passing / unlowered) : 0;
        ohmicVolts = current > 0 ? ohmic / current : 0;
        concentrationVolts = current > 0 ? nernst / current : 0;
    }

    @Override
    public boolean supplies() {
        return shortfall < SHORTFALL;
    }

    double ohmicVolts() {
        return ohmicVolts;
    }

    double concentrationVolts() {
        return concentrationVolts;
    }

    /** Electrons of reductions in a layer of the grid, s⁻¹, at the last solution. */
    double reductionPerSecond(int layer) {
        return layerReduction[layer];
    }

    /** Current per reacting site in a layer of the grid over that of the whole surface, at the last solution; NaN where nothing is reduced. */
    double currentRatio(int layer) {
        double reduction = Arrays.stream(layerReduction).sum();
        double weight = Arrays.stream(layerWeight).sum();
        return layerWeight[layer] > 0 && reduction > 0
                ? layerReduction[layer] / layerWeight[layer] / (reduction / weight)
                : Double.NaN;
    }

    /** {@link #currentRatio} of the topmost layer that has any. */
    double tipRatio() {
        int layer = layerWeight.length - 1;
        while (layer > 0 && !(layerWeight[layer] > 0)) {
            layer--;
        }
        return currentRatio(layer);
    }

    /** {@link #currentRatio} of the lowest layer that has any. */
    double pitRatio() {
        int layer = 0;
        while (layer < layerWeight.length - 1 && !(layerWeight[layer] > 0)) {
            layer++;
        }
        return currentRatio(layer);
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
        double extreme = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < reacting.size(); n++) {
            extreme = Math.max(extreme, sign * surface[ion][reacting.getInt(n)]);
        }
        return reacting.isEmpty() ? Double.NaN : sign * extreme / TransportModel.PER_NM3_AND_MOLAR;
    }

    /** pH where anything reacts: the mean over the cells, the least and the largest. NaN where nothing reacts, or the pH is left out. */
    double[] surfacePh() {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < reacting.size() && water != null; n++) {
            double ph = -Math.log10(surface[fields.length][reacting.getInt(n)] / TransportModel.PER_NM3_AND_MOLAR);
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
        return takenOut[ion];
    }

    double owed(int ion) {
        return owed[ion];
    }

    /**
     * Up to the last solution of a transient, what has flowed in from the bulk less what was taken out, was displaced by metal and has gathered: 0 but for the
     * tolerance; in particles.
     */
    double lost(int ion) {
        double content = 0;
        for (int cell = 0; cell < start[ion].length; cell++) {
            content += space.volumeNm3(cell) * start[ion][cell];
        }
        return flownIn[ion] - takenOut[ion] - displaced[ion] - (content - initialContent[ion]);
    }

    // Fields for others

    /**
     * Copies the fields at the surface as it is now, at the rates that hold now: what the sites of a cell and of those around it (3 × 3 × 3, so that where single
     * atoms sit hardly shows) carry, over the area that the open sites there face ({@link FacingArea}); η less ohmic drop and concentration overpotential; concentrations. A
     * cell in which nothing reacts has the values of the one that stands in for it, so they are meant for cells at the surface. Before anything was held there are only the concentrations,
     * those of the bulk. O(sites); changes nothing that a solution reads.
     *
     * @param out a row for each of {@link TransportModel#surfaceFields}, one number a cell
     */
    void copySurface(double overpotentialVolts, double[][] out) {
        Arrays.fill(out[0], Double.NaN);
        Arrays.fill(out[1], Double.NaN);
        if (solved) {
            copyCurrents(overpotentialVolts, out[0], out[1]);
        }
        int ions = model.ions().size();
        for (int cell = 0; cell < flux.length; cell++) {
            int host = solved ? standIn[cell] : cell;
            for (int ion = 0; ion < ions; ion++) {
                out[2 + ion][cell] = surface[ion][host] / TransportModel.PER_NM3_AND_MOLAR;
            }
            if (water != null) {
                out[2 + ions][cell] = -Math.log10(out[2 + fields.length][cell]);
            }
        }
    }

    private void copyCurrents(double overpotentialVolts, double[] currentDensity, double[] activationVolts) {
        rates.tally(tally);
        double[] areas = new double[flux.length];
        for (int site = 0; site < grid.geometry().siteCount(); site++) {
            if (!solids.contains(rates.lattice().species(site))) {
                areas[standIn[grid.cellOf(site)]] += facing.areaNm2(rates.lattice(), site);
            }
        }
        double[] current = new double[flux.length];
        double[] nernst = new double[flux.length];
        double[] reduced = new double[flux.length];
        for (int p = 0; p < tally.length; p++) {
            if (electrons[p] == 0) {
                continue;
            }
            int group = group(p);
            for (int cell = 0; cell < flux.length; cell++) {
                int host = standIn[cell];
                double part = electrons[p] * tally(p, cell) * rates.factor(group) * local(group, cell);
                current[host] += part;
                if (part > 0) {
                    reduced[host] += part;
                    nernst[host] += part * concentrationVolts(p, host);
                }
            }
        }
        for (int cell = 0; cell < flux.length; cell++) {
            double around = standIn[cell] == cell ? around(cell, areas) : 0;
            if (around > 0) {
                currentDensity[cell] = around(cell, current) / around * AMPERES_PER_SQUARE_METRE;
            }
        }
        for (int cell = 0; cell < flux.length; cell++) {
            int host = standIn[cell];
            currentDensity[cell] = currentDensity[host];
            activationVolts[cell] = overpotentialVolts
                    - surfacePotential[host]
                    - (reduced[host] > 0 ? nernst[host] / reduced[host] : 0);
        }
    }

    /** Concentration overpotential of a reduction in a cell. */
    private double concentrationVolts(int process, int cell) {
        double volts = 0;
        for (TransportModel.Term term : model.groups().get(group(process) - 1).activity()) {
            volts += atomsPerSite
                    / electrons[process]
                    * model.kT()
                    * Math.log(surface[term.ion()][cell] / term.perNm3());
        }
        return volts;
    }

    /** The sum over a cell and those that share a face, edge or corner with it. */
    private double around(int cell, double[] values) {
        int nx = grid.cellsX();
        int ny = grid.cellsY();
        int nz = grid.layers();
        int z = cell % nz;
        int x = cell / nz % nx;
        int y = cell / nz / nx;
        double sum = 0;
        for (int dy = ny < 3 ? 0 : -1; dy <= (ny < 3 ? ny - 1 : 1); dy++) {
            for (int dx = nx < 3 ? 0 : -1; dx <= (nx < 3 ? nx - 1 : 1); dx++) {
                for (int layer = Math.max(0, z - 1); layer <= Math.min(nz - 1, z + 1); layer++) {
                    sum += values[grid.cell((x + dx + nx) % nx, (y + dy + ny) % ny, layer)];
                }
            }
        }
        return sum;
    }

    /**
     * Copies the fields in space, as they were at the last solution; NaN in closed cells, the bulk before anything was held. O(cells).
     *
     * @param out a row for each of {@link TransportModel#spaceFields}, one number a cell
     */
    void copySpace(double[][] out) {
        int row = 0;
        for (int cell = 0; cell < flux.length; cell++) {
            out[row][cell] = space.open(cell);
        }
        if (model.hasPotential()) {
            copyOpen(potential, out[++row]);
        }
        int ions = model.ions().size();
        for (int ion = 0; ion < ions; ion++) {
            copyOpen(concentrations(ion), out[++row]);
        }
        if (water != null) {
            double[] protons = out[row - 1];
            row++;
            for (int cell = 0; cell < flux.length; cell++) {
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

    @Override
    public boolean settles() {
        return leftover < LOST || runsDry;
    }

    /** Iterations of the linear solver so far. */
    long iterations() {
        long sum = conduction.iterations();
        for (DiffusingField field : fields) {
            sum += field.iterations();
        }
        return sum;
    }

    // Restart

    @Override
    public void save(DataOutput out) throws IOException {
        space.save(out);
        for (DiffusingField field : fields) {
            field.save(out);
        }
        if (water != null) {
            water.save(out);
        }
        for (double[][] table : tables()) {
            for (double[] row : table) {
                for (double value : row) {
                    out.writeDouble(value);
                }
            }
        }
        for (long count : countsBefore) {
            out.writeLong(count);
        }
        out.writeInt(reacting.size());
        for (int n = 0; n < reacting.size(); n++) {
            out.writeInt(reacting.getInt(n));
        }
        out.writeDouble(solvedSeconds);
        out.writeDouble(stepSeconds);
        out.writeDouble(heldSeconds);
        out.writeBoolean(demanded);
        out.writeBoolean(solved);
        for (double factor : groupFactors) {
            out.writeDouble(factor);
        }
        out.writeDouble(reactedPerSecond);
        out.writeDouble(lowered);
        out.writeDouble(shortfall);
        out.writeDouble(ohmicVolts);
        out.writeDouble(concentrationVolts);
        out.writeLong(solutions);
        out.writeLong(unsettledSolutions);
        out.writeDouble(leftover);
        out.writeDouble(largestLeftover);
        out.writeLong(nanos);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        space.restore(in);
        for (DiffusingField field : fields) {
            field.restore(in);
            field.space(space);
        }
        if (water != null) {
            water.restore(in, space);
        }
        for (double[][] table : tables()) {
            for (double[] row : table) {
                for (int n = 0; n < row.length; n++) {
                    row[n] = in.readDouble();
                }
            }
        }
        for (int p = 0; p < countsBefore.length; p++) {
            countsBefore[p] = in.readLong();
        }
        reacting.clear();
        int size = in.readInt();
        for (int n = 0; n < size; n++) {
            reacting.add(in.readInt());
        }
        findStandIns();
        solvedSeconds = in.readDouble();
        stepSeconds = in.readDouble();
        heldSeconds = in.readDouble();
        demanded = in.readBoolean();
        solved = in.readBoolean();
        for (int g = 0; g < groupFactors.length; g++) {
            groupFactors[g] = in.readDouble();
        }
        reactedPerSecond = in.readDouble();
        lowered = in.readDouble();
        shortfall = in.readDouble();
        ohmicVolts = in.readDouble();
        concentrationVolts = in.readDouble();
        solutions = in.readLong();
        unsettledSolutions = in.readLong();
        leftover = in.readDouble();
        largestLeftover = in.readDouble();
        nanos = in.readLong();
        if (solved) {
            rates.localise(local);
        }
    }

    private List<double[][]> tables() {
        double[][] potentials = {potential, surfacePotential, layerReduction, layerWeight};
        double[][] amounts = {groupReacted, groupLowered, groupScale, owed, takenOut, flownIn, displaced, initialContent
        };
        return List.of(surface, local, start, absorption, source, potentials, amounts);
    }
}
