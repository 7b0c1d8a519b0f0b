package dev.kossel.scenarios;

import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.engine.field.Conduction;
import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.field.OpenSpace;
import dev.kossel.engine.process.Drift;
import dev.kossel.engine.process.LocalRates;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.Species;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.scenarios.file.IonField;
import dev.kossel.scenarios.physics.OverpotentialFactor;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The potential in which explicit ions drift, site by site, and what it makes of the rates: of hops by the {@link Drift}, of charge transfers by their law at η − φ instead of η, so that an
 * ion at φ is reduced and formed again in the ratio that its energy zeφ asks for.
 *
 * <p>Laplace's equation is solved on a grid as the surface moves, and interpolated to the sites linearly in x, y and z between the middles of cells; what is solid
 * has the potential of the surface. Everything follows from the surface at the last solution: that is what a restart needs. Single-threaded.
 */
final class IonPotential implements Medium {

    private static final double TOLERANCE = 1e-8;

    /** Of transfers that are undone again, one in so many counts. */
    private static final int UNDONE = 64;

    private final ExplicitIons ions;
    private final KineticMonteCarlo kmc;
    private final LocalRates rates;
    private final Drift drift;
    private final long[] electrons;
    private final @Nullable Solver solver;
    private final double[][] values;
    private final long[] countsBefore;
    private boolean solved;

    IonPotential(Model model, ExplicitIons ions, KineticMonteCarlo kmc, LocalRates rates, Drift drift) {
        this.ions = ions;
        this.kmc = kmc;
        this.rates = rates;
        this.drift = drift;
        electrons = model.electrons();
        countsBefore = new long[electrons.length];
        values = new double[ions.groups().size() + 1][model.geometry().siteCount()];
        if (ions.field() instanceof IonField.Laplace laplace) {
            List<Species> species = model.catalog().species();
            int[] solids = IntStream.range(0, species.size())
                    .filter(s -> species.get(s).phase() != Phase.VACANT
                            && species.get(s).phase() != Phase.ION)
                    .toArray();
            solver = new Solver(model.geometry(), laplace, SpeciesSet.of(solids));
        } else {
            solver = null;
            double bottom = ((IonField.Uniform) ions.field()).potential().volts();
            LatticeGeometry geometry = model.geometry();
            double height = geometry.layerHeightNm(geometry.layerCount() - 1);
            Arrays.setAll(
                    drift.potential(), site -> bottom * (1 - geometry.layerHeightNm(geometry.layer(site)) / height));
        }
    }

    @Override
    public void demand() {
        // Nothing here depends on what is held.
    }

    @Override
    public boolean isDue() {
        return !solved || solver != null && transfersSince() >= solver.transfersPerSolution;
    }

    private long transfersSince() {
        long net = 0;
        long gross = 0;
        for (int p = 0; p < electrons.length; p++) {
            if (electrons[p] != 0) {
                long since = kmc.eventCount(p) - countsBefore[p];
                gross += since;
                net += electrons[p] < 0 ? -since : since;
            }
        }
        return Math.abs(net) + (gross - Math.abs(net)) / UNDONE;
    }

    @Override
    public double dueSeconds() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double solve(double overpotentialVolts, double currentDensity) {
        if (solver != null) {
            solver.space.measure(rates.lattice(), solver.solids);
            solver.solve(drift.potential());
        }
        localise();
        for (int p = 0; p < countsBefore.length; p++) {
            countsBefore[p] = kmc.eventCount(p);
        }
        solved = true;
        return overpotentialVolts;
    }

    private void localise() {
        double[] potential = drift.potential();
        for (int g = 1; g < values.length; g++) {
            // Butler–Volmer alone, whose F(η − φ)/F(η) is the same at every η.
            OverpotentialFactor law = ions.groups().get(g - 1).law();
            Arrays.setAll(values[g], site -> law.at(-potential[site]));
        }
        drift.bounds(rates.table(), values);
        rates.localise(values);
    }

    @Override
    public boolean supplies() {
        return true;
    }

