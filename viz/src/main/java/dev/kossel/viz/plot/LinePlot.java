package dev.kossel.viz.plot;

import dev.kossel.viz.draw.Lettering;
import dev.kossel.viz.draw.Lettering.Align;
import dev.kossel.viz.draw.NiceNumbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Curves over a common pair of axes, drawn without a display.
 *
 * <p>Any data will do: curves without points, a single point, gaps, a million points. Where several points fall into
 * one pixel column the line follows their mean and a pale band spans their extremes, so that neither trend nor spike is
 * lost. What was measured with an error is drawn as points with a bar of one standard error to either side. A legend
 * appears when there are several curves. Colours: M. Okabe and K. Ito's set for all kinds of colour
 * vision. Immutable; O(points).
 *
 * @param title line above the plot; empty for none
 */
public record LinePlot(String title, Axis x, Axis y, List<Curve> curves) {

    private static final Color[] COLORS = {
        new Color(0x0072b2),
        new Color(0xd55e00),
        new Color(0x009e73),
        new Color(0xcc79a7),
        new Color(0xe69f00),
        new Color(0x56b4e9),
        new Color(0x4d4d4d),
        new Color(0xa6761d)
    };
    private static final Color INK = new Color(0x1f2933);
    private static final Color QUIET = new Color(0x52606d);
    private static final Color AXIS = new Color(0x9aa5b1);
    private static final Color GRID = new Color(0xe4e7eb);
    /** Curves beyond the colours are dashed. */
    private static final float[] DASH = {7, 5};

    public LinePlot {
        curves = List.copyOf(curves);
    }

