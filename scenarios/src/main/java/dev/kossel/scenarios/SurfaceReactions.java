package dev.kossel.scenarios;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.field.OpenSpace;
import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.LocalRates;
import dev.kossel.scenarios.physics.ElectrodeKinetics;
import dev.kossel.scenarios.physics.OverpotentialFactor;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What reacts at the surface, by cell of the grid: the rates of all processes as the lattice had them last, the concentrations and the potential there, and the local factors that these make.
 *
 * <p>What reacts at sites of a closed cell reacts in the cell that is its host in the {@link OpenSpace}. Amounts are in particles, lengths in nm, potentials in V. Single-threaded.
 */
final class SurfaceReactions {

    /** Points of the table of a law over the potentials of a solution. */
    private static final int POINTS = 64;
    /** What carries more than this part of a held current comes to as much whatever else happens. */
    private static final double LARGE_SHARE = 0.5;

    private final TransportModel model;
    private final LocalRates rates;
    private final ElectrodeKinetics kinetics;
    private final double[] electrons;
    private final int[] groups;
    private final double atomsPerSite;
    private final FieldGrid grid;
    private final OpenSpace space;

    /** By process, rates by cell at factors 1; of what neither transfers charge nor touches the electrolyte, null. */
    private final double[][] tally;
    /** By ion, concentrations at the surface; those of the cells that no solid bounds are their own. */
    private final double[][] concentrations;

    private final double[] potential;
    private final double[][] local;
    private final IntArrayList reacting = new IntArrayList();
    /** The cell whose surface counts for sites in a cell: where nothing reacts yet, the nearest one where something does. */
    private final int[] standIn;

    private final int[] search;
    private final double[] groupSums;
    private final double[] groupFactors;
    private final double[][] lawTable;
    private final double[] lawSlopes;
    private double tableStart;
    private double tableStep;

    /** Concentrations of the bulk everywhere, and nothing measured yet. */
    SurfaceReactions(Model model, TransportModel transport, LocalRates rates, OpenSpace space) {
        this.model = transport;
        this.rates = rates;
        this.space = space;
        grid = space.grid();
        kinetics = model.kinetics();
        electrons = Arrays.stream(model.electrons()).asDoubleStream().toArray();
        groups = model.catalog().processes().stream()
                .mapToInt(ElementaryProcess::factor)
                .toArray();
        atomsPerSite = model.scenario().lattice().atomsPerSite();
        int cells = grid.cellCount();
        tally = new double[electrons.length][];
        for (int p = 0; p < electrons.length; p++) {
            boolean matters =
                    electrons[p] != 0 || Arrays.stream(transport.given(p)).anyMatch(amount -> amount != 0);
            tally[p] = matters ? new double[cells] : null;
        }
        concentrations = new double[transport.ions().size()][cells];
        for (int ion = 0; ion < concentrations.length; ion++) {
            Arrays.fill(concentrations[ion], transport.ions().get(ion).bulkPerNm3());
        }
        potential = new double[cells];
        int count = transport.groups().size();
        local = new double[count + 1][cells];
        groupSums = new double[count + 1];
        groupFactors = new double[count + 1];
        lawTable = new double[count][POINTS + 1];
        lawSlopes = new double[count];
        standIn = new int[cells];
        search = new int[cells];
    }

    int processes() {
        return tally.length;
    }

    /** Electrons that an event of a process takes from the metal; negative is given to it. */
    double electrons(int process) {
        return electrons[process];
    }

    /** The group of rates that a process belongs to: 0 if no charge transfer. */
    int group(int process) {
        return groups[process];
    }

    /** Whether a process transfers charge or touches the electrolyte. */
    boolean matters(int process) {
        return tally[process] != null;
    }

    /** The cells where anything reacts, live. */
    IntArrayList reacting() {
        return reacting;
    }

    /** The cell whose surface counts for sites in a cell. */
    int standIn(int cell) {
        return standIn[cell];
    }

    /** Concentration of an ion at the surface by cell, nm⁻³, live: whoever solves for it sets it. */
    double[] concentrations(int ion) {
        return concentrations[ion];
    }

    /** Potential of the electrolyte at the surface by cell against that of the bulk, V, live likewise. */
    double[] potential() {
        return potential;
    }

    /** By group, what its rates are multiplied by in each cell, live; of the first, which is no group of charge transfers, nothing. */
    double[][] localFactors() {
        return local;
    }

    /** What the rates of a group are multiplied by everywhere. */
    double groupFactor(int group) {
        return groupFactors[group];
    }

    /**
     * Takes the rates of all processes by cell from the lattice as it is.
     *
     * @param solved whether anything was solved for before: what comes to react begins with what stood in for it
     */
    void measure(boolean solved) {
        rates.tally(tally);
        for (int column = 0; solved && column < standIn.length; column += grid.layers()) {
            for (double[] of : concentrations) {
                standIn(of, column);
            }
            standIn(potential, column);
        }
        for (double[] row : tally) {
            for (int column = 0; row != null && column < standIn.length; column += grid.layers()) {
                moveToHosts(row, column);
            }
        }
        gatherReacting();
        findStandIns();
    }

