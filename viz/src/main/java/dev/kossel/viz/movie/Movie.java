package dev.kossel.viz.movie;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Facets;
import dev.kossel.viz.plot.DisplayUnit;
import dev.kossel.viz.render.ColorMap;
import dev.kossel.viz.render.DeadMetal;
import dev.kossel.viz.render.MorphologyRenderer;
import dev.kossel.viz.render.MorphologyStyle;
import dev.kossel.viz.render.Region;
import dev.kossel.viz.render.RunLook;
import dev.kossel.viz.render.SiteColoring;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The growth of one to four runs as pictures, side by side where there are several, all with one camera, one scale of
 * heights, and colours that keep their meaning from the first frame to the last.
 *
 * <p>A frame for each moment at which a run has a snapshot; of every run the last snapshot that is not later is shown.
 * Reads only, so that runs may be going on; of those, what they had when the movie was made. Immutable and safe for
 * threads: frames may be drawn at the same time. Memory does not grow with the number of frames.
 */
public final class Movie {

    /** Most runs that can be told apart side by side. */
    public static final int MOST_RUNS = 4;

    /** M. Okabe and K. Ito's colours, in the order in which the viewer gives them to site types. */
    private static final int[] TYPE_COLORS = {
        0x999999, 0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7
    };

    /** Of families of planes, the same in all lattices, and as in the viewer. */
    private static final Map<String, Integer> FACET_COLORS = Map.of(
            "100", 0x56b4e9, "110", 0xe69f00, "111", 0x009e73, "112", 0xf0e442, "002", 0x0072b2, "101", 0xd55e00);

    private static final List<SiteColoring.Kind> ALIVE_OR_DEAD =
            List.of(new SiteColoring.Kind("in contact", 0x56b4e9), new SiteColoring.Kind("dead", 0xd55e00));

    private final List<FilmedRun> runs;
    private final List<double[]> momentsByRun;
    private final double[] moments;
    private final MovieStyle style;

    private Movie(List<FilmedRun> runs, MovieStyle style) {
        this.runs = runs;
        this.style = style;
        momentsByRun = runs.stream().map(run -> run.moments(style.alignment())).toList();
        moments = momentsByRun.stream()
                .flatMapToDouble(DoubleStream::of)
                .sorted()
                .distinct()
                .toArray();
    }

    /**
     * @param paths run directories, one to {@link #MOST_RUNS}
     * @throws IOException if one cannot be read or has no snapshot
     * @throws IllegalArgumentException if the style asks for what a run does not have
     */
    public static Movie of(List<Path> paths, MovieStyle style) throws IOException {
        if (paths.isEmpty() || paths.size() > MOST_RUNS) {
            throw new IllegalArgumentException(paths.size() + " runs, expected 1 to " + MOST_RUNS);
        }
        List<FilmedRun> runs = new ArrayList<>();
        for (Path path : paths) {
            runs.add(FilmedRun.open(path));
        }
        return new Movie(runs, style);
    }

    /** Frames there are. */
    public int frameCount() {
        return moments.length;
    }

    /**
     * Chooses frames and finds what they have in common, for which it reads their snapshots once.
     *
     * @param frames their numbers, in the order in which they are shown
     * @throws IOException if a snapshot cannot be read
     * @throws IllegalArgumentException if the style asks for what a run does not have
     */
    public Scenes scenes(List<Integer> frames) throws IOException {
        List<Panel> panels = new ArrayList<>();
        for (int r = 0; r < runs.size(); r++) {
            panels.add(Panel.of(runs.get(r), snapshotsOf(r, frames), style));
        }
        return new Scenes(frames, panels);
    }

    private int[] snapshotsOf(int run, List<Integer> frames) {
        return frames.stream()
                .mapToInt(frame -> FilmedRun.at(momentsByRun.get(run), moments[frame]))
                .toArray();
    }