    /**
     * The picture.
     *
     * @param width pixels, at least 64; lettering and lines grow with the image
     * @param height pixels, at least 64
     */
    public BufferedImage image(int width, int height) {
        if (width < 64 || height < 64) {
            throw new IllegalArgumentException(
                    "image: " + width + " × " + height + " pixels, expected at least 64 × 64");
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Lettering.graphics(image);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        new Painter(graphics, width, height).paint();
        graphics.dispose();
        return image;
    }

    /** One drawing of the plot. */
    private final class Painter {

        private final Graphics2D graphics;
        private final int width;
        private final int height;
        private final double unit;
        /** Smallest and largest value on each axis, NaN where there is nothing to show. */
        private double minX = Double.NaN;

        private double maxX = Double.NaN;
        private double minY = Double.NaN;
        private double maxY = Double.NaN;
        /** Points that a cropped axis leaves out, and the value of the one that lies farthest. */
        private long beyond;

        private double farthest;
        private double left;
        private double right;
        private double top;
        private double bottom;

        Painter(Graphics2D graphics, int width, int height) {
            this.graphics = graphics;
            this.width = width;
            this.height = height;
            unit = Math.min(width / 1200.0, height / 750.0);
            for (Curve curve : curves) {
                for (int i = 0; i < curve.x().length; i++) {
                    include(curve.x()[i], curve.y()[i]);
                    if (curve.isPoints()) {
                        include(curve.x()[i], curve.y()[i] - curve.errors()[i]);
                        include(curve.x()[i], curve.y()[i] + curve.errors()[i]);
                    }
                }
            }
            if (y.cropped() && !Double.isNaN(minY)) {
                double[] shown = curves.stream()
                        .flatMapToDouble(curve -> DoubleStream.of(curve.y()))
                        .filter(Double::isFinite)
                        .toArray();
                double[] ends = Axis.ends(shown);
                beyond = DoubleStream.of(shown)
                        .filter(value -> value < ends[0] || value > ends[1])
                        .count();
                farthest = Math.abs(maxY - ends[1]) > Math.abs(minY - ends[0]) ? maxY : minY;
                minY = ends[0];
                maxY = ends[1];
            }
        }

        private void include(double px, double py) {
            if (!x.admits(px) || !Double.isFinite(py)) {
                return;
            }
            // A point that a logarithmic ordinate cannot show still counts for the abscissa.
            minX = Double.isNaN(minX) ? px : Math.min(minX, px);
            maxX = Double.isNaN(maxX) ? px : Math.max(maxX, px);
            if (y.admits(py)) {
                minY = Double.isNaN(minY) ? py : Math.min(minY, py);
                maxY = Double.isNaN(maxY) ? py : Math.max(maxY, py);
            }
        }

        void paint() {
            right = width - 44 * unit;
            bottom = height - 92 * unit;
            top = 36 * unit;
            if (!title.isEmpty()) {
                text(title, 36 * unit, 46 * unit, 21, INK, Align.LEFT);
                top = 76 * unit;
            }
            top = curves.size() > 1 ? legend(top) : top;
            Scale scaleY = new Scale(y, minY, maxY, 0.05, bottom, top);
            double widest = 0;
            for (Scale.Tick tick : scaleY.ticks(6)) {
                widest = Math.max(widest, Lettering.width(graphics, tick.text(), 17 * unit, false));
            }
            left = widest + 86 * unit;
            Scale scaleX = new Scale(x, minX, maxX, 0, left, right);
            axes(scaleX, scaleY, widest);
            if (Double.isNaN(minY)) {
                text("no data", 0.5 * (left + right), 0.5 * (top + bottom), 20, QUIET, Align.CENTER);
            }
            graphics.clip(new Rectangle2D.Double(left - 4 * unit, top, right - left + 8 * unit, bottom - top));
            for (int i = 0; i < curves.size(); i++) {
                if (!curves.get(i).isPoints()) {
                    curve(runs(curves.get(i), scaleX, scaleY), i);
                }
            }
            // Points lie on their lines, and a point at an end is whole.
            graphics.setClip(null);
            for (int i = 0; i < curves.size(); i++) {
                if (curves.get(i).isPoints()) {
                    points(curves.get(i), scaleX, scaleY, COLORS[i % COLORS.length]);
                }
            }
            if (beyond > 0) {
                String said = beyond + (beyond == 1 ? " point" : " points") + " beyond, as far as "
                        + NiceNumbers.text(new BigDecimal(farthest, new MathContext(3)).doubleValue());
                text(said, right, top + 22 * unit, 16, QUIET, Align.RIGHT);
            }
        }

        private void text(String text, double px, double py, double size, Color color, Align align) {
            Lettering.draw(graphics, text, px, py, size * unit, false, color, align);
        }

        private void axes(Scale scaleX, Scale scaleY, double widest) {
            graphics.setStroke(new BasicStroke((float) (1.2 * unit)));
            for (Scale.Tick tick : scaleY.ticks(6)) {
                graphics.setColor(GRID);
                graphics.draw(new Line2D.Double(left, tick.pixel(), right, tick.pixel()));
                text(tick.text(), left - 12 * unit, tick.pixel() + 6 * unit, 17, QUIET, Align.RIGHT);
            }
            for (Scale.Tick tick : scaleX.ticks(8)) {
                graphics.setColor(AXIS);
                graphics.draw(new Line2D.Double(tick.pixel(), bottom, tick.pixel(), bottom + 7 * unit));
                text(tick.text(), tick.pixel(), bottom + 28 * unit, 17, QUIET, Align.CENTER);
            }
            graphics.setColor(AXIS);
            graphics.draw(new Line2D.Double(left, bottom, right, bottom));
            text(x.label(), 0.5 * (left + right), bottom + 64 * unit, 19, INK, Align.CENTER);
            Lettering.drawUpwards(graphics, y.label(), left - widest - 34 * unit, 0.5 * (top + bottom), 19 * unit, INK);
        }

        /** Names in rows from {@code from} downwards; returns where the plot may begin. */
        private double legend(double from) {
            double px = 36 * unit;
            double py = from;
            for (int i = 0; i < curves.size(); i++) {
                double needed =
                        44 * unit + Lettering.width(graphics, curves.get(i).name(), 17 * unit, false);
                if (px + needed > right && px > 36 * unit) {
                    px = 36 * unit;
                    py += 28 * unit;
                }
                graphics.setColor(COLORS[i % COLORS.length]);
                if (curves.get(i).isPoints()) {
                    dot(px + 16 * unit, py + 4 * unit);
                } else {
                    graphics.setStroke(stroke(i, 3));
                    graphics.draw(new Line2D.Double(px, py + 4 * unit, px + 32 * unit, py + 4 * unit));
                }
                text(curves.get(i).name(), px + 44 * unit, py + 10 * unit, 17, INK, Align.LEFT);
                px += needed + 32 * unit;
            }
            return py + 40 * unit;
        }

        private BasicStroke stroke(int i, double thickness) {
            float pen = (float) (thickness * unit);
            if (i < COLORS.length) {
                return new BasicStroke(pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
            }
            float[] dash = {(float) (DASH[0] * unit), (float) (DASH[1] * unit)};
            return new BasicStroke(pen, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
        }

        private void dot(double px, double py) {
            double size = 8 * unit;
            graphics.fill(new Ellipse2D.Double(px - 0.5 * size, py - 0.5 * size, size, size));
        }

        /** Points with bars of a standard error to either side, which are left off where the point covers them. */
        private void points(Curve curve, Scale scaleX, Scale scaleY, Color color) {
            graphics.setColor(color);
            graphics.setStroke(new BasicStroke((float) (1.6 * unit), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
            for (int i = 0; i < curve.x().length; i++) {
                double value = curve.y()[i];
                if (!x.admits(curve.x()[i]) || !y.admits(value)) {
                    continue;
                }
                double px = scaleX.pixel(curve.x()[i]);
                dot(px, scaleY.pixel(value));
                double above = scaleY.pixel(value + curve.errors()[i]);
                // A bar longer than a logarithmic axis can show ends at the axis.
                double below = y.admits(value - curve.errors()[i]) ? scaleY.pixel(value - curve.errors()[i]) : bottom;
                if (Double.isFinite(above) && below - above > 8 * unit) {
                    graphics.draw(new Line2D.Double(px, above, px, below));
                    graphics.draw(new Line2D.Double(px - 6 * unit, above, px + 6 * unit, above));
                    graphics.draw(new Line2D.Double(px - 6 * unit, below, px + 6 * unit, below));
                }
            }
        }

        private List<Run> runs(Curve curve, Scale scaleX, Scale scaleY) {
            List<Run> runs = new ArrayList<>();
            int n = 0;
            double sumX = 0;
            double sumY = 0;
            double highest = Double.POSITIVE_INFINITY;
            double lowest = Double.NEGATIVE_INFINITY;
            double column = 0;
            boolean gap = true;
            for (int i = 0; i <= curve.x().length; i++) {
                boolean end = i == curve.x().length;
                if (!end && !x.admits(curve.x()[i])) {
                    continue;
                }
                boolean hole = end || !y.admits(curve.y()[i]);
                double px = hole ? 0 : scaleX.pixel(curve.x()[i]);
                if (n > 0 && (hole || Math.floor(px) != column)) {
                    runs.add(new Run(sumX / n, sumY / n, highest, lowest, gap));
                    gap = false;
                    n = 0;
                }
                gap |= hole;
                if (hole) {
                    continue;
                }
                if (n == 0) {
                    column = Math.floor(px);
                    sumX = 0;
                    sumY = 0;
                    highest = Double.POSITIVE_INFINITY;
                    lowest = Double.NEGATIVE_INFINITY;
                }
                double py = scaleY.pixel(curve.y()[i]);
                n++;
                sumX += px;
                sumY += py;
                highest = Math.min(highest, py);
                lowest = Math.max(lowest, py);
            }
            return runs;
        }

        private void curve(List<Run> runs, int i) {
            Color color = COLORS[i % COLORS.length];
            for (int from = 0; from < runs.size(); ) {
                int to = from + 1;
                while (to < runs.size() && !runs.get(to).startsPiece()) {
                    to++;
                }
                piece(runs.subList(from, to), color, stroke(i, 2.4));
                from = to;
            }
        }

        private void piece(List<Run> runs, Color color, BasicStroke stroke) {
            Path2D line = new Path2D.Double();
            Path2D band = new Path2D.Double();
            for (int k = 0; k < runs.size(); k++) {
                Run run = runs.get(k);
                if (k == 0) {
                    line.moveTo(run.x(), run.y());
                    band.moveTo(run.x(), run.top());
                } else {
                    line.lineTo(run.x(), run.y());
                    band.lineTo(run.x(), run.top());
                }
            }
            for (int k = runs.size() - 1; k >= 0; k--) {
                band.lineTo(runs.get(k).x(), runs.get(k).bottom());
            }
            band.closePath();
            graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 70));
            graphics.fill(band);
            // Else a spike of one point, narrower than a pixel, would hardly be seen.
            graphics.setStroke(new BasicStroke((float) unit, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(band);
            graphics.setColor(color);
            if (runs.size() == 1) {
                dot(runs.get(0).x(), runs.get(0).y());
            } else {
                graphics.setStroke(stroke);
                graphics.draw(line);
            }
        }
    }
}
