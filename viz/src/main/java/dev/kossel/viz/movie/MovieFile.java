package dev.kossel.viz.movie;

import dev.kossel.engine.record.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntConsumer;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes a {@link Movie} in the format that its name ends in; stateless. */
public enum MovieFile {
    /** Animated, for ever, with a palette of its own for the whole movie. */
    GIF,
    /** A picture a frame. */
    PNG,
    /** H.264, by ffmpeg. */
    MP4,
    /** VP9, by ffmpeg. */
    WEBM;

    /** A GIF counts in hundredths of a second, and browsers slow down what shows frames for less than two. */
    public static final double FASTEST_GIF = 50;

    /**
     * What a name's ending asks for.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static MovieFile of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        for (MovieFile format : values()) {
            if (name.endsWith(format.ending())) {
                return format;
            }
        }
        throw new IllegalArgumentException(file + ": the ending says the format: .gif, .png, .mp4 or .webm");
    }

    private String ending() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether frames become files of their own. */
    public boolean manyFiles() {
        return this == PNG;
    }

    /** Whether it takes ffmpeg. */
    public boolean needsFfmpeg() {
        return this == MP4 || this == WEBM;
    }

    /**
     * Writes one file of all frames, which appears whole or not at all.
     *
     * @param framesPerSecond more than 0
     * @param holdSeconds how much longer the last frame stands
     * @param done is told, after each frame, how many there are
     * @throws IOException if a snapshot cannot be read or the file not be written
     * @throws IllegalArgumentException for {@link #PNG}, which is a file a frame
     */
    public void write(Path file, Movie.Scenes scenes, double framesPerSecond, double holdSeconds, IntConsumer done)
            throws IOException {
        try (DrawnAhead frames = new DrawnAhead(scenes, done)) {
            switch (this) {
                case GIF -> GifMovie.write(file, frames, framesPerSecond, holdSeconds);
                case MP4, WEBM -> new Ffmpeg(this).write(file, frames, framesPerSecond, holdSeconds);
                case PNG -> throw new IllegalArgumentException("png holds a single frame");
            }
        }
    }

    /** The file of a frame, by its place among those chosen. */
    @FunctionalInterface
    public interface Name {
        Path of(int index);
    }

    /** Writes a PNG file a frame. */
    public static void writePictures(Name name, Movie.Scenes scenes, IntConsumer done) throws IOException {
        try (DrawnAhead frames = new DrawnAhead(scenes, done)) {
            for (int index = 0; index < frames.count(); index++) {
                BufferedImage image = frames.next();
                AtomicFile.write(name.of(index), out -> {
                    // In memory: the default goes through a file in a temporary directory that may be full or missing.
                    try (MemoryCacheImageOutputStream buffer = new MemoryCacheImageOutputStream(out)) {
                        ImageIO.write(image, "png", buffer);
                    }
                });
            }
        }
    }
}
