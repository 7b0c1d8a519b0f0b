package dev.kossel.viz.render;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.viz.draw.Lettering;
import dev.kossel.viz.draw.NiceNumbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * The height map of a deposit seen from above, as an atomic force microscope shows it: axes and colour bar in nm or µm.
 *
 * <p>Stateless; runs on the caller's thread. O(pixels), some tenths of a second; four heights a pixel are averaged,
 * more where a pixel holds several stacks.
 */
public final class HeightMapImage {

    private static final Color PAPER = new Color(0xfdfdfe);

    private HeightMapImage() {}

    /**
     * Draws the heights that {@code map} measured last.
     *
     * @param title line above the picture; empty for none
     * @param width image width, pixels, at least 64
     * @param height image height, pixels, at least 64
     */
    public static BufferedImage render(HeightMap map, String title, ColorMap colors, int width, int height) {
        LatticeGeometry geometry = map.substrate().geometry();
        return render(
                (columns, rows) -> {
                    double stacksAcross = Math.sqrt(map.substrate().stackCount() / ((double) columns * rows));
                    int fineness = Math.max(2, (int) Math.min(4, Math.ceil(2 * stacksAcross)));
                    return averaged(map.rasterNm(columns * fineness, rows * fineness), columns, rows, fineness);
                },
                geometry.widthNm(),
                geometry.depthNm(),
                title,
                colors,
                width,
                height);
    }

    /** Gives heights in nm on a grid of pixels, in rows along x, the first row at y = 0; NaN where there is none. */
    @FunctionalInterface
    interface Raster {
        double[] heightsNm(int columns, int rows);
    }

    static BufferedImage render(
            Raster raster, double widthNm, double depthNm, String title, ColorMap colors, int width, int height) {
        if (width < 64 || height < 64) {
            throw new IllegalArgumentException(
                    "image: " + width + " × " + height + " pixels, expected at least 64 × 64");
        }
        double unit = Annotations.unit(width, height);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Lettering.graphics(image);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, width, height);

        double left = 110 * unit;
        double top = (title.isEmpty() ? 40 : 84) * unit;
        double roomX = width - left - 190 * unit;
        double roomY = height - top - 96 * unit;
        double scale = Math.min(roomX / widthNm, roomY / depthNm);
        int columns = Math.max(1, (int) Math.round(widthNm * scale));
        int rows = Math.max(1, (int) Math.round(depthNm * scale));
        int x0 = (int) Math.round(left + 0.5 * (roomX - columns));
        int y0 = (int) Math.round(top + 0.5 * (roomY - rows));

        double[] heights = raster.heightsNm(columns, rows);
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double h : heights) {
            if (Double.isFinite(h)) {
                min = Math.min(min, h);
                max = Math.max(max, h);
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double h = heights[row * columns + column];
                double fraction = max > min ? (h - min) / (max - min) : 0.5 + 0 * h;
                image.setRGB(x0 + column, y0 + rows - 1 - row, colors.rgb(fraction));
            }
        }
        graphics.setColor(Backdrop.LIGHT.line());
        graphics.setStroke(new BasicStroke((float) (1.2 * unit)));
        graphics.draw(new Rectangle2D.Double(x0 - 0.5, y0 - 0.5, columns + 1, rows + 1));

        Annotations.title(graphics, title, Backdrop.LIGHT, width, unit);
        axes(graphics, x0, y0, columns, rows, widthNm, depthNm, unit);
        if (min <= max) {
            NiceNumbers.LengthUnit in = NiceNumbers.LengthUnit.forSpan(Math.max(Math.abs(min), Math.abs(max)));
            Annotations.colorBar(
                    graphics,
                    new Annotations.ColorBar(colors, min / in.nm(), max / in.nm(), "Height (" + in.symbol() + ")"),
                    Backdrop.LIGHT,
                    x0 + columns + 36 * unit,
                    y0,
                    22 * unit,
                    rows,
                    unit);
        }
        graphics.dispose();
        return image;
    }

    private static void axes(
            Graphics2D graphics, int x0, int y0, int columns, int rows, double widthNm, double depthNm, double unit) {
        NiceNumbers.LengthUnit in = NiceNumbers.LengthUnit.forSpan(Math.max(widthNm, depthNm));
        double step = NiceNumbers.step(Math.max(widthNm, depthNm) / in.nm(), 5);
        double bottom = y0 + rows;
        for (double tick : NiceNumbers.ticks(0, widthNm / in.nm(), step)) {
            double x = x0 + columns * tick * in.nm() / widthNm;
            graphics.setColor(Backdrop.LIGHT.line());
            graphics.draw(new Line2D.Double(x, bottom + 1, x, bottom + 7 * unit));
            Lettering.draw(
                    graphics,
                    NiceNumbers.text(tick),
                    x,
                    bottom + 27 * unit,
                    18 * unit,
                    false,
                    Backdrop.LIGHT.quiet(),
                    Lettering.Align.CENTER);
        }
        double widest = 0;
        for (double tick : NiceNumbers.ticks(0, depthNm / in.nm(), step)) {
            double y = bottom - rows * tick * in.nm() / depthNm;
            String text = NiceNumbers.text(tick);
            graphics.setColor(Backdrop.LIGHT.line());
            graphics.draw(new Line2D.Double(x0 - 7 * unit, y, x0 - 1, y));
            Lettering.draw(
                    graphics,
                    text,
                    x0 - 12 * unit,
                    y + 6.5 * unit,
                    18 * unit,
                    false,
                    Backdrop.LIGHT.quiet(),
                    Lettering.Align.RIGHT);
            widest = Math.max(widest, Lettering.width(graphics, text, 18 * unit, false));
        }
        Lettering.draw(
                graphics,
                "x (" + in.symbol() + ")",
                x0 + 0.5 * columns,
                bottom + 60 * unit,
                20 * unit,
                false,
                Backdrop.LIGHT.ink(),
                Lettering.Align.CENTER);
        Lettering.drawUpwards(
                graphics,
                "y (" + in.symbol() + ")",
                x0 - widest - 32 * unit,
                y0 + 0.5 * rows,
                20 * unit,
                Backdrop.LIGHT.ink());
    }

    private static double[] averaged(double[] fine, int columns, int rows, int fineness) {
        double[] mean = new double[columns * rows];
        int stride = columns * fineness;
        for (int i = 0; i < fine.length; i++) {
            mean[i / stride / fineness * columns + i % stride / fineness] += fine[i] / (fineness * fineness);
        }
        return mean;
    }
}
