package dev.kossel.scenarios.cli;

import dev.kossel.engine.record.RunDirectory;
import dev.kossel.viz.movie.Alignment;
import dev.kossel.viz.movie.Annotation;
import dev.kossel.viz.movie.Coloring;
import dev.kossel.viz.movie.Ffmpeg;
import dev.kossel.viz.movie.Movie;
import dev.kossel.viz.movie.MovieFile;
import dev.kossel.viz.movie.MovieStyle;
import dev.kossel.viz.movie.SiteFieldName;
import dev.kossel.viz.render.Backdrop;
import dev.kossel.viz.render.Camera;
import dev.kossel.viz.render.Region;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kossel render}. */
@Command(
        name = "render",
        description = "Draw pictures or a movie of runs, without browser or display.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kossel render runs/na-vn-1 --out growth.gif",
            "  kossel render runs/na-vn-1 --out growth.mp4 --color age --background dark",
            "  kossel render runs/na-vn-1 --out inside.png --view side --slice x=50%%",
            "  kossel render runs/na-vn-1 --out frame-%%04d.png --frames 0:100:5",
            "  kossel render runs/na-vn-1 runs/na-bare-1 --out both.gif --align charge",
            "",
            "A run may be going on, stopped or killed: the snapshots it has are drawn.",
            "Frames count from 0; of several runs there is one for each moment at which any",
            "of them has a snapshot."
        })
final class RenderCommand implements Runnable {

    private static final String ALL = "all";

