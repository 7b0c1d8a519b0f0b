package dev.kossel.viz.render;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.LatticeView;
import dev.kossel.viz.draw.Lettering;
import dev.kossel.viz.draw.NiceNumbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shaded 3D picture of a morphology: lit spheres with ambient occlusion and soft shadows, in the box that the deposit
 * fills, with a scale bar and a legend.
 *
 * <p>Only spheres that can be seen are drawn: the surface, which is every solid site with a neighbour that is not solid
 * or on a cut face of the periodic box; and, dim, the solid neighbours of the surface, because they show through the
 * gaps between its atoms. The scale bar holds in the plane through the middle of the box, and everywhere where the
 * camera is orthographic.
 *
 * <p>Stateless; runs on the caller's thread. At 1200 × 900 with nine samples a pixel 10⁵ surface spheres take about 1 s
 * of one core and 5·10⁶ about 10 s; memory is 40 bytes a drawn sphere, two bits a site and some 100 MB of buffers at
 * most.
 */
public final class MorphologyRenderer {

    private static final int SUBSTRATE_RGB = 0x98a2ae;

    private MorphologyRenderer() {}

    /** The picture of {@code view} as it is now. */
    public static BufferedImage render(LatticeView view, MorphologyStyle style) {
        Scene scene = new Gathering(view, style).scene();
        boolean flat = isFlat(view.geometry());
        return render(scene, flat ? style.withCamera(Camera.orthographic(0, 90)) : style);
    }

    /** Half the nearest distance, enlarged so that the spheres of a closed layer leave no gap to look through; nm. */
    public static double radiusNm(LatticeGeometry geometry) {
        double nearest = geometry.shells().get(0).distance() * geometry.latticeConstantNm();
        return nearest * (geometry.kind() == LatticeKind.SC || geometry.kind() == LatticeKind.SQUARE ? 0.71 : 0.6);
    }

    private static boolean isFlat(LatticeGeometry geometry) {
        return geometry.kind() == LatticeKind.SQUARE || geometry.kind() == LatticeKind.TRIANGULAR;
    }

    /**
     * All that is drawn.
     *
     * @param box the frame around the deposit, nm
     * @param legend what is named beside the picture; empty for none
     * @param possible what might be named there: the same for all frames of an animation, so that it keeps its room
     * @param colorBar scale of the colours, if they tell a number
     */
    record Scene(
            SphereCloud cloud,
            Bounds box,
            List<SiteColoring.Kind> legend,
            List<SiteColoring.Kind> possible,
            Annotations.@Nullable ColorBar colorBar) {}

    static BufferedImage render(Scene scene, MorphologyStyle style) {
        int width = style.width();
        int height = style.height();
        double unit = Annotations.unit(width, height);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Lettering.graphics(image);

        double sideRoom = 36 * unit;
        if (style.legend() && scene.colorBar != null) {
            sideRoom = 150 * unit;
        } else if (style.legend() && scene.possible.size() > 1) {
            sideRoom = Annotations.legendWidth(graphics, scene.possible, unit) + 72 * unit;
        }
        double top = Annotations.titleHeight(style.title(), unit);
        double bottom = (style.scaleBar() ? 84 : 36) * unit;
        double left = 48 * unit;
        Projection projection =
                Projection.fit(style.camera(), scene.box, left, top, width - left - sideRoom, height - top - bottom);

        Illumination light = Illumination.of(scene.cloud, SphereRasterizer.keyDirection(projection));
        Backdrop backdrop = style.backdrop();
        float[] nearest =
                SphereRasterizer.draw(scene.cloud, light, projection, style.samples(), image, backdrop.background());
        outline(graphics, scene.box, projection, nearest, width, height, unit);

        Annotations.title(graphics, style.title(), backdrop, width, unit);
        if (style.scaleBar()) {
            Annotations.scaleBar(
                    graphics, backdrop, 36 * unit, height - 36 * unit, projection.scaleAt(0), 0.2 * width, unit);
        }
        if (style.legend() && scene.colorBar != null) {
            Annotations.colorBar(
                    graphics,
                    scene.colorBar,
                    backdrop,
                    width - sideRoom + 24 * unit,
                    0.26 * height,
                    20 * unit,
                    0.48 * height,
                    unit);
        } else if (style.legend() && scene.possible.size() > 1) {
            Annotations.legend(graphics, scene.legend, backdrop, width - sideRoom + 36 * unit, top, unit);
        }
        graphics.dispose();
        return image;
    }

