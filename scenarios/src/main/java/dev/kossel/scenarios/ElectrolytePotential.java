package dev.kossel.scenarios;

import dev.kossel.engine.field.Conduction;
import dev.kossel.engine.field.LogarithmicMean;
import dev.kossel.engine.field.OpenSpace;
import dev.kossel.scenarios.physics.BinarySalt;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The potential φ of the electrolyte against that of the bulk, which drives what reacts at the surface through it.
 *
 * <p>What is solved for is what drives the current: φ itself, or in a salt alone Ψ, which is φ and the diffusion potential that the concentration there has against the bulk ({@link BinarySalt}). Potentials are in V, currents in
 * electrons a second. Single-threaded.
 */
final class ElectrolytePotential {

    /** Where a concentration is less than this part of the bulk's, it conducts as if it were as much. */
    private static final double LEAST_PART = 1e-9;

    private final TransportModel model;
    private final SurfaceReactions reactions;
    private final IntArrayList reacting;
    private final OpenSpace space;
    private final Conduction conduction;
    private final double[] conductivity;
    /** The salt that is alone, null where the current is carried otherwise; */
    private final @Nullable BinarySalt salt;
    /** and its ion. */
    private final int salted;

    /** What is solved for. */
    private final double[] potential;
    /** φ at the surface. */
    private final double[] surface;

    /** In a steady state and a uniform conductivity, the potential if all current were carried to the surface by ions that react there. */
    private final double[] carried;

    private final double[] slopes;
    private final double[] absorptions;
    private final double[] sources;

    /** That of the bulk everywhere. */
    ElectrolytePotential(TransportModel model, SurfaceReactions reactions, OpenSpace space) {
        this.model = model;
        this.reactions = reactions;
        reacting = reactions.reacting();
        this.space = space;
        conduction = new Conduction(space.grid());
        int cells = space.grid().cellCount();
        conductivity = model.conductsAsIonsDo() ? new double[cells] : new double[1];
        salt = model.salt();
        salted = model.saltedIon();
        potential = new double[cells];
        surface = reactions.potential();
        carried = new double[model.isTransient() || model.conductsAsIonsDo() ? 0 : cells];
        slopes = new double[cells];
        absorptions = new double[cells];
        sources = new double[cells];
    }

    /** Starts a solution in the space as it is now. */
    void begin(IonSupply[] ions) {
        if (!model.conductsAsIonsDo()) {
            conductivity[0] = model.conductivity();
            conduction.conduct(space, conductivity);
        }
        if (carried.length > 0) {
            carryAll(ions);
        }
    }

    private void carryAll(IonSupply[] ions) {
        Arrays.fill(carried, 0);
        for (IonSupply ion : ions) {
            carry(ion, carried);
        }
    }

    /** Adds z D c/σ, whose sum over the ions solves the same equation as the potential where the charge of a reaction is that of the ions it takes. */
    private void carry(IonSupply ion, double[] to) {
        double factor = ion.chargeDiffusivity() / model.conductivity();
        double[] values = ion.field().values();
        int layers = space.grid().layers();
        for (int column = 0; column < to.length; column += layers) {
            carry(factor, values, to, column, column + layers);
        }
    }

    private static void carry(double factor, double[] values, double[] to, int from, int end) {
        for (int cell = from; cell < end; cell++) {
            to[cell] += factor * values[cell];
        }
    }

    /** Starts where the potential would be if it had changed as the ions that were solved for since then say. */
    private void anticipate(IonSupply[] ions) {
        if (carried.length == 0) {
            return;
        }
        for (int cell = 0; cell < carried.length; cell++) {
            potential[cell] -= carried[cell];
        }
        carryAll(ions);
        for (int cell = 0; cell < carried.length; cell++) {
            potential[cell] += carried[cell];
        }
    }

