package dev.kossel.engine.field;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A concentration c that diffuses in the open space, is absorbed at a rate proportional to it and released at a given rate, and has a given value at the
 * top:
 *
 * <pre>
 *   ∂c/∂t = ∇·(D ∇c) − k c + s
 * </pre>
 *
 * <p>Quasi-steady, ∂c/∂t = 0, or in time by the implicit Euler method: first order in the step and stable for any. What closes while metal grows into it is displaced at the
 * concentration it has and leaves through the top, so {@code content + displaced = inflow − absorbed + released} over any step, to the tolerance.
 *
 * <p>The values are the state: saved and restored, they start the next solution where this one ended. Amounts are in particles, lengths in nm, times in s. Single-threaded.
 */
public final class DiffusingField {

    private final FieldGrid grid;
    private final Conduction conduction;
    private final double diffusivityNm2PerSecond;
    private final double bulkPerNm3;
    private final double[] values;
    private final double[] capacities;
    private double inflowPerSecond;

    /**
     * The bulk concentration everywhere.
     *
     * @param diffusivityNm2PerSecond D, nm²/s
     * @param bulkPerNm3 concentration at the top, nm⁻³
     */
    public DiffusingField(FieldGrid grid, double diffusivityNm2PerSecond, double bulkPerNm3) {
        if (!(diffusivityNm2PerSecond > 0 && bulkPerNm3 >= 0)) {
            throw new IllegalArgumentException("diffusivity " + diffusivityNm2PerSecond + " nm²/s, concentration "
                    + bulkPerNm3 + " nm⁻³: expected a positive and a non-negative number");
        }
        this.grid = grid;
        this.diffusivityNm2PerSecond = diffusivityNm2PerSecond;
        this.bulkPerNm3 = bulkPerNm3;
        conduction = new Conduction(grid);
        values = new double[grid.cellCount()];
        capacities = new double[values.length];
        Arrays.fill(values, bulkPerNm3);
    }

    /**
     * Sets the space it diffuses in, for the solutions that follow.
     *
     */
    public void space(OpenSpace space) {
        conduction.conduct(space, diffusivityNm2PerSecond);
    }

    /**
     * The steady field.
     *
     * @param active the cells in which something is absorbed or released
     * @param absorptionNm3PerSecond k of these cells times their open volume; what other cells have is not read
     * @param sourcePerSecond s of these cells times their open volume
     */
    public void settle(
            IntArrayList active, double[] absorptionNm3PerSecond, double[] sourcePerSecond, double tolerance) {
        inflowPerSecond =
                conduction.solve(values, active, absorptionNm3PerSecond, sourcePerSecond, bulkPerNm3, tolerance);
    }

    /**
     * The field a step later, by implicit Euler: absorption and sources act at the end of the step.
     *
     * @param space what is open
     * @param stepSeconds how long; positive
     * @param start the values at the beginning of the step, which are not changed; the values held are where the solver starts
     */
    public void advance(
            OpenSpace space,
            double stepSeconds,
            double[] start,
            IntArrayList active,
            double[] absorptionNm3PerSecond,
            double[] sourcePerSecond,
            double tolerance) {
        for (int cell = 0; cell < values.length; cell++) {
            capacities[cell] = space.volumeNm3(cell) / stepSeconds;
        }
        step(start, active, absorptionNm3PerSecond, sourcePerSecond, tolerance);
    }

    /**
     * The same where a place holds C c in place of c, so that C ∂c/∂t is on the left. What is held may follow c in another way: then by turns, each with the C and the start of its tangent.
     *
     * @param capacity C, one a cell, positive
     */
    public void advance(
            OpenSpace space,
            double stepSeconds,
            double[] capacity,
            double[] start,
            IntArrayList active,
            double[] absorptionNm3PerSecond,
            double[] sourcePerSecond,
            double tolerance) {
        for (int cell = 0; cell < values.length; cell++) {
            capacities[cell] = capacity[cell] * space.volumeNm3(cell) / stepSeconds;
        }
        step(start, active, absorptionNm3PerSecond, sourcePerSecond, tolerance);
    }

    private void step(
            double[] start,
            IntArrayList active,
            double[] absorptionNm3PerSecond,
            double[] sourcePerSecond,
            double tolerance) {
        inflowPerSecond = conduction.step(
                values, start, capacities, active, absorptionNm3PerSecond, sourcePerSecond, bulkPerNm3, tolerance);
    }

    /** Gives closed cells the concentration of the cells that stand in for them, so that one that opens has it. */
    public void extend(OpenSpace space) {
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = values[space.host(cell)];
        }
    }

    /** The live values, nm⁻³, one a cell. */
    public double[] values() {
        return values;
    }

    public double bulkPerNm3() {
        return bulkPerNm3;
    }

    public double diffusivityNm2PerSecond() {
        return diffusivityNm2PerSecond;
    }

    /** What flowed in through the top in the last solution, s⁻¹. */
    public double inflowPerSecond() {
        return inflowPerSecond;
    }

    /** Iterations of the solver so far. */
    public long iterations() {
        return conduction.iterations();
    }

    /** Particles in the open space. */
    public double content(OpenSpace space) {
        double sum = 0;
        for (int cell = 0; cell < values.length; cell++) {
            sum += space.volumeNm3(cell) * values[cell];
        }
        return sum;
    }

    public FieldGrid grid() {
        return grid;
    }

    public void save(DataOutput out) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
        out.writeDouble(inflowPerSecond);
    }

    /** Restores what {@link #save} wrote. */
    public void restore(DataInput in) throws IOException {
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = in.readDouble();
        }
        inflowPerSecond = in.readDouble();
    }
}