    /**
     * What the frames of one run have in common.
     *
     * @param ground layers of the substrate, which is drawn grey where colours tell a number
     * @param highestNm the highest site of all frames
     * @param coloring what colours tell
     * @param fieldLow the least number of the field by which it is coloured, NaN without one, as the largest
     * @param last the latest of the stamps, and the largest of the readings in magnitude
     */
    private record Panel(
            FilmedRun run,
            int ground,
            double highestNm,
            Coloring coloring,
            double fieldLow,
            double fieldHigh,
            SnapshotStamp last) {

        static Panel of(FilmedRun run, int[] numbers, MovieStyle style) throws IOException {
            RunLook look = run.look();
            String field = style.coloring() instanceof Coloring.Field wanted ? field(run, wanted.name()) : "";
            double fieldLow = Double.NaN;
            double fieldHigh = Double.NaN;
            double highestNm = 0;
            int species = 0;
            boolean filled = true;
            for (int number : IntStream.of(numbers).distinct().toArray()) {
                Snapshot snapshot = run.snapshot(number);
                highestNm = Math.max(highestNm, look.highestNm(snapshot.lattice()));
                species = Math.max(species, look.solidSpecies(snapshot.lattice()));
                filled &= snapshot.filled().known();
                double[] range = range(snapshot, field, look.solids());
                fieldLow = range[0] < fieldLow || Double.isNaN(fieldLow) ? range[0] : fieldLow;
                fieldHigh = range[1] > fieldHigh || Double.isNaN(fieldHigh) ? range[1] : fieldHigh;
            }
            Coloring coloring = field.isEmpty() ? style.coloring() : new Coloring.Field(field);
            if (coloring == null) {
                coloring = species > 1 ? Coloring.Known.SPECIES : Coloring.Known.HEIGHT;
            }
            if (coloring == Coloring.Known.AGE && !filled) {
                throw new IllegalArgumentException(
                        run.path() + " does not say when its sites were filled: it was begun by an older version");
            }
            if (coloring == Coloring.Known.SITE_TYPE
                    && run.manifest().layout().siteTypes().size() < 2) {
                throw new IllegalArgumentException(run.path() + " has no types of sites");
            }
            if (coloring == Coloring.Known.FACET
                    && run.manifest().layout().geometry().layerCount() == 1) {
                throw new IllegalArgumentException(run.path() + " is flat: it has no facets");
            }
            int ground = coloring instanceof Coloring.Field
                            || coloring == Coloring.Known.SPECIES
                            || coloring == Coloring.Known.SITE_TYPE
                            || coloring == Coloring.Known.DEAD
                            || coloring == Coloring.Known.FACET
                    ? 0
                    : look.filledLayers(run.snapshot(0).lattice());
            SnapshotStamp last = run.stamps().get(numbers[0]);
            Map<String, Double> largest = new LinkedHashMap<>();
            double latest = 0;
            for (int number : numbers) {
                SnapshotStamp stamp = run.stamps().get(number);
                latest = Math.max(latest, stamp.timeSeconds());
                stamp.readings().forEach((name, value) -> largest.merge(name, Math.abs(value), Math::max));
            }
            SnapshotStamp latestStamp = new SnapshotStamp(latest, last.events(), largest);
            return new Panel(run, ground, highestNm, coloring, fieldLow, fieldHigh, latestStamp);
        }

        private static String field(FilmedRun run, String given) {
            List<String> fields = run.manifest().layout().siteFields();
            return SiteFieldName.find(fields, given)
                    .orElseThrow(() ->
                            new IllegalArgumentException(run.path() + " holds no '" + given + "' of its sites; "
                                    + (fields.isEmpty()
                                            ? "it has no such numbers, for its scenario has no transport of type continuum"
                                            : "what it holds are "
                                                    + String.join(
                                                            ", ",
                                                            fields.stream()
                                                                    .map(SiteFieldName::shortened)
                                                                    .toList()))));
        }

        /** Of a field over the solid sites; no numbers where it has none. */
        private static double[] range(Snapshot snapshot, String name, SpeciesSet solids) {
            int field = snapshot.fields().names().indexOf(name);
            double low = Double.NaN;
            double high = Double.NaN;
            for (int site = 0; site < snapshot.lattice().geometry().siteCount() && field >= 0; site++) {
                float value = snapshot.fields().value(field, site);
                if (!Float.isNaN(value) && solids.contains(snapshot.lattice().species(site))) {
                    low = value < low || Double.isNaN(low) ? value : low;
                    high = value > high || Double.isNaN(high) ? value : high;
                }
            }
            return new double[] {low, high};
        }

        LatticeGeometry geometry() {
            return run.manifest().layout().geometry();
        }

        double groundNm() {
            return ground == 0
                    ? 0
                    : geometry().layerHeightNm(Math.min(ground, geometry().layerCount()) - 1);
        }

        String caption(SnapshotStamp stamp, MovieStyle style) {
            List<String> readings = new ArrayList<>();
            if (style.annotations().contains(Annotation.TIME)) {
                readings.add("t = "
                        + DisplayUnit.of("time_s", last.timeSeconds()).text(stamp.timeSeconds(), last.timeSeconds()));
            }
            if (style.annotations().contains(Annotation.CHARGE)) {
                reading("q", FilmedRun.CHARGE, stamp, readings);
            }
            if (style.annotations().contains(Annotation.POTENTIAL)) {
                reading("η", FilmedRun.POTENTIAL, stamp, readings);
            }
            String line = String.join("     ", readings);
            if (!style.annotations().contains(Annotation.TITLE)) {
                return line;
            }
            return run.manifest().scenario() + (line.isEmpty() ? "" : "\n" + line);
        }

        private void reading(String symbol, String column, SnapshotStamp stamp, List<String> readings) {
            double value = stamp.readings().getOrDefault(column, Double.NaN);
            double largest = last.readings().getOrDefault(column, Double.NaN);
            if (Double.isFinite(value) && Double.isFinite(largest)) {
                readings.add(symbol + " = " + DisplayUnit.of(column, largest).text(value, largest));
            }
        }
    }

