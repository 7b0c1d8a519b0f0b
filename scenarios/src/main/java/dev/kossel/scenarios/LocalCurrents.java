package dev.kossel.scenarios;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.process.LocalRates;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.FacingArea;
import dev.kossel.scenarios.physics.Constants;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Where the current flows: by layer of the grid at the last solution, and by cell at the surface as it is. Single-threaded. */
final class LocalCurrents {

    /** Of an electron a second through 1 nm². */
    private static final double AMPERES_PER_SQUARE_METRE = Constants.ELEMENTARY_CHARGE * 1e18;

    private final LocalRates rates;
    private final SurfaceReactions reactions;
    private final FieldGrid grid;
    private final SpeciesSet solids;
    private final FacingArea facing;
    private final TransportModel model;
    /** Means over the reductions: the potential at the surface, the concentration overpotential, and in a salt alone the diffusion potential. */
    private final double[] meanVolts;
    /** By layer, electrons of reductions, s⁻¹, and the rates of these at factors 1; of the last solution. */
    private final double[] layerReduction;

    private final double[] layerWeight;

    LocalCurrents(
            LocalRates rates, SurfaceReactions reactions, FieldGrid grid, SpeciesSet solids, TransportModel model) {
        this.model = model;
        meanVolts = new double[model.salt() == null ? 2 : 3];
        this.rates = rates;
        this.reactions = reactions;
        this.grid = grid;
        this.solids = solids;
        facing = new FacingArea(grid.geometry(), solids);
        layerReduction = new double[grid.layers()];
        layerWeight = new double[grid.layers()];
    }

    /** Takes the currents of a solution. */
    void take() {
        double current = 0;
        double ohmic = 0;
        double nernst = 0;
        double diffusion = 0;
        Arrays.fill(layerReduction, 0);
        Arrays.fill(layerWeight, 0);
        for (int n = 0; n < reactions.reacting().size(); n++) {
            int cell = reactions.reacting().getInt(n);
            int layer = cell % grid.layers();
            double diffusionVolts = reactions.diffusionVolts(cell);
            for (int p = 0; p < reactions.processes(); p++) {
                if (reactions.electrons(p) > 0 && reactions.tally(p, cell) > 0) {
                    double part = reactions.electrons(p) * reactions.rate(p, cell);
                    current += part;
                    ohmic += part * reactions.potential()[cell];
                    nernst += part * reactions.concentrationVolts(p, cell);
                    diffusion += part * diffusionVolts;
                    layerReduction[layer] += part;
                    layerWeight[layer] += reactions.tally(p, cell);
                }
            }
        }
        double[] sums = {ohmic, nernst, diffusion};
        for (int mean = 0; mean < meanVolts.length; mean++) {
            meanVolts[mean] = current > 0 ? sums[mean] / current : 0;
        }
    }

    double ohmicVolts() {
        return meanVolts[0];
    }

    double concentrationVolts() {
        return meanVolts[1];
    }

    /** Of a salt alone; part of {@link #ohmicVolts}. */
    double diffusionVolts() {
        return meanVolts[2];
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

    /**
     * Copies the currents at the surface as it is now, at the rates that hold now: what the sites of a cell and of those around it (3 × 3 × 3, so that where single
     * atoms sit hardly shows) carry, over the area that the open sites there face ({@link FacingArea}); and η less ohmic drop and concentration overpotential. A
     * cell in which nothing reacts has the values of the one that stands in for it. O(sites).
     *
     * @param currentDensity A/m², one a cell, NaN to begin with
     * @param activationVolts likewise
     */
    void copy(double overpotentialVolts, double[] currentDensity, double[] activationVolts) {
        reactions.tallyAnew();
        double[] areas = new double[grid.cellCount()];
        for (int site = 0; site < grid.geometry().siteCount(); site++) {
            if (!solids.contains(rates.lattice().species(site))) {
                areas[reactions.standIn(grid.cellOf(site))] += facing.areaNm2(rates.lattice(), site);
            }
        }
        double[] current = new double[areas.length];
        double[] nernst = new double[areas.length];
        double[] reduced = new double[areas.length];
        for (int p = 0; p < reactions.processes(); p++) {
            if (reactions.electrons(p) == 0) {
                continue;
            }
            int group = reactions.group(p);
            for (int cell = 0; cell < areas.length; cell++) {
                int host = reactions.standIn(cell);
                double part = reactions.electrons(p)
                        * reactions.tally(p, cell)
                        * rates.factor(group)
                        * reactions.local(group, cell);
                current[host] += part;
                if (part > 0) {
                    reduced[host] += part;
                    nernst[host] += part * reactions.concentrationVolts(p, host);
                }
            }
        }
        for (int cell = 0; cell < areas.length; cell++) {
            double around = reactions.standIn(cell) == cell ? around(cell, areas) : 0;
            if (around > 0) {
                currentDensity[cell] = around(cell, current) / around * AMPERES_PER_SQUARE_METRE;
            }
        }
        for (int cell = 0; cell < areas.length; cell++) {
            int host = reactions.standIn(cell);
            currentDensity[cell] = currentDensity[host];
            activationVolts[cell] = overpotentialVolts
                    - reactions.potential()[host]
                    - (reduced[host] > 0 ? nernst[host] / reduced[host] : 0);
        }
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

    void save(DataOutput out) throws IOException {
        for (double[] row : List.of(layerReduction, layerWeight)) {
            for (double value : row) {
                out.writeDouble(value);
            }
        }
        for (double mean : meanVolts) {
            out.writeDouble(mean);
        }
    }

    void restore(DataInput in) throws IOException {
        for (double[] row : List.of(layerReduction, layerWeight)) {
            for (int layer = 0; layer < row.length; layer++) {
                row[layer] = in.readDouble();
            }
        }
        for (int mean = 0; mean < meanVolts.length; mean++) {
            meanVolts[mean] = in.readDouble();
        }
    }
}
