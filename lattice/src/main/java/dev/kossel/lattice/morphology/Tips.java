package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tips of a deposit: summits of its height map, by prominence.
 *
 * <p>The <em>prominence</em> of a summit is how far one has to climb down from it to come to a higher one; from the highest, to the lowest ground (Kirmse
 * and de Ferranti 2017, doi:10.1177/0309133317738163). A summit is a <em>tip</em> if its prominence is at least m layers, where m is the whole number
 * nearest to 2.5 nearest-neighbour distances; less is roughness. Steps lead from a stack to those within √2 of the linking distance of {@link Islands}: to
 * its eight neighbours on sc(100), to six on fcc(111).
 *
 * <p>The surface is flooded downwards from the top: stacks join their higher neighbours, and where two summits meet, the lower one has its prominence. Then
 *
 * <pre>
 *   radius R = (A/π + d²) / (2d),   base D = 2 √(B/π),   aspect ratio = prominence / D
 * </pre>
 *
 * where A is the area of the uppermost m layers of a tip, d = (m − ½) layers their depth, from half a layer above the topmost site to the centre of the
 * lowest of them (so that R is that of the spherical cap of this area and depth), and B the area of what stands above the saddle.
 *
 * <p>O(stacks) a measurement beyond that of the {@link HeightMap}; allocates its result. 28 bytes a stack, lent for a measurement. Single-threaded.
 */
public final class Tips {

    private static final double LEAST_SPACINGS = 2.5;
    private static final int ROWS = 7;
    private static final double STEP = Math.sqrt(2) * (1 + 1e-6);

    private final Substrate substrate;
    private HeightMap heights;
    private final double areaPerStackNm2;
    private final int capLayers;

    /** By stack within a cell: cells along x, along y, and stack within the cell, of each neighbour in turn. */
    private final int[][] steps;

    private final SiteNumbers numbers;
    private final int stacks;

    /** {@value #ROWS} rows of a number a stack, lent for a measurement. */
    private int[] row = {};

    /** Where a row begins: stacks, the highest first. */
    private final int descending;

    /** Likewise, by stack; of a set that a summit stands for, unless said otherwise. */
    private final int parent;

    private final int size;

    /** Stacks of a set that are higher than {@link #level}, the last layer at which the set grew. */
    private final int sizeAbove;

    private final int level;
    private final int queue;

    /** The summit whose cap a stack belongs to. */
    private final int capOf;

    private List<Tip> tips = List.of();

    /**
     * A tip.
     *
     * @param stack the summit
     * @param heightNm of the summit above the mean initial surface, nm
     * @param prominenceNm nm
     * @param radiusNm radius of curvature at the top, nm
     * @param baseNm diameter of the circle of the area that stands above the saddle, nm
     */
    public record Tip(int stack, double heightNm, double prominenceNm, double radiusNm, double baseNm) {

        /** Prominence over diameter of the base. */
        public double aspectRatio() {
            return prominenceNm / baseNm;
        }
    }

    public Tips(Substrate substrate, SpeciesSet solid) {
        this(new HeightMap(substrate, solid));
    }

    /** @param map of the solid, which a measurement of a view is made with */
    public Tips(HeightMap map) {
        this(map, new SiteNumbers());
    }

    /** The same, with numbers that are lent to other measures as well. */
    public Tips(HeightMap map, SiteNumbers numbers) {
        this.numbers = numbers;
        heights = map;
        substrate = map.substrate();
        LatticeGeometry geometry = substrate.geometry();
        stacks = substrate.stackCount();
        areaPerStackNm2 = substrate.areaNm2() / stacks;
        double nearestNm = NearestShells.distanceNm(geometry);
        capLayers = (int) Math.max(1, Math.round(LEAST_SPACINGS * nearestNm / geometry.layerSpacingNm()));
        steps = steps(geometry);
        descending = 0;
        parent = stacks;
        size = 2 * stacks;
        sizeAbove = 3 * stacks;
        level = 4 * stacks;
        queue = 5 * stacks;
        capOf = 6 * stacks;
    }

    private int[][] steps(LatticeGeometry geometry) {
        Stacks inCell = substrate.stacks();
        double cellWidthNm = geometry.widthNm() / geometry.cellsX();
        double cellDepthNm = geometry.depthNm() / geometry.cellsY();
        double farthestNm = new LayerBonds(geometry).linkingDistanceNm() * STEP;
        int reachX = 1 + (int) (farthestNm / cellWidthNm);
        int reachY = 1 + (int) (farthestNm / cellDepthNm);
        int[][] all = new int[inCell.perCell()][];
        for (int from = 0; from < all.length; from++) {
            int a = inCell.site(0, from);
            IntArrayList found = new IntArrayList();
            for (int to = 0; to < all.length; to++) {
                int b = inCell.site(0, to);
                for (int y = -reachY; y <= reachY; y++) {
                    for (int x = -reachX; x <= reachX; x++) {
                        double distanceNm = Math.hypot(
                                geometry.xNm(b) - geometry.xNm(a) + x * cellWidthNm,
                                geometry.yNm(b) - geometry.yNm(a) + y * cellDepthNm);
                        if (distanceNm > 0 && distanceNm <= farthestNm) {
                            found.addElements(found.size(), new int[] {x, y, to});
                        }
                    }
                }
            }
            all[from] = found.toIntArray();
        }
        return all;
    }

    /** Measures {@code view}, which must have the geometry of the substrate. */
    public Tips measure(LatticeView view) {
        return measure(heights.measure(view));
    }

