package dev.kossel.scenarios.file;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * The brightness of a picture.
 *
 * @param width pixels along x
 * @param height pixels along y
 * @param brightness 0 (black, opaque) … 1 (white or transparent), {@code width · height} values in rows, the bottom row first
 */
public record Raster(int width, int height, double[] brightness) {

    /**
     * Reads a picture.
     *
     * @throws IllegalArgumentException if there is no such file or it is no picture
     */
    public static Raster read(Path file) {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new IllegalArgumentException("the picture " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (image == null) {
            throw new IllegalArgumentException(file + " is not a picture: expected a PNG file");
        }
        double[] brightness = new double[image.getWidth() * image.getHeight()];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int argb = image.getRGB(x, image.getHeight() - 1 - y);
                // Rec. 709 luma, over white.
                double luma =
                        (0.2126 * (argb >> 16 & 0xff) + 0.7152 * (argb >> 8 & 0xff) + 0.0722 * (argb & 0xff)) / 255;
                double opacity = (argb >>> 24) / 255.0;
                brightness[y * image.getWidth() + x] = luma * opacity + 1 - opacity;
            }
        }
        return new Raster(image.getWidth(), image.getHeight(), brightness);
    }
}
