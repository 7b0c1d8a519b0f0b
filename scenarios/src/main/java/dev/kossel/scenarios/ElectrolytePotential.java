package dev.kossel.scenarios;

import dev.kossel.engine.field.Conduction;
import dev.kossel.engine.field.OpenSpace;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The potential of the electrolyte against that of the bulk, which drives what reacts at the surface through it. Potentials are in V, currents in electrons a second. Single-threaded. */
final class ElectrolytePotential {

    private final TransportModel model;
    private final SurfaceReactions reactions;
    private final IntArrayList reacting;
    private final OpenSpace space;
    private final Conduction conduction;
    private final double[] conductivity;
    private final double[] potential;
    /** The same at the surface. */
    private final double[] surface;

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
        potential = new double[cells];
        surface = reactions.potential();
        slopes = new double[cells];
        absorptions = new double[cells];
        sources = new double[cells];
    }

    /** Starts a solution in the space as it is now. */
    void begin() {
        if (!model.conductsAsIonsDo()) {
            conductivity[0] = model.conductivity();
            conduction.conduct(space, conductivity);
        }
    }

    /** Solves for the potential with the currents linear in it, and returns by how much it changes, in kT/e. */
    double conduct(IonSupply[] ions, double currentDensity, double tolerance) {
        if (model.conductsAsIonsDo()) {
            Arrays.fill(conductivity, 0);
            for (int ion = 0; ion < ions.length; ion++) {
                double perParticle = model.conductivityPerParticle(ion);
                double[] values = ions[ion].field().values();
                double least = 1e-9 * ions[ion].field().bulkPerNm3();
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
            for (int p = 0; p < reactions.processes(); p++) {
                if (reactions.matters(p) && reactions.electrons(p) != 0) {
                    double part = reactions.electrons(p) * reactions.rate(p, cell);
                    current += part;
                    slope -= part * reactions.steepness(reactions.group(p), cell);
                }
            }
            wanted += current;
            double wall = conductivity[conductivity.length == 1 ? 0 : cell] * space.wallNm(cell);
            double part = Wall.part(wall, slope);
            slopes[cell] = slope;
            absorptions[cell] = slope * part;
            sources[cell] = (slope * surface[cell] - current) * part;
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
            double slope = slopes[cell];
            double source = sources[cell] / Wall.part(wall, slope);
            double at = Wall.value(wall, slope, source, potential[cell]);
            change = Math.max(change, Math.abs(at + shift - surface[cell]) / model.kT());
            sources[cell] = at + shift;
        }
        System.arraycopy(potential, 0, surface, 0, potential.length);
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            surface[cell] = sources[cell];
        }
        return change;
    }

    /** Gives closed cells the potential of the cells that stand in for them, so that one that opens has it. */
    void extend() {
        for (int cell = 0; cell < potential.length; cell++) {
            potential[cell] = potential[space.host(cell)];
        }
    }

    /** The live values against the bulk, V, one a cell. */
    double[] values() {
        return potential;
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