    @Override
    public boolean settles() {
        return true;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeBoolean(solved);
        for (long count : countsBefore) {
            out.writeLong(count);
        }
        if (solver != null) {
            solver.space.save(out);
            for (double value : solver.values) {
                out.writeDouble(value);
            }
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        solved = in.readBoolean();
        for (int p = 0; p < countsBefore.length; p++) {
            countsBefore[p] = in.readLong();
        }
        if (solver != null) {
            solver.space.restore(in);
            for (int cell = 0; cell < solver.values.length; cell++) {
                solver.values[cell] = in.readDouble();
            }
            solver.interpolate(drift.potential());
        }
        if (solved) {
            localise();
        }
    }

    /** Laplace's equation between the surface and the top. */
    private static final class Solver {
        private final LatticeGeometry geometry;
        private final FieldGrid grid;
        private final OpenSpace space;
        private final Conduction conduction;
        private final SpeciesSet solids;
        private final double surface;
        private final long transfersPerSolution;
        private final double[] values;
        private final double[] absorption;
        private final double[] source;
        private final IntArrayList walls = new IntArrayList();
        private final double[] middlesX;
        private final double[] middlesY;
        private final double[] middlesZ;

        Solver(LatticeGeometry geometry, IonField.Laplace laplace, SpeciesSet solids) {
            this.geometry = geometry;
            this.solids = solids;
            surface = laplace.potential().volts();
            grid = ExplicitIons.grid(geometry, laplace);
            space = new OpenSpace(grid);
            conduction = new Conduction(grid, Conduction.UNMERGED);
            values = new double[grid.cellCount()];
            absorption = new double[values.length];
            source = new double[values.length];
            double sitesPerCellLayer = (double) geometry.siteCount() / grid.boxLayers();
            transfersPerSolution = Math.max(1, (long) (laplace.step() * sitesPerCellLayer));
            middlesX = middles(
                    IntStream.range(0, grid.cellsX()).mapToDouble(grid::widthNm).toArray());
            middlesY = middles(
                    IntStream.range(0, grid.cellsY()).mapToDouble(grid::depthNm).toArray());
            middlesZ = middles(IntStream.range(0, grid.layers())
                    .mapToDouble(grid::heightNm)
                    .toArray());
        }

        private static double[] middles(double[] edges) {
            double[] middles = new double[edges.length];
            double start = 0;
            for (int n = 0; n < edges.length; n++) {
                middles[n] = start + edges[n] / 2;
                start += edges[n];
            }
            return middles;
        }

        void solve(double[] potential) {
            conduction.conduct(space, 1);
            walls.clear();
            for (int cell = 0; cell < values.length; cell++) {
                if (space.wallNm(cell) > 0) {
                    walls.add(cell);
                }
                // The wall is held at the potential of the surface: all that its conductance lets through is absorbed.
                absorption[cell] = space.wallNm(cell);
                source[cell] = absorption[cell] * surface;
            }
            conduction.solve(values, walls, absorption, source, 0, TOLERANCE);
            for (int cell = 0; cell < values.length; cell++) {
                values[cell] = space.open(cell) == 0 ? surface : values[cell];
            }
            interpolate(potential);
        }

        void interpolate(double[] potential) {
            for (int site = 0; site < potential.length; site++) {
                potential[site] = at(site);
            }
        }

        private double at(int site) {
            double x = geometry.xNm(site);
            double y = geometry.yNm(site);
            double z = geometry.zNm(site);
            int west = below(middlesX, x);
            int south = below(middlesY, y);
            int down = Math.max(0, below(middlesZ, z));
            int up = Math.min(down + 1, middlesZ.length - 1);
            double partX = part(middlesX, west, x, geometry.widthNm());
            double partY = part(middlesY, south, y, geometry.depthNm());
            double span = middlesZ[up] - middlesZ[down];
            double partZ = span == 0 ? 0 : Math.max(0, (z - middlesZ[down]) / span);
            double sum = 0;
            for (int n = 0; n < 4; n++) {
                int i = Math.floorMod(west + (n & 1), middlesX.length);
                int j = Math.floorMod(south + (n >> 1), middlesY.length);
                double weight = ((n & 1) == 1 ? partX : 1 - partX) * ((n >> 1) == 1 ? partY : 1 - partY);
                sum += weight * ((1 - partZ) * values[grid.cell(i, j, down)] + partZ * values[grid.cell(i, j, up)]);
            }
            return sum;
        }

        /** The last middle not beyond a place; −1 before the first. */
        private static int below(double[] middles, double place) {
            int found = Arrays.binarySearch(middles, place);
            return found >= 0 ? found : -found - 2;
        }

        /** How far a place is from one middle to the next, over the seam of a periodic box too. */
        private static double part(double[] middles, int below, double place, double length) {
            double from = below < 0 ? middles[middles.length - 1] - length : middles[below];
            double to = below + 1 < middles.length ? middles[below + 1] : middles[0] + length;
            return (place - from) / (to - from);
        }
    }
}