    /** The chosen frames, ready to be drawn. */
    public final class Scenes {

        private final List<Integer> frames;
        private final List<Panel> panels;
        private final double highestNm;
        private final double latestSeconds;
        private final double fieldLow;
        private final double fieldHigh;
        private final int columns;
        private final int rows;

        private Scenes(List<Integer> frames, List<Panel> panels) {
            this.frames = List.copyOf(frames);
            this.panels = panels;
            highestNm = panels.stream().mapToDouble(Panel::highestNm).max().orElse(0);
            latestSeconds = panels.stream()
                    .mapToDouble(panel -> panel.last.timeSeconds())
                    .max()
                    .orElse(0);
            fieldLow = panels.stream()
                    .mapToDouble(Panel::fieldLow)
                    .filter(Double::isFinite)
                    .min()
                    .orElse(Double.NaN);
            fieldHigh = panels.stream()
                    .mapToDouble(Panel::fieldHigh)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(Double.NaN);
            columns = panels.size() == MOST_RUNS ? 2 : panels.size();
            rows = panels.size() / columns;
        }

        public int count() {
            return frames.size();
        }

        /** Sites of the largest run: what the memory for a picture goes with. */
        public int sites() {
            return panels.stream()
                    .mapToInt(panel -> panel.geometry().siteCount())
                    .max()
                    .orElse(0);
        }

        public int width() {
            return style.width();
        }

        public int height() {
            return style.height();
        }