    /** The same where a height map of the solid is at hand; it is taken over. */
    public Tips measure(HeightMap map) {
        heights = map;
        row = numbers.begin(Math.multiplyExact(ROWS, stacks));
        sortDescending();
        List<Tip> found = new ArrayList<>();
        for (int i = 0; i < stacks; i++) {
            flood(row[descending + i], found);
        }
        int highest = row[descending];
        int lowest = heights.topLayer(row[descending + stacks - 1]);
        note(highest, lowest, found);
        found.sort(Comparator.comparingDouble(Tip::prominenceNm).reversed().thenComparingInt(Tip::stack));
        tips = List.copyOf(found);
        row = new int[0];
        return this;
    }

    /** By layer, equal ones by number; a counting sort. */
    private void sortDescending() {
        int[] starts = new int[substrate.geometry().layerCount() + 2];
        for (int stack = 0; stack < stacks; stack++) {
            starts[rankOfLayer(stack) + 1]++;
        }
        for (int rank = 1; rank < starts.length; rank++) {
            starts[rank] += starts[rank - 1];
        }
        for (int stack = 0; stack < stacks; stack++) {
            row[descending + starts[rankOfLayer(stack)]++] = stack;
        }
    }

    /** 0 for the uppermost layer of the box, as many as there are layers for a stack without deposit. */
    private int rankOfLayer(int stack) {
        return substrate.geometry().layerCount() - 1 - heights.topLayer(stack);
    }

    private void flood(int stack, List<Tip> found) {
        int layer = heights.topLayer(stack);
        row[parent + stack] = stack;
        row[size + stack] = 1;
        row[sizeAbove + stack] = 0;
        row[level + stack] = layer;
        int cellX = cellX(stack);
        int cellY = cellY(stack);
        int[] around = steps[stack % steps.length];
        for (int i = 0; i < around.length; i += 3) {
            int beside = step(cellX, cellY, around, i);
            if (row[parent + beside] < 0) {
                continue;
            }
            int here = summit(stack);
            int there = summit(beside);
            if (here == there) {
                continue;
            }
            boolean lowerIsHere = isLower(here, there);
            int lower = lowerIsHere ? here : there;
            int higher = lowerIsHere ? there : here;
            note(lower, layer, found);
            lowerTo(layer, higher);
            row[parent + lower] = higher;
            row[size + higher] += row[size + lower];
        }
    }

    private int cellX(int stack) {
        return stack / steps.length % substrate.geometry().cellsX();
    }

    private int cellY(int stack) {
        return stack / steps.length / substrate.geometry().cellsX();
    }

    private int step(int cellX, int cellY, int[] around, int i) {
        int cellsX = substrate.geometry().cellsX();
        int x = wrap(cellX + around[i], cellsX);
        int y = wrap(cellY + around[i + 1], substrate.geometry().cellsY());
        return (y * cellsX + x) * steps.length + around[i + 2];
    }

    /** The usual case without a division. */
    private static int wrap(int cell, int cells) {
        return cell >= 0 && cell < cells ? cell : Math.floorMod(cell, cells);
    }

    /** In the order in which summits are met, so that of two equally high ones one is the higher. */
    private boolean isLower(int stack, int other) {
        int difference = heights.topLayer(stack) - heights.topLayer(other);
        return difference != 0 ? difference < 0 : stack > other;
    }

    private int summit(int stack) {
        int at = stack;
        while (row[parent + at] != at) {
            row[parent + at] = row[parent + row[parent + at]];
            at = row[parent + at];
        }
        return at;
    }

    private void lowerTo(int layer, int summit) {
        if (row[level + summit] != layer) {
            row[level + summit] = layer;
            row[sizeAbove + summit] = row[size + summit];
        }
    }

    private void note(int summit, int saddleLayer, List<Tip> found) {
        if (heights.topLayer(summit) - saddleLayer < capLayers) {
            return;
        }
        lowerTo(saddleLayer, summit);
        double prominenceNm = substrate.heightNm(heights.topLayer(summit)) - substrate.heightNm(saddleLayer);
        double depthNm = (capLayers - 0.5) * substrate.geometry().layerSpacingNm();
        double capNm2 = capStacks(summit) * areaPerStackNm2;
        double radiusNm = (capNm2 / Math.PI + depthNm * depthNm) / (2 * depthNm);
        double baseNm = 2 * Math.sqrt(row[sizeAbove + summit] * areaPerStackNm2 / Math.PI);
        found.add(new Tip(summit, heights.heightNm(summit), prominenceNm, radiusNm, baseNm));
    }

    /** Stacks that reach the uppermost {@link #capLayers} layers of a tip and hang together there. No stack does so for two tips. */
    private int capStacks(int summit) {
        int above = heights.topLayer(summit) - capLayers;
        int queued = 1;
        row[queue] = summit;
        row[capOf + summit] = summit;
        for (int next = 0; next < queued; next++) {
            int stack = row[queue + next];
            int cellX = cellX(stack);
            int cellY = cellY(stack);
            int[] around = steps[stack % steps.length];
            for (int i = 0; i < around.length; i += 3) {
                int beside = step(cellX, cellY, around, i);
                if (heights.topLayer(beside) > above && row[capOf + beside] != summit) {
                    row[capOf + beside] = summit;
                    row[queue + queued++] = beside;
                }
            }
        }
        return queued;
    }

    /** The tips, the most prominent first. */
    public List<Tip> tips() {
        return tips;
    }

    /** The topmost deposit site of a tip's summit, as last measured. */
    public int summitSite(Tip tip) {
        return substrate.stacks().site(heights.topLayer(tip.stack()), tip.stack());
    }
}
