package dev.kossel.viz.draw;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * Text on pictures. Uses the logical sans-serif font; on a machine without any font, where the JDK throws on first use,
 * it draws nothing, so that the rest of the picture still appears.
 */
public final class Lettering {

    private static final boolean AVAILABLE = probe();

    private Lettering() {}

    /** Whether this machine can draw text. */
    public static boolean isAvailable() {
        return AVAILABLE;
    }

    private static boolean probe() {
        try {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 8));
            graphics.drawString("x", 1, 7);
            graphics.dispose();
            return true;
        } catch (RuntimeException | LinkageError | InternalError e) {
            // No fontconfig or no font: RuntimeException, InternalError or UnsatisfiedLinkError, by JDK version.
            return false;
        }
    }

    /** Where a text's given point lies along its width. */
    public enum Align {
        LEFT,
        CENTER,
        RIGHT
    }

    /** A context to draw on {@code image} with smooth edges. */
    public static Graphics2D graphics(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    /** Draws a line of text with its baseline at y. */
    public static void draw(
            Graphics2D graphics, String text, double x, double y, double size, boolean bold, Color color, Align align) {
        if (!AVAILABLE || text.isEmpty()) {
            return;
        }
        graphics.setFont(font(size, bold));
        graphics.setColor(color);
        double shift = align == Align.LEFT
                ? 0
                : graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        graphics.drawString(text, (float) (x - (align == Align.CENTER ? 0.5 * shift : shift)), (float) y);
    }

    /** Draws a line of text upwards, centred on y, its baseline at x. */
    public static void drawUpwards(Graphics2D graphics, String text, double x, double y, double size, Color color) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(-Math.PI / 2);
        draw(graphics, text, 0, 0, size, false, color, Align.CENTER);
        graphics.setTransform(before);
    }

    /** Width of a line of text, pixels; 0 where no text can be drawn. */
    public static double width(Graphics2D graphics, String text, double size, boolean bold) {
        return AVAILABLE
                ? graphics.getFontMetrics(font(size, bold))
                        .getStringBounds(text, graphics)
                        .getWidth()
                : 0;
    }

    private static Font font(double size, boolean bold) {
        return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size);
    }
}
