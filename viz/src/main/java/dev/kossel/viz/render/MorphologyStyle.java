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
 * @param title line above the picture, e.g. the scenario, time and charge; empty for none
 * @param frameHeightNm height of the drawn box, nm; 0 fits it to the deposit (frames of an animation want it fixed)
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
        double frameHeightNm) {

    /** @throws IllegalArgumentException naming the component that is out of range */
    public MorphologyStyle {
        require(width >= 64 && width <= 16384, "width", width, "64 … 16384");
        require(height >= 64 && height <= 16384, "height", height, "64 … 16384");
        require(samples >= 1 && samples <= 4, "samples", samples, "1 … 4");
        require(substrateLayers >= 0, "substrateLayers", substrateLayers, "0 or more");
        require(frameHeightNm >= 0 && frameHeightNm < 1e12, "frameHeightNm", frameHeightNm, "0 or more");
        species = List.copyOf(species);
    }

    /** 1200 × 900 from the front right, 28° above the horizon, coloured by species. */
    public static MorphologyStyle of(List<SpeciesStyle> species) {
        return new MorphologyStyle(
                1200, 900, 3, Camera.orthographic(32, 28), species, new SiteColoring.BySpecies(), 0, "", 0);
    }

    public MorphologyStyle withSize(int newWidth, int newHeight, int newSamples) {
        return new MorphologyStyle(
                newWidth, newHeight, newSamples, camera, species, coloring, substrateLayers, title, frameHeightNm);
    }

    public MorphologyStyle withCamera(Camera newCamera) {
        return new MorphologyStyle(
                width, height, samples, newCamera, species, coloring, substrateLayers, title, frameHeightNm);
    }

    public MorphologyStyle withColoring(SiteColoring newColoring) {
        return new MorphologyStyle(
                width, height, samples, camera, species, newColoring, substrateLayers, title, frameHeightNm);
    }

    public MorphologyStyle withSubstrateLayers(int layers) {
        return new MorphologyStyle(width, height, samples, camera, species, coloring, layers, title, frameHeightNm);
    }

    public MorphologyStyle withTitle(String newTitle) {
        return new MorphologyStyle(
                width, height, samples, camera, species, coloring, substrateLayers, newTitle, frameHeightNm);
    }

    public MorphologyStyle withFrameHeightNm(double newFrameHeightNm) {
        return new MorphologyStyle(
                width, height, samples, camera, species, coloring, substrateLayers, title, newFrameHeightNm);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + ", expected " + expected);
        }
    }
}