        /**
         * Draws a frame: the {@code index}-th of those chosen.
         *
         * @throws IOException if a snapshot cannot be read
         */
        public BufferedImage image(int index) throws IOException {
            if (panels.size() == 1) {
                return image(0, index, style.width(), style.height());
            }
            BufferedImage image = new BufferedImage(style.width(), style.height(), BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            for (int p = 0; p < panels.size(); p++) {
                int left = style.width() * (p % columns) / columns;
                int right = style.width() * (p % columns + 1) / columns;
                int top = style.height() * (p / columns) / rows;
                int bottom = style.height() * (p / columns + 1) / rows;
                graphics.drawImage(image(p, index, right - left, bottom - top), left, top, null);
            }
            graphics.dispose();
            return image;
        }

        private BufferedImage image(int p, int index, int width, int height) throws IOException {
            Panel panel = panels.get(p);
            double moment = moments[frames.get(index)];
            int number = FilmedRun.at(momentsByRun.get(p), moment);
            Snapshot snapshot = panel.run.snapshot(number);
            Lattice lattice = snapshot.lattice();
            double radiusNm = MorphologyRenderer.radiusNm(panel.geometry());
            MorphologyStyle look = MorphologyStyle.of(panel.run.look().species())
                    .withSize(width, height, style.samples())
                    .withCamera(style.camera() == null ? RunLook.camera(panel.geometry(), highestNm) : style.camera())
                    .withColoring(coloring(panel, snapshot))
                    .withSubstrateLayers(panel.ground)
                    .withTitle(panel.caption(snapshot.stamp(), style))
                    .withFrameHeightNm(highestNm + radiusNm)
                    .withBackdrop(style.backdrop())
                    .withRegion(style.region())
                    .withMarks(
                            style.annotations().contains(Annotation.SCALE_BAR),
                            style.annotations().contains(Annotation.LEGEND));
            return MorphologyRenderer.render(lattice, look);
        }

        private SiteColoring coloring(Panel panel, Snapshot snapshot) {
            if (panel.coloring instanceof Coloring.Field field) {
                return field(snapshot.fields(), field.name());
            }
            return switch ((Coloring.Known) panel.coloring) {
                case SPECIES -> new SiteColoring.BySpecies();
                case HEIGHT -> new SiteColoring.ByHeight(ColorMap.VIRIDIS, highestNm - panel.groundNm());
                case COORDINATION ->
                    coordination(snapshot.lattice(), panel.run.look().solids());
                case AGE -> age(snapshot.filled());
                case DEAD -> {
                    DeadMetal metal = DeadMetal.of(
                            snapshot.lattice(), panel.run.manifest().layout());
                    yield new SiteColoring.ByKind(site -> metal.isDead(site) ? 1 : 0, ALIVE_OR_DEAD);
                }
                case FACET -> facet(snapshot.lattice(), panel.run.look().solids());
                case SITE_TYPE ->
                    siteType(snapshot.lattice(), panel.run.manifest().layout().siteTypes());
            };
        }

        private SiteColoring field(SiteFields fields, String name) {
            int field = fields.names().indexOf(name);
            DisplayUnit unit = DisplayUnit.of(name, Math.max(Math.abs(fieldLow), Math.abs(fieldHigh)));
            return new SiteColoring.ByValue(
                    site -> field < 0 ? Double.NaN : fields.value(field, site) * unit.perStored(),
                    SiteFieldName.title(name, unit),
                    ColorMap.VIRIDIS,
                    fieldLow * unit.perStored(),
                    fieldHigh * unit.perStored());
        }

        private SiteColoring age(FillTimes filled) {
            DisplayUnit unit = DisplayUnit.of("time_s", latestSeconds);
            return new SiteColoring.ByValue(
                    site -> filled.seconds(site) * unit.perStored(),
                    unit.label("Deposited at"),
                    ColorMap.VIRIDIS,
                    0,
                    latestSeconds * unit.perStored());
        }
    }

    private static SiteColoring coordination(Lattice lattice, SpeciesSet solids) {
        LatticeGeometry g = lattice.geometry();
        int nearest = g.shells().get(0).size();
        return new SiteColoring.ByValue(
                site -> IntStream.range(0, nearest)
                        .map(slot -> g.neighbor(site, slot))
                        .filter(neighbor -> neighbor >= 0 && solids.contains(lattice.species(neighbor)))
                        .count(),
                "Occupied nearest neighbours",
                ColorMap.VIRIDIS,
                0,
                nearest);
    }

    private static SiteColoring facet(Lattice lattice, SpeciesSet solids) {
        Facets facets = new Facets(lattice.geometry(), solids).measure(lattice);
        List<SiteColoring.Kind> kinds = new ArrayList<>();
        for (String family : Facets.families(lattice.geometry())) {
            kinds.add(new SiteColoring.Kind("{" + family + "}", FACET_COLORS.getOrDefault(family, 0xcc79a7)));
        }
        kinds.add(new SiteColoring.Kind("other", TYPE_COLORS[0]));
        int other = kinds.size() - 1;
        return new SiteColoring.ByKind(
                site -> facets.familyOfSite(site) < 0 ? other : facets.familyOfSite(site), kinds);
    }

    private static SiteColoring siteType(Lattice lattice, List<String> names) {
        List<SiteColoring.Kind> kinds = new ArrayList<>();
        for (int type = 0; type < names.size(); type++) {
            kinds.add(new SiteColoring.Kind(names.get(type), TYPE_COLORS[type % TYPE_COLORS.length]));
        }
        return new SiteColoring.ByKind(lattice::siteType, kinds);
    }

    /** The box that all runs lie in, nm: what crops are measured against. */
    public Region box() {
        LatticeGeometry widest = runs.stream()
                .map(run -> run.manifest().layout().geometry())
                .max(Comparator.comparingDouble(LatticeGeometry::widthNm))
                .orElseThrow();
        return new Region(0, widest.widthNm(), 0, widest.depthNm(), 0, widest.heightNm());
    }
}
