package dev.kossel.scenarios;

import dev.kossel.engine.field.DiffusingField;
import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.field.OpenSpace;
import dev.kossel.scenarios.physics.AcidBase;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * H+ and OH- in the electrolyte, quasi-steady: the field of ψ, whose gradient carries base (see {@link AcidBase}), less its value in the bulk.
 *
 * <p>Amounts are in particles and nm³ here, as in {@link Electrolyte}. Single-threaded.
 */
final class WaterField {

    private static final double LARGEST_CHANGE = 1;
    private static final double PER_MOLAR = TransportModel.PER_NM3_AND_MOLAR;

    private final AcidBase equilibrium;
    private final double[] protons;
    private final double[] hydroxide;
    private final DiffusingField field;
    private final double bulk;

    /**
     * The bulk everywhere.
     *
     * @param protons c(H+) at the surface by cell, nm⁻³, of the bulk to begin with; kept current
     * @param hydroxide likewise
     */
    WaterField(FieldGrid grid, AcidBase equilibrium, double[] protons, double[] hydroxide) {
        this.equilibrium = equilibrium;
        this.protons = protons;
        this.hydroxide = hydroxide;
        bulk = equilibrium.potential(protons[0] / PER_MOLAR);
        // With ψ for a concentration, D is 1.
        field = new DiffusingField(grid, 1, 0);
    }

    void space(OpenSpace space) {
        field.space(space);
    }

    void extend(OpenSpace space) {
        field.extend(space);
    }

    /** ψ at the surface in a cell, less that of the bulk. */
    double surface(int cell) {
        return (equilibrium.potential(protons[cell] / PER_MOLAR) - bulk) * PER_MOLAR;
    }

    /** −dψ/d ln c(H+) there. */
    double steepness(int cell) {
        return equilibrium.steepness(protons[cell] / PER_MOLAR) * PER_MOLAR;
    }

    /**
     * Solves with base produced at the rate source − absorption · ψ at the surface of every reacting cell.
     *
     * @return the largest change of ln c(H+) at the surface; it is held to 1
     */
    double settle(OpenSpace space, IntArrayList reacting, double[] absorption, double[] source, double tolerance) {
        double[] absorbed = new double[absorption.length];
        double[] released = new double[source.length];
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double wall = space.wallNm(cell);
            double part = wall > 0 ? wall / (wall + absorption[cell]) : 1;
            absorbed[cell] = absorption[cell] * part;
            released[cell] = source[cell] * part;
        }
        field.settle(absorbed, released, tolerance);
        double change = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double wall = space.wallNm(cell);
            double here = field.values()[cell];
            double at = wall > 0 ? (wall * here + source[cell]) / (wall + absorption[cell]) : here;
            double before = protons[cell] / PER_MOLAR;
            double step = Math.log(equilibrium.protons(bulk + at / PER_MOLAR, before) / before);
            set(cell, before * Math.exp(Math.max(-LARGEST_CHANGE, Math.min(LARGEST_CHANGE, step))));
            change = Math.max(change, Math.abs(step));
        }
        return change;
    }

    private void set(int cell, double molar) {
        protons[cell] = molar * PER_MOLAR;
        hydroxide[cell] = equilibrium.hydroxide(molar) * PER_MOLAR;
    }

    /** Concentrations by cell, mol/L; what closed cells hold means nothing. */
    double[] concentrations(boolean ofProtons) {
        double[] molar = new double[protons.length];
        double last = protons[0] / PER_MOLAR;
        for (int cell = 0; cell < molar.length; cell++) {
            last = equilibrium.protons(bulk + field.values()[cell] / PER_MOLAR, last);
            molar[cell] = ofProtons ? last : equilibrium.hydroxide(last);
        }
        return molar;
    }

    /** The surface concentrations are the caller's to save. */
    void save(DataOutput out) throws IOException {
        field.save(out);
    }

    void restore(DataInput in, OpenSpace space) throws IOException {
        field.restore(in);
        field.space(space);
    }
}
