package dev.kossel.engine.record;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the snapshots that {@link SnapshotWriter} writes. Not a reader of VTK files in general: it refuses others.
 * Stateless; O(sites).
 */
public final class SnapshotReader {

    private static final int HEAD_LIMIT = 1 << 20;
    private static final String APPENDED = "<AppendedData encoding=\"raw\">\n_";
    /** Arrays of numbers that are no fields. */
    private static final Set<String> OWN_FLOATS = Set.of(SnapshotWriter.FILLED_AT, "Points");

    private static final Pattern ARRAY = Pattern.compile("<DataArray ([^>]*?)(/>|>([^<]*)</DataArray>)");
    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Za-z]+)=\"([^\"]*)\"");

    private record Section(String type, long offset) {}

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private long base;
    private String geometryText = "";

    private SnapshotReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Reads a snapshot file, or of a run directory the last snapshot.
     *
     * @throws IOException as {@link #read}, or if the run has no snapshot
     */
    public static Snapshot readLatest(Path fileOrRun) throws IOException {
        if (!Files.isDirectory(fileOrRun)) {
            return read(fileOrRun);
        }
        try (RunDirectory run = RunDirectory.read(fileOrRun)) {
            List<SnapshotSeries.Entry> entries = SnapshotSeries.list(run);
            if (entries.isEmpty()) {
                throw new IOException(fileOrRun + " has no snapshot yet");
            }
            return read(entries.get(entries.size() - 1).file());
        }
    }

    /**
     * The names of the species, by number, of the run that a snapshot file lies in, or of a run directory.
     *
     * @throws IOException if it lies in none
     */
    public static List<String> speciesOf(Path fileOrRun) throws IOException {
        Path file = fileOrRun.toAbsolutePath();
        Path root = Files.isDirectory(file) ? file : file.resolve("../..").normalize();
        try (RunDirectory run = RunDirectory.read(root)) {
            return run.manifest().layout().species().stream()
                    .map(SpeciesLabel::name)
                    .toList();
        }
    }

    /**
     * Reads a snapshot.
     *
     * @throws IOException if the file cannot be read, was not written by Kossel or is damaged; says what is wrong
     */
    public static Snapshot read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SnapshotReader(file, channel).read();
        }
    }

    /**
     * Reads of a snapshot only when it was taken. O(1).
     *
     * @throws IOException as {@link #read}
     */
    public static SnapshotStamp readStamp(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SnapshotReader reader = new SnapshotReader(file, channel);
            reader.readHead();
            return reader.stamp();
        }
    }

    private Snapshot read() throws IOException {
        readHead();
        LatticeGeometry geometry;
        try {
            geometry = Json.parse(geometryText, LatticeGeometry.class);
        } catch (IllegalArgumentException e) {
            throw damaged("its geometry cannot be read: " + e.getMessage());
        }
        boolean sparse = sections.containsKey("site");
        Lattice lattice = sparse ? points(geometry) : image(geometry);
        FillTimes filled = FillTimes.unknown();
        if (sections.containsKey(SnapshotWriter.FILLED_AT)) {
            filled = FillTimes.of(
                    sparse
                            ? pointFloats(SnapshotWriter.FILLED_AT, geometry)
                            : imageFloats(SnapshotWriter.FILLED_AT, geometry));
        }
        return new Snapshot(lattice, stamp(), filled, fields(geometry, sparse));
    }

    private SiteFields fields(LatticeGeometry geometry, boolean sparse) throws IOException {
        List<String> names = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        for (Map.Entry<String, Section> section : sections.entrySet()) {
            String name = section.getKey();
            if (section.getValue().type.equals("Float32") && !OWN_FLOATS.contains(name)) {
                names.add(name);
                values.add(sparse ? pointFloats(name, geometry) : imageFloats(name, geometry));
            }
        }
        return names.isEmpty() ? SiteFields.none() : new SiteFields(names, (field, site) -> values.get(field)[site]);
    }

    private SnapshotStamp stamp() throws IOException {
        Map<String, Double> readings = new LinkedHashMap<>();
        for (Map.Entry<String, Section> section : sections.entrySet()) {
            if (section.getValue().type.equals("Float64") && !section.getKey().equals("TimeValue")) {
                readings.put(section.getKey(), bytes(section.getKey(), 8).getDouble(0));
            }
        }
        double timeSeconds = bytes("TimeValue", 8).getDouble(0);
        return new SnapshotStamp(timeSeconds, bytes("events", 8).getLong(0), readings);
    }

    private Lattice image(LatticeGeometry g) throws IOException {
        byte[] species = bytes("species", g.siteCount()).array();
        byte[] types = sections.containsKey("site_type")
                ? bytes("site_type", g.siteCount()).array()
                : new byte[0];
        Lattice lattice = new Lattice(g, new byte[g.siteCount()], new byte[types.length]);
        int point = 0;
        for (var sites = g.sites(); sites.hasNext(); point++) {
            int site = sites.nextInt();
            lattice.setSpecies(site, species[point]);
            if (types.length != 0) {
                lattice.setSiteType(site, types[point]);
            }
        }
        return lattice;
    }

    private Lattice points(LatticeGeometry g) throws IOException {
        boolean typed = sections.containsKey("site_type");
        Lattice lattice = new Lattice(g, new byte[g.siteCount()], new byte[typed ? g.siteCount() : 0]);
        ByteBuffer sites = bytes("site", -1);
        int points = sites.remaining() / 4;
        ByteBuffer species = bytes("species", points);
        for (int i = 0; i < points; i++) {
            lattice.setSpecies(site(sites, i, g), species.get(i));
        }
        if (typed) {
            ByteBuffer types = bytes("site_type", points);
            for (int i = 0; i < points; i++) {
                lattice.setSiteType(site(sites, i, g), types.get(i));
            }
        }
        if (sections.containsKey("bare_site")) {
            ByteBuffer bareSites = bytes("bare_site", -1);
            int bare = bareSites.remaining() / 4;
            ByteBuffer types = bytes("bare_site_type", bare);
            for (int i = 0; i < bare; i++) {
                lattice.setSiteType(site(bareSites, i, g), types.get(i));
            }
        }
        return lattice;
    }

    private float[] imageFloats(String name, LatticeGeometry g) throws IOException {
        float[] values = new float[g.siteCount()];
        FloatBuffer floats = bytes(name, 4 * g.siteCount()).asFloatBuffer();
        int point = 0;
        for (var sites = g.sites(); sites.hasNext(); point++) {
            values[sites.nextInt()] = floats.get(point);
        }
        return values;
    }

    private float[] pointFloats(String name, LatticeGeometry g) throws IOException {
        float[] values = new float[g.siteCount()];
        Arrays.fill(values, Float.NaN);
        ByteBuffer sites = bytes("site", -1);
        int points = sites.remaining() / 4;
        FloatBuffer floats = bytes(name, 4 * points).asFloatBuffer();
        for (int i = 0; i < points; i++) {
            values[site(sites, i, g)] = floats.get(i);
        }
        return values;
    }

    private int site(ByteBuffer sites, int i, LatticeGeometry g) throws IOException {
        int rank = sites.getInt(4 * i);
        if (rank < 0 || rank >= g.siteCount()) {
            throw damaged("site " + rank + " is not one of 0 … " + (g.siteCount() - 1));
        }
        return g.siteOfRank(rank);
    }

    private void readHead() throws IOException {
        byte[] start = new byte[(int) Math.min(HEAD_LIMIT, channel.size())];
        readFully(ByteBuffer.wrap(start), 0);
        String head = new String(start, StandardCharsets.ISO_8859_1);
        int end = head.indexOf(APPENDED);
        if (end < 0 || !head.contains("header_type=\"UInt64\"")) {
            throw damaged("it is not a snapshot written by Kossel");
        }
        base = end + APPENDED.length();
        byte[] tail = new byte[VtkArrays.END.length()];
        readFully(ByteBuffer.wrap(tail), Math.max(0, channel.size() - tail.length));
        if (!new String(tail, StandardCharsets.ISO_8859_1).equals(VtkArrays.END)) {
            throw damaged("it ends early");
        }
        Matcher arrays = ARRAY.matcher(new String(start, 0, end, StandardCharsets.UTF_8));
        while (arrays.find()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(arrays.group(1));
            while (attribute.find()) {
                attributes.put(attribute.group(1), attribute.group(2));
            }
            String name = unescape(attributes.getOrDefault("Name", ""));
            String type = attributes.getOrDefault("type", "");
            if (type.equals("String")) {
                geometryText = name.equals("geometry") ? text(arrays.group(3)) : geometryText;
            } else {
                sections.put(name, new Section(type, number(attributes.getOrDefault("offset", ""))));
            }
        }
    }

    private String text(String codes) throws IOException {
        String[] numbers = codes.strip().split("\\s+");
        byte[] bytes = new byte[numbers.length - 1];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) number(numbers[i]);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long number(String digits) throws IOException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw damaged("'" + digits + "' stands where a number belongs");
        }
    }

    private static String unescape(String text) {
        return text.replace("&quot;", "\"")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
    }

    /** An array's bytes, inflated, little-endian; {@code expected} of them, or any number if −1. */
    private ByteBuffer bytes(String name, int expected) throws IOException {
        Section section = sections.get(name);
        if (section == null) {
            throw damaged("it has no array '" + name + "'");
        }
        long at = base + section.offset;
        ByteBuffer sizes = longs(at, 3);
        long blocks = sizes.getLong(0);
        long blockBytes = sizes.getLong(8);
        long lastBytes = sizes.getLong(16);
        if (blocks < 0 || blocks > channel.size() / 8 || blockBytes <= 0 || blockBytes > 1 << 28) {
            throw damaged("array '" + name + "' has a damaged header");
        }
        long total = blocks == 0 ? 0 : (blocks - 1) * blockBytes + (lastBytes == 0 ? blockBytes : lastBytes);
        if (total < 0 || total > Integer.MAX_VALUE - 8 || (expected >= 0 && total != expected)) {
            throw damaged("array '" + name + "' has " + total + " bytes"
                    + (expected >= 0 ? ", expected " + expected : ", more than can be read"));
        }
        ByteBuffer compressedBytes = longs(at + 24, (int) blocks);
        long from = at + 24 + 8 * blocks;
        byte[] values = new byte[(int) total];
        Inflater inflater = new Inflater();
        try {
            int filled = 0;
            for (int block = 0; block < blocks; block++) {
                long size = compressedBytes.getLong(8 * block);
                if (size <= 0 || size > 2 * blockBytes + 64) {
                    throw damaged("array '" + name + "' has a damaged header");
                }
                byte[] zip = new byte[(int) size];
                readFully(ByteBuffer.wrap(zip), from);
                from += size;
                inflater.reset();
                inflater.setInput(zip);
                int wanted = (int) Math.min(blockBytes, total - filled);
                if (inflater.inflate(values, filled, wanted) != wanted || !endsCleanly(inflater)) {
                    throw damaged("array '" + name + "', block " + block + " is incomplete");
                }
                filled += wanted;
            }
        } catch (DataFormatException e) {
            throw damaged("array '" + name + "': " + e.getMessage());
        } finally {
            inflater.end();
        }
        return ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads on to the checksum, which zlib verifies. */
    private static boolean endsCleanly(Inflater inflater) throws DataFormatException {
        return inflater.finished() || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
    }

    private ByteBuffer longs(long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(8, count)).order(ByteOrder.LITTLE_ENDIAN);
        readFully(buffer, at);
        return buffer;
    }

    private void readFully(ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw damaged("it ends early");
            }
            at += read;
        }
    }

    private IOException damaged(String what) {
        return new IOException(file + ": cannot be read as a snapshot: " + what);
    }
}
