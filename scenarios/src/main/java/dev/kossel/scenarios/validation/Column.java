package dev.kossel.scenarios.validation;

import dev.kossel.engine.field.FieldGrid;
import java.util.Arrays;

/**
 * Diffusion to a flat electrode in one dimension, on the grid and in the steps of the fields, but without lattice, events and noise: a tridiagonal system a step. By what its answer differs
 * from the law, whose space and time are continuous, a measurement may differ too, and by no more. Lengths in m, amounts in mol, times in s.
 */
final class Column {

    /** After a change of what is held, the first step over the time in which the lowest cell is diffused through, and later ones over the time since. */
    private static final double FIRST_STEP = 0.1;

    private static final double STEP_OF_ELAPSED = 0.03;
    /** A run ends where less than this part of the current is supplied. */
    private static final double SUPPLY = 0.98;

    private final double[] open;
    private final double diffusivity;
    private final double bulk;
    private final double firstStep;
    private final double longestStep;
    /** From the middle of each cell to that of the next, and from the last to the bulk; m/s. */
    private final double[] conductances;
    /** From the middle of the lowest cell to the wall; m/s. */
    private final double wall;

    private final double[] values;
    private double surface;

    /**
     * The bulk concentration everywhere.
     *
     * @param grid of the fields
     * @param solid thickness of what is solid in its lowest layer of cells
     * @param diffusivity m²/s
     * @param bulk concentration, mol/m³
     * @param longestStep s
     */
    Column(FieldGrid grid, double solid, double diffusivity, double bulk, double longestStep) {
        this.diffusivity = diffusivity;
        this.bulk = bulk;
        this.longestStep = longestStep;
        double height = grid.heightNm(0) * 1e-9;
        firstStep = FIRST_STEP * height * height / diffusivity;
        int cells = grid.layers();
        open = new double[cells];
        Arrays.setAll(open, n -> n == 0 ? height - solid : grid.heightNm(n) * 1e-9);
        conductances = new double[cells];
        Arrays.setAll(conductances, n -> 2 * diffusivity / (open[n] + (n + 1 < cells ? open[n + 1] : 0)));
        wall = 2 * diffusivity / open[0];
        values = new double[cells];
        Arrays.fill(values, bulk);
        surface = bulk;
    }

    /** Concentration at the wall at the end of the last step, mol/m³. */
    double surface() {
        return surface;
    }

    /**
     * Lets time pass while the wall takes {@code absorption · c − source}, mol/(m² s), of the concentration at it.
     *
     * @return what it has taken, mol/m²
     */
    double hold(double seconds, double absorption, double source) {
        double taken = 0;
        double elapsed = 0;
        while (seconds - elapsed > 1e-9 * seconds) {
            double step = step(elapsed, seconds);
            taken += step * advance(step, absorption, source);
            elapsed += step;
        }
        return taken;
    }

    /**
     * Lets time pass while the wall takes a flux, mol/(m² s), until that is not supplied any more.
     *
     * @return when the first step begins in which it is not, s; {@code seconds} if it is all the time
     */
    double supply(double seconds, double flux) {
        double elapsed = 0;
        while (seconds - elapsed > 1e-9 * seconds) {
            double step = step(elapsed, seconds);
            double[] before = values.clone();
            advance(step, 0, 0);
            double rested = surface;
            System.arraycopy(before, 0, values, 0, values.length);
            advance(step, 0, -flux);
            // What falls with the flux is 0 at the largest one.
            if (surface < 0 && rested < SUPPLY * (rested - surface)) {
                return elapsed;
            }
            elapsed += step;
        }
        return seconds;
    }

    private double step(double elapsed, double seconds) {
        return Math.min(seconds - elapsed, Math.min(longestStep, Math.max(firstStep, STEP_OF_ELAPSED * elapsed)));
    }

    /** A step of implicit Euler; returns the flux into the wall. */
    private double advance(double seconds, double absorption, double source) {
        int cells = values.length;
        double part = wall / (wall + absorption);
        double[] carry = new double[cells];
        double below = absorption * part;
        double inflow = source * part;
        for (int n = 0; n < cells; n++) {
            double capacity = open[n] / seconds;
            double pivot = capacity + conductances[n] + below;
            values[n] = (capacity * values[n] + inflow) / pivot;
            carry[n] = conductances[n] / pivot;
            if (n + 1 < cells) {
                inflow = conductances[n] * values[n];
                below = conductances[n] * (1 - carry[n]);
            }
        }
        values[cells - 1] += carry[cells - 1] * bulk;
        for (int n = cells - 2; n >= 0; n--) {
            values[n] += carry[n] * values[n + 1];
        }
        surface = (wall * values[0] + source) / (wall + absorption);
        return absorption * surface - source;
    }
}