    private static final String NONE = "none";
    private static final Pattern SIZE = Pattern.compile("(\\d{2,5})[x×](\\d{2,5})");
    private static final Pattern SLICE = Pattern.compile("(-?\\d{1,9})?:(-?\\d{1,9})?(?::(-?\\d{1,9})?)?");
    private static final Pattern PLACE = Pattern.compile("([xyz])=([-+.\\d]+(?:e[-+]?\\d+)?%?)");
    private static final Pattern RANGE = Pattern.compile("([xyz])=([-+.\\de]+%?)?:([-+.\\de]+%?)?");
    private static final Pattern NUMBERED = Pattern.compile("%0?(\\d?)d");
    private static final Camera DEFAULT_CAMERA = Camera.orthographic(32, 36);

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "The run directories, one to four: side by side.")
    private List<Path> runs;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "What to write: .gif, .png, or where ffmpeg is installed .mp4 or .webm. Several frames as .png are numbered "
                            + "where the name has %%04d, else before the ending.")
    private Path out;

    @Option(
            names = "--frames",
            paramLabel = "FRAMES",
            description =
                    "all, last, a number, or a:b:step as in Python: from a to before b, negative ones counted from the end. "
                            + "Default: all, of a single .png the last.")
    private @Nullable String frames;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Pixels, even numbers in .mp4 and .webm. Default: 960x720, more for several runs.")
    private @Nullable String size;

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            defaultValue = "iso",
            description =
                    "iso, top, front, side, or AZIMUTH,ELEVATION in degrees: 0,0 is the front, 90,0 the right side. "
                            + "Default: ${DEFAULT-VALUE}.")
    private String view;

    @Option(names = "--perspective", description = "Near is larger; without it, one scale everywhere.")
    private boolean perspective;

    @Option(
            names = "--color",
            paramLabel = "BY",
            description =
                    "species, height, coordination, age (when deposited), dead (cut off from the bottom), facet, site-type; "
                            + "of a run with an electrolyte also current-density, overpotential, or an ion. Default: species where there are several, else height.")
    private @Nullable String color;

    @Option(
            names = "--slice",
            paramLabel = "AXIS=PLACE",
            description =
                    "Take away what lies before a plane across x, y or z, at so many nm or %% of the box; may be given again.")
    private List<String> slices = new ArrayList<>();

    @Option(
            names = "--crop",
            paramLabel = "AXIS=FROM:TO",
            description = "Draw only this range, in nm or %% of the box; an end may be left out; may be given again.")
    private List<String> crops = new ArrayList<>();

    @Option(names = "--background", paramLabel = "LIGHT|DARK", defaultValue = "light", description = "light or dark.")
    private String background;

    @Option(
            names = "--annotate",
            paramLabel = "WHAT",
            split = ",",
            defaultValue = ALL,
            description = "Of title, time, charge, potential, scale-bar, legend; or all (the default) or none.")
    private List<String> annotate;

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "10",
            description = "Frames a second. Default: ${DEFAULT-VALUE}.")
    private double framesPerSecond;

    @Option(
            names = "--hold",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How much longer the last frame stands. Default: ${DEFAULT-VALUE}.")
    private double holdSeconds;

    @Option(
            names = "--align",
            paramLabel = "BY",
            defaultValue = "time",
            description = "What several runs have in common in a frame: time (the default) or charge.")
    private String align;

    @Option(
            names = "--quality",
            paramLabel = "N",
            description = "Samples along each edge of a pixel, 1 to 4. Default: 2, for .png 3.")
    private @Nullable Integer quality;

    @Option(names = "--force", description = "Write over what is there.")
    private boolean force;

    @Option(names = "--no-progress", description = "Say nothing while frames are drawn.")
    private boolean noProgress;

    @Override
    public void run() {
        try {
            MovieFile format = MovieFile.of(out);
            if (format.needsFfmpeg() && Ffmpeg.find().isEmpty()) {
                throw CommandFailure.usage(out + " needs ffmpeg, which is not on PATH: install it (Debian, Ubuntu: "
                        + "sudo apt install ffmpeg), or write a .gif or .png");
            }
            refuse(
                    !(framesPerSecond > 0 && framesPerSecond <= 240),
                    "--fps " + framesPerSecond,
                    "more than 0, up to 240");
            refuse(
                    format == MovieFile.GIF && framesPerSecond > MovieFile.FASTEST_GIF,
                    "--fps " + framesPerSecond,
                    "up to " + Math.round(MovieFile.FASTEST_GIF) + " in a .gif");
            refuse(!(holdSeconds >= 0 && holdSeconds <= 600), "--hold " + holdSeconds, "0 to 600");
            MovieStyle style = style(format);
            Movie movie = Movie.of(runs, slices.isEmpty() && crops.isEmpty() ? style : cut(style));
            List<Integer> chosen = chosen(movie.frameCount(), format);
            refuseWhatExists(format, chosen);
            write(format, movie, chosen);
        } catch (NoSuchFileException | IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailure.failed("rendering failed: " + e.getMessage());
        }
    }

    private static void refuse(boolean wrong, String what, String expected) {
        if (wrong) {
            throw CommandFailure.usage(what + ": expected " + expected);
        }
    }

    private void write(MovieFile format, Movie movie, List<Integer> chosen) throws IOException {
        Path parent = out.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        FrameProgress progress = new FrameProgress(
                spec.commandLine().getErr(), noProgress ? Progress.Form.NONE : FrameProgress.form(), chosen.size());
        PrintWriter print = spec.commandLine().getOut();
        try {
            Movie.Scenes scenes = movie.scenes(chosen);
            if (format.manyFiles()) {
                MovieFile.writePictures(index -> file(chosen, index), scenes, progress::show);
            } else {
                format.write(out, scenes, framesPerSecond, holdSeconds, progress::show);
            }
        } finally {
            progress.clear();
        }
        print.println(
                format.manyFiles() && chosen.size() > 1
                        ? file(chosen, 0) + " … "
                                + file(chosen, chosen.size() - 1).getFileName() + ", " + chosen.size() + " pictures"
                        : file(chosen, 0) + ", " + (chosen.size() == 1 ? "1 frame" : chosen.size() + " frames"));
        print.flush();
    }

    /** The file of a frame. */
    private Path file(List<Integer> chosen, int index) {
        if (!MovieFile.of(out).manyFiles()) {
            return out;
        }
        String name = out.getFileName().toString();
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.find()) {
            String width = numbered.group(1).isEmpty() ? "1" : numbered.group(1);
            return out.resolveSibling(numbered.replaceFirst(String.format(Locale.ROOT, "%0" + width + "d", index)));
        }
        if (chosen.size() == 1) {
            return out;
        }
        int dot = name.lastIndexOf('.');
        return out.resolveSibling(
                name.substring(0, dot) + String.format(Locale.ROOT, "-%06d", chosen.get(index)) + name.substring(dot));
    }

    private void refuseWhatExists(MovieFile format, List<Integer> chosen) {
        for (int index = 0; index < (format.manyFiles() ? chosen.size() : 1); index++) {
            Path file = file(chosen, index);
            if (Files.isDirectory(file) || !force && Files.exists(file)) {
                throw CommandFailure.usage(
                        file + " exists already; remove it, give another --out, or write over it by --force");
            }
        }
    }

    private List<Integer> chosen(int count, MovieFile format) {
        String wanted = frames;
        if (wanted == null) {
            boolean single = format.manyFiles()
                    && !NUMBERED.matcher(out.getFileName().toString()).find();
            wanted = single ? "last" : ALL;
        }
        List<Integer> chosen = frames(wanted, count);
        if (chosen.isEmpty()) {
            throw CommandFailure.usage("--frames " + wanted + ": there are none of these, only 0 to " + (count - 1));
        }
        return chosen;
    }

    /** Numbers of frames, of {@code count} there are. */
    static List<Integer> frames(String wanted, int count) {
        Matcher slice = SLICE.matcher(wanted.equals(ALL) ? ":" : wanted);
        List<Integer> chosen = new ArrayList<>();
        if (slice.matches()) {
            int step = slice.group(3) == null ? 1 : Integer.parseInt(slice.group(3));
            refuse(step < 1, "--frames " + wanted, "a step of 1 or more");
            int from = place(slice.group(1), 0, count);
            int to = place(slice.group(2), count, count);
            for (long frame = from; frame < to; frame += step) {
                chosen.add((int) frame);
            }
        } else if (wanted.equals("last")) {
            chosen.add(count - 1);
        } else if (wanted.matches("-?\\d{1,9}")) {
            int frame = Integer.parseInt(wanted);
            frame = frame < 0 ? frame + count : frame;
            if (frame >= 0 && frame < count) {
                chosen.add(frame);
            }
        } else {
            throw CommandFailure.usage("--frames " + wanted + ": expected all, last, a number or a:b:step");
        }
        return chosen;
    }

    private static int place(@Nullable String number, int otherwise, int count) {
        int place = number == null ? otherwise : Integer.parseInt(number);
        return Math.max(0, Math.min(count, place < 0 ? place + count : place));
    }

    private MovieStyle style(MovieFile format) throws IOException {
        int[] pixels = pixels();
        refuse(quality != null && (quality < 1 || quality > 4), "--quality " + quality, "1 to 4");
        int samples = quality != null ? quality : format.manyFiles() ? 3 : 2;
        int multiple = format.needsFfmpeg() ? 2 : 1;
        return new MovieStyle(
                pixels[0] + pixels[0] % multiple,
                pixels[1] + pixels[1] % multiple,
                samples,
                camera(),
                color == null ? null : coloring(color),
                Region.everything(),
                choice("--background", background, Backdrop.values()),
                annotations(),
                choice("--align", align, Alignment.values()));
    }

    private int[] pixels() {
        if (size == null) {
            return switch (runs.size()) {
                case 1 -> new int[] {960, 720};
                case 2 -> new int[] {1440, 720};
                case 3 -> new int[] {1800, 640};
                default -> new int[] {1440, 1080};
            };
        }
        Matcher parts = SIZE.matcher(size);
        refuse(!parts.matches(), "--size " + size, "width x height in pixels, such as 1920x1080");
        int width = Integer.parseInt(parts.group(1));
        int height = Integer.parseInt(parts.group(2));
        int across = runs.size() == Movie.MOST_RUNS ? 2 : runs.size();
        refuse(
                width < 64 * across || height < 128 || width > 16384 || height > 16384,
                "--size " + size,
                "at least " + 64 * across + "x128 and at most 16384x16384");
        return new int[] {width, height};
    }

    private @Nullable Camera camera() {
        double[] angles = switch (view.toLowerCase(Locale.ROOT)) {
            case "iso" -> null;
            case "top" -> new double[] {0, 90};
            case "front" -> new double[] {0, 0};
            case "side" -> new double[] {90, 0};
            default -> angles();
        };
        if (angles == null) {
            return perspective ? turned(DEFAULT_CAMERA.azimuthDegrees(), DEFAULT_CAMERA.elevationDegrees()) : null;
        }
        return turned(angles[0], angles[1]);
    }

    private double[] angles() {
        String[] parts = view.split(",", -1);
        try {
            if (parts.length == 2) {
                return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
            }
        } catch (NumberFormatException e) {
            // Refused below, as is anything else that is not two numbers.
        }
        throw CommandFailure.usage(
                "--view " + view + ": expected iso, top, front, side, or azimuth,elevation in degrees");
    }

    private Camera turned(double azimuth, double elevation) {
        try {
            return perspective ? Camera.perspective(azimuth, elevation) : Camera.orthographic(azimuth, elevation);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--view " + view + ": " + e.getMessage());
        }
    }

    private Set<Annotation> annotations() {
        if (annotate.equals(List.of(ALL))) {
            return EnumSet.allOf(Annotation.class);
        }
        Set<Annotation> chosen = EnumSet.noneOf(Annotation.class);
        if (!annotate.equals(List.of(NONE))) {
            for (String name : annotate) {
                chosen.add(choice("--annotate", name, Annotation.values()));
            }
        }
        return chosen;
    }

    private Coloring coloring(String given) throws IOException {
        List<String> names = new ArrayList<>();
        for (Coloring.Known known : Coloring.Known.values()) {
            if (name(known).equals(given.toLowerCase(Locale.ROOT))) {
                return known;
            }
            names.add(name(known));
        }
        for (Path run : runs) {
            try (RunDirectory directory = RunDirectory.read(run)) {
                List<String> fields = directory.manifest().layout().siteFields();
                Optional<String> field = SiteFieldName.find(fields, given);
                if (field.isPresent()) {
                    return new Coloring.Field(field.get());
                }
                fields.stream()
                        .map(SiteFieldName::shortened)
                        .filter(name -> !names.contains(name))
                        .forEach(names::add);
            }
        }
        throw CommandFailure.usage("--color " + given + ": expected one of " + String.join(", ", names));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant of that name in lower case with hyphens. */
    private static <E extends Enum<E>> E choice(String option, String given, E[] all) {
        List<String> names = new ArrayList<>();
        for (E one : all) {
            String name = name(one);
            if (name.equals(given.toLowerCase(Locale.ROOT))) {
                return one;
            }
            names.add(name);
        }
        throw CommandFailure.usage(option + " " + given + ": expected one of " + String.join(", ", names));
    }

    private MovieStyle cut(MovieStyle style) throws IOException {
        Region box = Movie.of(runs, style).box();
        double[] least = {box.minXNm(), box.minYNm(), box.minZNm()};
        double[] most = {box.maxXNm(), box.maxYNm(), box.maxZNm()};
        double[] from = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] to = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        for (String crop : crops) {
            Matcher range = RANGE.matcher(crop);
            refuse(!range.matches(), "--crop " + crop, "an axis and a range, such as x=10:40 or z=:50%");
            int axis = range.group(1).charAt(0) - 'x';
            from[axis] =
                    range.group(2) == null ? from[axis] : nm("--crop " + crop, range.group(2), least[axis], most[axis]);
            to[axis] =
                    range.group(3) == null ? to[axis] : nm("--crop " + crop, range.group(3), least[axis], most[axis]);
        }
        Camera camera = style.camera() == null ? DEFAULT_CAMERA : style.camera();
        double azimuth = Math.toRadians(camera.azimuthDegrees());
        double[] toward = {Math.sin(azimuth), -Math.cos(azimuth), Math.sin(Math.toRadians(camera.elevationDegrees()))};
        for (String slice : slices) {
            Matcher place = PLACE.matcher(slice);
            refuse(!place.matches(), "--slice " + slice, "an axis and a place, such as y=50% or z=3.5");
            int axis = place.group(1).charAt(0) - 'x';
            double plane = nm("--slice " + slice, place.group(2), least[axis], most[axis]);
            if (toward[axis] > 0) {
                to[axis] = Math.min(to[axis], plane);
            } else {
                from[axis] = Math.max(from[axis], plane);
            }
        }
        return new MovieStyle(
                style.width(),
                style.height(),
                style.samples(),
                style.camera(),
                style.coloring(),
                new Region(from[0], to[0], from[1], to[1], from[2], to[2]),
                style.backdrop(),
                style.annotations(),
                style.alignment());
    }

    private static double nm(String option, String text, double least, double most) {
        try {
            double nm = text.endsWith("%")
                    ? least + Double.parseDouble(text.substring(0, text.length() - 1)) / 100 * (most - least)
                    : Double.parseDouble(text);
            refuse(!(nm >= least && nm <= most), option, String.format(Locale.ROOT, "%.4g to %.4g nm", least, most));
            return nm;
        } catch (NumberFormatException e) {
            throw CommandFailure.usage(option + ": '" + text + "' is not a number");
        }
    }
}
