package dev.kossel.viz.render;

import java.awt.Color;

/** What a picture stands on, and the inks that can be read there. */
public enum Backdrop {
    LIGHT(0xfdfdfe, 0xe9edf2, 0x1f2933, 0x52606d, 0x9aa5b1),
    DARK(0x1b222b, 0x0b0e12, 0xeef2f6, 0xb4bfca, 0x66727f);

    private final SphereRasterizer.Background background;
    private final Color ink;
    private final Color quiet;
    private final Color line;

    Backdrop(int topRgb, int bottomRgb, int ink, int quiet, int line) {
        background = new SphereRasterizer.Background(topRgb, bottomRgb);
        this.ink = new Color(ink);
        this.quiet = new Color(quiet);
        this.line = new Color(line);
    }

    /** A vertical gradient. */
    SphereRasterizer.Background background() {
        return background;
    }

    /** For titles. */
    Color ink() {
        return ink;
    }

    /** For numbers. */
    Color quiet() {
        return quiet;
    }

    /** For rulings. */
    Color line() {
        return line;
    }
}
