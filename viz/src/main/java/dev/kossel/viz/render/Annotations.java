package dev.kossel.viz.render;

import dev.kossel.viz.draw.Lettering;
import dev.kossel.viz.draw.NiceNumbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Titles, scale bars, colour bars and legends, sized in units of 1/900 of the image height or 1/1200 of its width,
 * whichever is smaller.
 */
final class Annotations {

    private Annotations() {}

    static double unit(int width, int height) {
        return Math.min(width / 1200.0, height / 900.0);
    }

    /** A title and, below it and smaller, what follows a line break. */
    static void title(Graphics2D graphics, String title, Backdrop backdrop, int width, double unit) {
        String[] lines = title.split("\n", 2);
        line(graphics, lines[0], 48 * unit, 22 * unit, backdrop.ink(), width, unit);
        if (lines.length > 1) {
            line(graphics, lines[1], 80 * unit, 19 * unit, backdrop.quiet(), width, unit);
        }
    }

    private static void line(
            Graphics2D graphics, String text, double y, double wanted, Color color, int width, double unit) {
        double size = wanted;
        double room = width - 72 * unit;
        double needed = Lettering.width(graphics, text, size, false);
        if (needed > room) {
            size *= Math.max(0.5, room / needed);
        }
        Lettering.draw(graphics, text, 36 * unit, y, size, false, color, Lettering.Align.LEFT);
    }

    /** How much a title takes at the top. */
    static double titleHeight(String title, double unit) {
        return (title.isEmpty() ? 40 : title.contains("\n") ? 108 : 84) * unit;
    }

    /** A bar of a round length, about {@code wantedPixels} long or shorter. Returns its length in pixels. */
    static double scaleBar(
            Graphics2D graphics,
            Backdrop backdrop,
            double left,
            double bottom,
            double pixelsPerNm,
            double wantedPixels,
            double unit) {
        double nm = NiceNumbers.roundBelow(wantedPixels / pixelsPerNm);
        double length = nm * pixelsPerNm;
        graphics.setColor(backdrop.ink());
        graphics.fill(new Rectangle2D.Double(left, bottom - 5 * unit, length, 5 * unit));
        Lettering.draw(
                graphics,
                NiceNumbers.length(nm),
                left + 0.5 * length,
                bottom - 14 * unit,
                20 * unit,
                false,
                backdrop.ink(),
                Lettering.Align.CENTER);
        return length;
    }

    /** A vertical colour bar with ticks and an upright title. */
    static void colorBar(
            Graphics2D graphics,
            ColorBar bar,
            Backdrop backdrop,
            double left,
            double top,
            double width,
            double height,
            double unit) {
        int steps = (int) Math.max(2, Math.round(height));
        for (int i = 0; i < steps; i++) {
            graphics.setColor(new Color(bar.map.rgb(1 - (i + 0.5) / steps)));
            graphics.fill(new Rectangle2D.Double(left, top + height * i / steps, width, height / steps + 0.5));
        }
        graphics.setColor(backdrop.line());
        graphics.setStroke(new BasicStroke((float) (1.2 * unit)));
        graphics.draw(new Rectangle2D.Double(left, top, width, height));
        double widest = 0;
        boolean flat = !(bar.max > bar.min);
        double step = flat ? 1 : NiceNumbers.step(bar.max - bar.min, 5);
        for (double tick : NiceNumbers.ticks(bar.min, bar.max, step)) {
            double y = top + height * (flat ? 0.5 : 1 - (tick - bar.min) / (bar.max - bar.min));
            String text = NiceNumbers.text(tick);
            graphics.setColor(backdrop.line());
            graphics.draw(new Line2D.Double(left + width, y, left + width + 6 * unit, y));
            Lettering.draw(
                    graphics,
                    text,
                    left + width + 11 * unit,
                    y + 6.5 * unit,
                    18 * unit,
                    false,
                    backdrop.quiet(),
                    Lettering.Align.LEFT);
            widest = Math.max(widest, Lettering.width(graphics, text, 18 * unit, false));
        }
        Lettering.drawUpwards(
                graphics, bar.label, left + width + widest + 34 * unit, top + 0.5 * height, 18 * unit, backdrop.ink());
    }

    /**
     * What a colour bar says.
     *
     * @param label title with unit
     */
    record ColorBar(ColorMap map, double min, double max, String label) {}

    /** Discs with names, downwards from (left, top). */
    static void legend(
            Graphics2D graphics,
            List<SiteColoring.Kind> entries,
            Backdrop backdrop,
            double left,
            double top,
            double unit) {
        double y = top;
        for (SiteColoring.Kind entry : entries) {
            double size = 18 * unit;
            graphics.setColor(new Color(entry.rgb()));
            Ellipse2D disc = new Ellipse2D.Double(left, y, size, size);
            graphics.fill(disc);
            graphics.setColor(backdrop.line());
            graphics.setStroke(new BasicStroke((float) unit));
            graphics.draw(disc);
            Lettering.draw(
                    graphics,
                    entry.name(),
                    left + 28 * unit,
                    y + 15 * unit,
                    18 * unit,
                    false,
                    backdrop.ink(),
                    Lettering.Align.LEFT);
            y += 30 * unit;
        }
    }

    static double legendWidth(Graphics2D graphics, List<SiteColoring.Kind> entries, double unit) {
        double widest = 0;
        for (SiteColoring.Kind entry : entries) {
            widest = Math.max(widest, Lettering.width(graphics, entry.name(), 18 * unit, false));
        }
        return widest + 28 * unit;
    }
}