    /** Rates by cell as they are now, each in its own cell. O(sites). The next thing is to {@link #measure}. */
    void tallyAnew() {
        rates.tally(tally);
    }

    private void findStandIns() {
        if (reacting.isEmpty()) {
            Arrays.setAll(standIn, space::host);
        } else {
            grid.nearest(reacting, search, standIn);
        }
    }

    private void standIn(double[] of, int column) {
        for (int cell = column; cell < column + grid.layers(); cell++) {
            of[cell] = of[standIn[cell]];
        }
    }

    private void moveToHosts(double[] row, int column) {
        for (int cell = column; cell < column + space.ceiling(); cell++) {
            int host = space.host(cell);
            if (host != cell) {
                row[host] += row[cell];
                row[cell] = 0;
            }
        }
    }

    private void gatherReacting() {
        reacting.clear();
        for (int column = 0; column < standIn.length; column += grid.layers()) {
            gatherReacting(column);
        }
    }

    private void gatherReacting(int column) {
        for (int cell = column; cell < column + grid.layers(); cell++) {
            double sum = 0;
            for (double[] row : tally) {
                sum += row == null ? 0 : row[cell];
            }
            if (sum > 0) {
                reacting.add(cell);
            }
        }
    }

    /** Local factors of the cells that react from the fields, and η where the current is held. */
    double findFactors(double overpotentialVolts, double currentDensity) {
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

    /** Rate of a process in a cell at factors 1, s⁻¹. */
    double tally(int process, int cell) {
        double[] row = tally[process];
        return row == null ? 0 : row[cell];
    }

    double local(int group, int cell) {
        return group == 0 ? 1 : local[group][cell];
    }

    /** ln F(η − φ)/F(η) of every law over the potentials there are: straight between its points, so exact for exponentials. */
    private void tabulate(double eta) {
        double least = 0;
        double most = 0;
        for (int n = 0; n < reacting.size(); n++) {
            double volts = potential[reacting.getInt(n)];
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
            double relative = concentrations[term.ion()][cell] / term.perNm3();
            value *= term.exponent() == 1 ? relative : Math.pow(relative, term.exponent());
        }
        if (model.hasPotential()) {
            double place = (potential[cell] - tableStart) / tableStep;
            int n = Math.max(0, Math.min(POINTS - 1, (int) place));
            double ln = lawTable[g][n] + (place - n) * (lawTable[g][n + 1] - lawTable[g][n]);
            value *= Math.exp(ln);
        }
        return value;
    }

    /** Gives all cells the factors of those that stand in for them. */
    void spreadFactors() {
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
    double steepness(int group, int cell) {
        if (group == 0) {
            return 0;
        }
        double place = (potential[cell] - tableStart) / tableStep;
        int n = Math.max(0, Math.min(POINTS - 1, (int) place));
        double[] table = lawTable[group - 1];
        return table[0] == table[POINTS] ? lawSlopes[group - 1] : -(table[n + 1] - table[n]) / tableStep;
    }

    /** Rate of a process in a cell, s⁻¹. */
    double rate(int process, int cell) {
        int group = group(process);
        return tally(process, cell) * groupFactors[group] * local(group, cell);
    }

    /** Whether processes that exchange an ion carry most of the current, so that a held one fixes how much of it passes. */
    boolean carryTheCurrent(int ion) {
        double carried = 0;
        double all = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            for (int p = 0; p < electrons.length; p++) {
                double current = Math.abs(electrons[p]) * rate(p, cell);
                all += current;
                carried += model.given(p)[ion] != 0 ? current : 0;
            }
        }
        return carried > LARGE_SHARE * all;
    }

    /** Concentration overpotential of a reduction in a cell. */
    double concentrationVolts(int process, int cell) {
        double volts = 0;
        for (TransportModel.Term term : model.groups().get(group(process) - 1).activity()) {
            volts += atomsPerSite
                    / electrons[process]
                    * model.kT()
                    * Math.log(concentrations[term.ion()][cell] / term.perNm3());
        }
        return volts;
    }

    /** {@link TransportModel#diffusionVolts} in a cell. */
    double diffusionVolts(int cell) {
        int salted = model.saltedIon();
        return salted < 0 ? 0 : model.diffusionVolts(concentrations[salted][cell]);
    }

    void save(DataOutput out) throws IOException {
        for (double[][] table : List.of(concentrations, local, new double[][] {potential, groupFactors})) {
            for (double[] row : table) {
                for (double value : row) {
                    out.writeDouble(value);
                }
            }
        }
        out.writeInt(reacting.size());
        for (int n = 0; n < reacting.size(); n++) {
            out.writeInt(reacting.getInt(n));
        }
    }

    /** Restores what {@link #save} wrote, but for the rates in the cells: those are taken anew before they are used. The space is to be restored before. */
    void restore(DataInput in) throws IOException {
        for (double[][] table : List.of(concentrations, local, new double[][] {potential, groupFactors})) {
            for (double[] row : table) {
                for (int n = 0; n < row.length; n++) {
                    row[n] = in.readDouble();
                }
            }
        }
        reacting.clear();
        int size = in.readInt();
        for (int n = 0; n < size; n++) {
            reacting.add(in.readInt());
        }
        findStandIns();
    }
}
