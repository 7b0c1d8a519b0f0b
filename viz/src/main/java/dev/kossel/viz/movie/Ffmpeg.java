package dev.kossel.viz.movie;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Movies by ffmpeg; width and height must be even, since colour is kept at half the resolution. It is given the frames through a pipe: neither they nor the movie are held in memory.
 *
 * @see <a href="https://ffmpeg.org/ffmpeg.html">ffmpeg</a>
 */
public final class Ffmpeg {

    private static final String PROGRAM = "ffmpeg";

    private final MovieFile format;

    Ffmpeg(MovieFile format) {
        this.format = format;
    }

    /** Where it is on {@code PATH}. */
    public static Optional<Path> find() {
        for (String place : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            for (String name : List.of(PROGRAM, PROGRAM + ".exe")) {
                Path program = Path.of(place.isEmpty() ? "." : place, name);
                if (Files.isExecutable(program) && !Files.isDirectory(program)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }

    void write(Path file, Frames frames, double framesPerSecond, double holdSeconds) throws IOException {
        Path program = find().orElseThrow(() -> new IOException("there is no ffmpeg on PATH"));
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling("." + target.getFileName() + ".tmp");
        Path complaints = Files.createTempFile("kossel-ffmpeg-", ".txt");
        Process process = new ProcessBuilder(command(program, part, frames, framesPerSecond))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(complaints.toFile())
                .start();
        try {
            int held = (int) Math.round(holdSeconds * framesPerSecond);
            IOException broken = feed(process, frames, held);
            int exitCode = process.waitFor();
            if (exitCode != 0 || broken != null) {
                throw new IOException("ffmpeg failed (exit code " + exitCode + "): "
                        + Files.readString(complaints, StandardCharsets.UTF_8).strip());
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
            Files.deleteIfExists(part);
            Files.deleteIfExists(complaints);
        }
    }

    /** Sends all frames; returns what went wrong with the pipe, for which ffmpeg itself will say the reason. */
    private static @Nullable IOException feed(Process process, Frames frames, int held) throws IOException {
        byte[] bytes = new byte[3 * frames.width() * frames.height()];
        try (OutputStream out = process.getOutputStream()) {
            for (int i = 0; i < frames.count(); i++) {
                pack(frames.next(), bytes);
                int times = i + 1 < frames.count() ? 1 : 1 + held;
                for (int k = 0; k < times; k++) {
                    try {
                        out.write(bytes);
                    } catch (IOException e) {
                        return e;
                    }
                }
            }
            return null;
        }
    }

    private static void pack(BufferedImage image, byte[] bytes) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            bytes[3 * i] = (byte) (pixels[i] >> 16);
            bytes[3 * i + 1] = (byte) (pixels[i] >> 8);
            bytes[3 * i + 2] = (byte) pixels[i];
        }
    }

    private List<String> command(Path program, Path part, Frames frames, double framesPerSecond) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-loglevel", "error", "-y"));
        command.addAll(List.of("-f", "rawvideo", "-pix_fmt", "rgb24"));
        command.addAll(List.of("-video_size", frames.width() + "x" + frames.height()));
        command.addAll(List.of("-framerate", String.format(Locale.ROOT, "%.6g", framesPerSecond), "-i", "-"));
        // Colours are said to be those of monitors.
        command.addAll(List.of("-vf", "scale=out_color_matrix=bt709:out_range=tv"));
        command.addAll(List.of("-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_range", "tv"));
        command.addAll(
                format == MovieFile.MP4
                        ? List.of("-c:v", "libx264", "-crf", "18", "-preset", "medium", "-movflags", "+faststart")
                        : List.of("-c:v", "libvpx-vp9", "-crf", "28", "-b:v", "0", "-row-mt", "1"));
        command.addAll(List.of("-f", format == MovieFile.MP4 ? "mp4" : "webm", part.toString()));
        return command;
    }
}