    /** The edges of the box, but for those at its nearest corner, and left out where a sphere lies before them. */
    private static void outline(
            Graphics2D graphics,
            Bounds box,
            Projection projection,
            float[] nearest,
            int width,
            int height,
            double unit) {
        graphics.setColor(new Color(0x66, 0x73, 0x80, 150));
        graphics.setStroke(new BasicStroke((float) (1.3 * unit), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        int front = 0;
        for (int corner = 1; corner < 8; corner++) {
            front = depth(projection, box, corner) > depth(projection, box, front) ? corner : front;
        }
        for (int corner = 0; corner < 8; corner++) {
            for (int bit = 1; bit <= 4; bit <<= 1) {
                if ((corner & bit) == 0 && corner != front && (corner | bit) != front) {
                    edge(graphics, box, corner, corner | bit, projection, nearest, width, height);
                }
            }
        }
    }

    private static double depth(Projection projection, Bounds box, int corner) {
        return projection.depth(box.cornerX(corner), box.cornerY(corner), box.cornerZ(corner));
    }

    private static void edge(
            Graphics2D graphics,
            Bounds box,
            int from,
            int to,
            Projection projection,
            float[] nearest,
            int width,
            int height) {
        int pieces = 400;
        double startX = 0;
        double startY = 0;
        boolean drawing = false;
        for (int i = 0; i <= pieces; i++) {
            double t = (double) i / pieces;
            double x = box.cornerX(from) + t * (box.cornerX(to) - box.cornerX(from));
            double y = box.cornerY(from) + t * (box.cornerY(to) - box.cornerY(from));
            double z = box.cornerZ(from) + t * (box.cornerZ(to) - box.cornerZ(from));
            double px = projection.pixelX(x, y, z);
            double py = projection.pixelY(x, y, z);
            int column = (int) px;
            int row = (int) py;
            boolean inside = column >= 0 && row >= 0 && column < width && row < height;
            boolean visible = !inside || nearest[row * width + column] <= projection.depth(x, y, z);
            if (visible && !drawing) {
                startX = px;
                startY = py;
            }
            if (drawing && (!visible || i == pieces)) {
                graphics.draw(new Line2D.Double(startX, startY, px, py));
            }
            drawing = visible;
        }
    }

    /** Collects the spheres of a lattice that can be seen. */
    private static final class Gathering {

        private final LatticeView view;
        private final LatticeGeometry geometry;
        private final MorphologyStyle style;
        private final boolean[] hidden = new boolean[128];
        private final boolean[] solid = new boolean[128];
        private final boolean flat;
        private final int slots;
        private final double[][][] displacement;
        private final int[] neighbors;
        private final double[] normal = new double[3];
        private final SphereCloud cloud;
        private final boolean[] present = new boolean[128];
        private final boolean[] presentKinds;
        private float[] values = new float[1024];
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double highestNm;
        private final double groundNm;
        private final boolean whole;

        Gathering(LatticeView view, MorphologyStyle style) {
            this.view = view;
            this.style = style;
            geometry = view.geometry();
            flat = isFlat(geometry);
            whole = style.region().isEverything();
            presentKinds = new boolean
                    [style.coloring() instanceof SiteColoring.ByKind by
                            ? by.kinds().size()
                            : 0];
            Arrays.fill(hidden, true);
            for (int s = 0; s < Math.min(128, style.species().size()); s++) {
                SpeciesStyle.Role role = style.species().get(s).role();
                hidden[s] = role == SpeciesStyle.Role.HIDDEN;
                solid[s] = role == SpeciesStyle.Role.SOLID;
            }
            cloud = new SphereCloud(radiusNm(geometry));
            int ground = Math.min(style.substrateLayers(), geometry.layerCount()) - 1;
            groundNm = ground < 0 ? 0 : geometry.layerHeightNm(ground);
            slots = geometry.neighborCount();
            neighbors = new int[slots];
            displacement = new double[geometry.basisSize()][slots][];
            for (int b = 0; b < displacement.length; b++) {
                for (int k = 0; k < slots; k++) {
                    displacement[b][k] = geometry.displacementNm(b, k);
                }
            }
        }

        Scene scene() {
            BitSet below = new BitSet(geometry.siteCount());
            BitSet surface = new BitSet(geometry.siteCount());
            for (int site = 0; site < geometry.siteCount(); site++) {
                int species = view.species(site);
                if (!hidden[species] && isInside(site) && surface(site, solid[species])) {
                    add(site, species);
                    if (solid[species] && !flat) {
                        surface.set(site);
                        markSolidNeighbors(below);
                    }
                }
            }
            cloud.endSurface();
            below.andNot(surface);
            Arrays.fill(normal, 0);
            for (int site = below.nextSetBit(0); site >= 0; site = below.nextSetBit(site + 1)) {
                add(site, view.species(site));
            }
            return new Scene(cloud, box(), legend(true), legend(false), color());
        }

        private boolean isInside(int site) {
            return whole || style.region().contains(geometry.xNm(site), geometry.yNm(site), geometry.zNm(site));
        }

        private void markSolidNeighbors(BitSet below) {
            for (int neighbor : neighbors) {
                if (neighbor >= 0 && solid[view.species(neighbor)] && isInside(neighbor)) {
                    below.set(neighbor);
                }
            }
        }

        private void add(int site, int species) {
            double z = geometry.zNm(site);
            boolean substrate = solid[species] && geometry.layer(site) < style.substrateLayers();
            boolean colored = solid[species] && !substrate;
            int at = cloud.count();
            int rgb = substrate ? SUBSTRATE_RGB : style.species().get(species).rgb();
            cloud.add(geometry.xNm(site), geometry.yNm(site), z, rgb, !solid[species], normal[0], normal[1], normal[2]);
            present[species] |= !substrate;
            highestNm = Math.max(highestNm, z);
            if (style.coloring() instanceof SiteColoring.BySpecies) {
                return;
            }
            double value = z - groundNm;
            if (colored && style.coloring() instanceof SiteColoring.ByValue by) {
                value = by.siteValue().applyAsDouble(site);
            } else if (style.coloring() instanceof SiteColoring.ByKind by) {
                if (colored) {
                    int kind = by.siteKind().applyAsInt(site);
                    presentKinds[kind] = true;
                    cloud.recolor(at, by.kinds().get(kind).rgb());
                }
                return;
            }
            if (at == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8, 2L * at));
            }
            // Infinity marks a sphere that keeps its own colour.
            values[at] = colored ? (float) value : Float.POSITIVE_INFINITY;
            if (colored && Double.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }

        private Bounds box() {
            double radius = cloud.radiusNm();
            double right = 0;
            double back = 0;
            for (int b = 0; b < geometry.basisSize(); b++) {
                int corner = geometry.site(geometry.cellsX() - 1, geometry.cellsY() - 1, 0, b);
                right = Math.max(right, geometry.xNm(corner));
                back = Math.max(back, geometry.yNm(corner));
            }
            double top = flat ? radius : style.frameHeightNm() > 0 ? style.frameHeightNm() : highestNm + radius;
            Bounds box = new Bounds(-radius, -radius, flat ? radius : -radius, right + radius, back + radius, top);
            return whole ? box : box.within(style.region());
        }

        /** @param occurring whether to name only what occurs */
        private List<SiteColoring.Kind> legend(boolean occurring) {
            List<SiteColoring.Kind> legend = new ArrayList<>();
            if (style.coloring() instanceof SiteColoring.ByKind by) {
                for (int k = 0; k < presentKinds.length; k++) {
                    if (presentKinds[k] || !occurring) {
                        legend.add(by.kinds().get(k));
                    }
                }
                return legend;
            }
            for (int s = 0; s < style.species().size(); s++) {
                SpeciesStyle look = style.species().get(s);
                if (present[s] || !occurring && !hidden[s]) {
                    legend.add(new SiteColoring.Kind(look.name(), look.rgb()));
                }
            }
            return legend;
        }

        /** Recolours by value and says what the colours mean; nothing where they tell species or no value occurs. */
        private Annotations.@Nullable ColorBar color() {
            SiteColoring coloring = style.coloring();
            ColorMap map;
            if (coloring instanceof SiteColoring.ByValue by) {
                map = by.map();
                min = Double.isNaN(by.least()) ? min : by.least();
                max = Double.isNaN(by.most()) ? max : by.most();
            } else if (coloring instanceof SiteColoring.ByHeight by) {
                map = by.map();
                min = Double.isNaN(by.mostNm()) ? min : 0;
                max = Double.isNaN(by.mostNm()) ? max : by.mostNm();
            } else {
                return null;
            }
            for (int i = 0; i < cloud.count(); i++) {
                if (values[i] != Float.POSITIVE_INFINITY) {
                    cloud.recolor(i, map.rgb(max > min ? (values[i] - min) / (max - min) : 0.5 + 0 * values[i]));
                }
            }
            if (max < min) {
                return null;
            }
            if (coloring instanceof SiteColoring.ByValue by) {
                return new Annotations.ColorBar(map, min, max, by.label());
            }
            NiceNumbers.LengthUnit unit = NiceNumbers.LengthUnit.forSpan(max);
            return new Annotations.ColorBar(map, min / unit.nm(), max / unit.nm(), "Height (" + unit.symbol() + ")");
        }

        /** Whether a site can be seen; leaves the sum of the directions to its open neighbours in {@code normal}. */
        private boolean surface(int site, boolean isSolid) {
            normal[0] = 0;
            normal[1] = 0;
            normal[2] = flat ? 1 : 0;
            if (!isSolid || flat) {
                return true;
            }
            geometry.neighbors(site, neighbors);
            int basis = geometry.basis(site);
            boolean cut = onBoundary(site);
            boolean open = false;
            for (int k = 0; k < slots; k++) {
                int neighbor = neighbors[k];
                double[] d = displacement[basis][k];
                boolean below = neighbor < 0 && d[2] < 0;
                boolean free = neighbor < 0 ? !below : isOpen(neighbor) || cut && leavesBox(site, d);
                if (below ? style.camera().elevationDegrees() < 0 : free) {
                    open = true;
                    double weight = 1 / (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                    normal[0] += weight * d[0];
                    normal[1] += weight * d[1];
                    normal[2] += weight * d[2];
                }
            }
            return open;
        }

        private boolean isOpen(int site) {
            return !solid[view.species(site)] || !isInside(site);
        }

        private boolean onBoundary(int site) {
            int cellX = geometry.cellX(site);
            int cellY = geometry.cellY(site);
            return cellX == 0 || cellX == geometry.cellsX() - 1 || cellY == 0 || cellY == geometry.cellsY() - 1;
        }

        private boolean leavesBox(int site, double[] d) {
            double tolerance = 0.01 * geometry.latticeConstantNm();
            double x = geometry.xNm(site) + d[0];
            double y = geometry.yNm(site) + d[1];
            return x < -tolerance
                    || y < -tolerance
                    || x > geometry.widthNm() - tolerance
                    || y > geometry.depthNm() - tolerance;
        }
    }
}
