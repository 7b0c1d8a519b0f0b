package dev.kossel.viz.movie;

import dev.kossel.viz.render.Backdrop;
import dev.kossel.viz.render.Camera;
import dev.kossel.viz.render.Region;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a movie looks.
 *
 * @param width of a frame, pixels
 * @param height of a frame, pixels
 * @param samples along each edge of a pixel, 1 … 4
 * @param camera where pictures are taken from; null for one that suits the deposit
 * @param coloring what colours tell; null for species where there are several, else height
 * @param region what is drawn
 * @param annotations what is written
 * @param alignment of several runs
 */
public record MovieStyle(
        int width,
        int height,
        int samples,
        @Nullable Camera camera,
        @Nullable Coloring coloring,
        Region region,
        Backdrop backdrop,
        Set<Annotation> annotations,
        Alignment alignment) {

    public MovieStyle {
        annotations = Set.copyOf(annotations);
    }

    /** 960 × 720, four samples a pixel, everything drawn and written, on a light ground. */
    public static MovieStyle standard() {
        return new MovieStyle(
                960,
                720,
                2,
                null,
                null,
                Region.everything(),
                Backdrop.LIGHT,
                EnumSet.allOf(Annotation.class),
                Alignment.TIME);
    }
}