    /** Solves for the potential with the currents linear in it, and returns by how much it changes, in kT/e. */
    double conduct(IonSupply[] ions, double currentDensity, double tolerance) {
        if (model.conductsAsIonsDo()) {
            Arrays.fill(conductivity, 0);
            for (int ion = 0; ion < ions.length; ion++) {
                double perParticle = model.conductivityPerParticle(ion);
                double[] values = ions[ion].field().values();
                double least = LEAST_PART * ions[ion].field().bulkPerNm3();
                for (int cell = 0; cell < values.length; cell++) {
                    conductivity[cell] += perParticle * Math.max(least, values[cell]);
                }
            }
            if (salt == null) {
                conduction.conduct(space, conductivity);
            } else {
                conduction.conductAsDissolved(space, conductivity, saltConductivity(bulk()));
            }
        }
        anticipate(ions);
        double wanted = 0;
        for (int n = 0; n < reacting.size(); n++) {
            wanted += linearise(reacting.getInt(n));
        }
        solve(tolerance);
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
            change = Math.max(change, follow(reacting.getInt(n), shift));
        }
        if (reacting.isEmpty()) {
            System.arraycopy(salt == null ? potential : values(ions), 0, surface, 0, potential.length);
        }
        return change;
    }

    /** Takes the current of a cell as linear in the potential at its wall; returns it. */
    private double linearise(int cell) {
        double current = 0;
        double slope = 0;
        for (int p = 0; p < reactions.processes(); p++) {
            if (reactions.matters(p) && reactions.electrons(p) != 0) {
                double part = reactions.electrons(p) * reactions.rate(p, cell);
                current += part;
                slope -= part * reactions.steepness(reactions.group(p), cell);
            }
        }
        double part = Wall.part(wall(cell), slope);
        slopes[cell] = slope;
        absorptions[cell] = slope * part;
        sources[cell] = (slope * driving(cell) - current) * part;
        return current;
    }

    /** Sets the potential at the surface in a cell; returns by how much it changes, in kT/e. */
    private double follow(int cell, double shift) {
        double source = sources[cell] / Wall.part(wall(cell), slopes[cell]);
        double next = Wall.value(wall(cell), slopes[cell], source, potential[cell]) + shift;
        if (salt != null) {
            next += reactions.diffusionVolts(cell);
        }
        double change = Math.abs(next - surface[cell]) / model.kT();
        surface[cell] = next;
        return change;
    }

    /**
     * Solves for the potential. The solver's tolerance is on what is absorbed and released, potentials times slopes: they are counted from their mean at the surface, so that these
     * are currents and not what cancels.
     */
    private void solve(double tolerance) {
        double sum = 0;
        double weights = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            sum += slopes[cell] * driving(cell);
            weights += slopes[cell];
        }
        if (!(weights > 0)) {
            conduction.solve(potential, reacting, absorptions, sources, 0, tolerance);
            return;
        }
        double mean = sum / weights;
        count(-mean);
        conduction.solve(potential, reacting, absorptions, sources, -mean, tolerance);
        count(mean);
    }

    /** Counts potentials from elsewhere: those that were 0 are to be {@code more}. */
    private void count(double more) {
        for (int cell = 0; cell < potential.length; cell++) {
            potential[cell] += more;
        }
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            sources[cell] += absorptions[cell] * more;
        }
    }

    /** How the way from the middle of a cell to the solid conducts. */
    private double wall(int cell) {
        double conducts = conductivity[conductivity.length == 1 ? 0 : cell];
        if (salt != null) {
            conducts = LogarithmicMean.of(conducts, saltConductivity(reactions.concentrations(salted)[cell]));
        }
        return conducts * space.wallNm(cell);
    }

    /** What drives the current, at the surface in a cell. */
    private double driving(int cell) {
        return salt == null ? surface[cell] : surface[cell] - reactions.diffusionVolts(cell);
    }

    private double saltConductivity(double perNm3) {
        return model.conductivityPerParticle(salted) * Math.max(LEAST_PART * bulk(), perNm3);
    }

    private double bulk() {
        return model.ions().get(salted).bulkPerNm3();
    }

    /** Gives closed cells the potential of the cells that stand in for them, so that one that opens has it. */
    void extend() {
        for (int cell = 0; cell < potential.length; cell++) {
            potential[cell] = potential[space.host(cell)];
        }
    }

    /** φ, V, one a cell; a copy. What closed cells hold means nothing. */
    double[] values(IonSupply[] ions) {
        double[] values = potential.clone();
        for (int cell = 0; cell < values.length && salt != null; cell++) {
            double perNm3 = ions[salted].field().values()[cell];
            values[cell] += model.diffusionVolts(Math.max(LEAST_PART * bulk(), perNm3));
        }
        return values;
    }

    long iterations() {
        return conduction.iterations();
    }

    void save(DataOutput out) throws IOException {
        for (double value : potential) {
            out.writeDouble(value);
        }
    }

    void restore(DataInput in) throws IOException {
        for (int cell = 0; cell < potential.length; cell++) {
            potential[cell] = in.readDouble();
        }
    }
}
