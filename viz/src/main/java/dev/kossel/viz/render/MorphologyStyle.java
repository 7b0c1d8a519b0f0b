package dev.kossel.viz.render;

import java.util.List;

/**
 * How a morphology is to be pictured.
 *
 * @param width image width, pixels, at least 64
 * @param height image height, pixels, at least 64
 * @param samples samples along each edge of a pixel, 1 … 4: 3 for print, 2 for animation frames, 1 for a preview
 * @param camera where the picture is taken from; two-dimensional lattices are always seen from above
 * @param species the look of each species by number; species beyond the list are hidden
 * @param coloring what the colour tells
 * @param substrateLayers atomic layers at the bottom that are drawn in a neutral tint and left out of the colour bar; 0
 *     for none
 * @param title line above the picture, e.g. the scenario, time and charge; empty for none. What follows a line break
 *     stands smaller below
 * @param frameHeightNm height of the drawn box, nm; 0 fits it to the deposit (frames of an animation want it fixed)
 * @param backdrop what it stands on
 * @param region the part of the box that is drawn; sets the height of the drawn box where it ends below it
 * @param scaleBar whether to draw the bar that tells lengths
 * @param legend whether to draw what the colours mean
 */
public record MorphologyStyle(
        int width,
        int height,
        int samples,
        Camera camera,
        List<SpeciesStyle> species,
        SiteColoring coloring,
        int substrateLayers,
        String title,
        double frameHeightNm,
        Backdrop backdrop,
        Region region,
        boolean scaleBar,
        boolean legend) {

    /** @throws IllegalArgumentException naming the component that is out of range */
    public MorphologyStyle {
        require(width >= 64 && width <= 16384, "width", width, "64 … 16384");
        require(height >= 64 && height <= 16384, "height", height, "64 … 16384");
        require(samples >= 1 && samples <= 4, "samples", samples, "1 … 4");
        require(substrateLayers >= 0, "substrateLayers", substrateLayers, "0 or more");
        require(frameHeightNm >= 0 && frameHeightNm < 1e12, "frameHeightNm", frameHeightNm, "0 or more");
        species = List.copyOf(species);
    }

    /** 1200 × 900 from the front right, 28° above the horizon, coloured by species, on a light ground. */
    public static MorphologyStyle of(List<SpeciesStyle> species) {
        return new MorphologyStyle(
                1200,
                900,
                3,
                Camera.orthographic(32, 28),
                species,
                new SiteColoring.BySpecies(),
                0,
                "",
                0,
                Backdrop.LIGHT,
                Region.everything(),
                true,
                true);
    }

    public MorphologyStyle withSize(int newWidth, int newHeight, int newSamples) {
        return copy(newWidth, newHeight, newSamples, camera, coloring, substrateLayers, title, frameHeightNm);
    }

    public MorphologyStyle withCamera(Camera newCamera) {
        return copy(width, height, samples, newCamera, coloring, substrateLayers, title, frameHeightNm);
    }

    public MorphologyStyle withColoring(SiteColoring newColoring) {
        return copy(width, height, samples, camera, newColoring, substrateLayers, title, frameHeightNm);
    }

    public MorphologyStyle withSubstrateLayers(int layers) {
        return copy(width, height, samples, camera, coloring, layers, title, frameHeightNm);
    }

    public MorphologyStyle withTitle(String newTitle) {
        return copy(width, height, samples, camera, coloring, substrateLayers, newTitle, frameHeightNm);
    }

    public MorphologyStyle withFrameHeightNm(double newFrameHeightNm) {
        return copy(width, height, samples, camera, coloring, substrateLayers, title, newFrameHeightNm);
    }

    private MorphologyStyle copy(
            int newWidth,
            int newHeight,
            int newSamples,
            Camera newCamera,
            SiteColoring newColoring,
            int newSubstrateLayers,
            String newTitle,
            double newFrameHeightNm) {
        return new MorphologyStyle(
                newWidth,
                newHeight,
                newSamples,
                newCamera,
                species,
                newColoring,
                newSubstrateLayers,
                newTitle,
                newFrameHeightNm,
                backdrop,
                region,
                scaleBar,
                legend);
    }

    public MorphologyStyle withBackdrop(Backdrop newBackdrop) {
        return with(newBackdrop, region, scaleBar, legend);
    }

    public MorphologyStyle withRegion(Region newRegion) {
        return with(backdrop, newRegion, scaleBar, legend);
    }

    /** With or without what explains the picture. */
    public MorphologyStyle withMarks(boolean withScaleBar, boolean withLegend) {
        return with(backdrop, region, withScaleBar, withLegend);
    }

    private MorphologyStyle with(Backdrop newBackdrop, Region newRegion, boolean withScaleBar, boolean withLegend) {
        return new MorphologyStyle(
                width,
                height,
                samples,
                camera,
                species,
                coloring,
                substrateLayers,
                title,
                frameHeightNm,
                newBackdrop,
                newRegion,
                withScaleBar,
                withLegend);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + ", expected " + expected);
        }
    }
}
