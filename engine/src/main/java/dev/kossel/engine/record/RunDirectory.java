package dev.kossel.engine.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a run: what lies where, and who may write.
 *
 * <pre>
 *   manifest.json      what the run is and how it stands     statistics.csv   instruments, a row a sample
 *   scenario.yaml      the resolved scenario                 events.csv       counts and rates per process
 *   snapshots.pvd      times of the snapshots                snapshots/       000000.vti (or .vtp), …
 *   fields.pvd         times of the fields, if computed      fields/          000000.vtr, …
 *   latency.hgrm       durations of loop steps               checkpoint/      000000.ckpt, …
 *   summary.json, .txt what came out                         plots/           pictures
 *   profiles.csv       layer by layer, at each snapshot      cycles.csv       a row a cycle
 *   coordination.csv   of ions by distance, at each snapshot, where species have coordination numbers
 *   curvature.csv      of the surface, at each snapshot
 *   currents.csv       with fields, layer by layer, at each snapshot
 *   events.trace.csv   single events, if asked for           .lock            held by the writing process
 * </pre>
 *
 * <p>One process writes a directory at a time: it holds a lock, which the operating system releases when the process
 * ends, however it ends. Any number may read. Use by one thread; the writers it hands out are each used by one thread.
 */
public final class RunDirectory implements AutoCloseable {

    /**
     * fcntl locks belong to the process: closing a second channel of a file would release them, so a second one is
     * never opened.
     */
    private static final Set<Path> LOCKED_HERE = new HashSet<>();

    private static final String LOCK_FILE = ".lock";
    private static final List<String> PARTS = List.of("snapshots", "checkpoint", "plots");
    private static final String FIELDS = "fields";
    private static final int LOCK_TRIALS = 5;
    private static final long LOCK_NAP_NANOS = 20_000_000;

    private final Path root;
    private final boolean resumed;
    private final @Nullable FileChannel lock;
    private final CheckpointStore checkpoints;

    private RunDirectory(Path root, boolean resumed, @Nullable FileChannel lock) {
        this.root = root;
        this.resumed = resumed;
        this.lock = lock;
        this.checkpoints = new CheckpointStore(checkpointDirectory());
    }

    /**
     * Makes and locks a directory for a new run.
     *
     * @throws FileAlreadyExistsException if there is something there other than an empty directory
     * @throws IOException if it cannot be written or another process is just writing it
     */
    public static RunDirectory create(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new FileAlreadyExistsException(path + " is not a directory; give another place for the run");
        }
        requireEmpty(path);
        Files.createDirectories(path);
        Path root = path.toRealPath();
        FileChannel lock = lock(root);
        try {
            requireEmpty(root);
            for (String part : PARTS) {
                Files.createDirectories(root.resolve(part));
            }
            return new RunDirectory(root, false, lock);
        } catch (IOException | RuntimeException e) {
            release(root, lock);
            throw e;
        }
    }

    /**
     * Locks the directory of a run to go on with it.
     *
     * @throws NoSuchFileException if it is not a run directory
     * @throws IOException if another process is writing it
     */
    public static RunDirectory resume(Path path) throws IOException {
        Path root = requireRun(path);
        return new RunDirectory(root, true, lock(root));
    }

    /**
     * Opens the directory of a run, perhaps one that is just being written, for reading.
     *
     * @throws NoSuchFileException if it is not a run directory
     */
    public static RunDirectory read(Path path) throws IOException {
        return new RunDirectory(requireRun(path), true, null);
    }

    private static Path requireRun(Path path) throws IOException {
        if (!Files.isRegularFile(path.resolve("manifest.json"))) {
            throw new NoSuchFileException(path + " is not a run directory: it has no manifest.json");
        }
        return path.toRealPath();
    }

    /** Empty, or with no more in it than {@link #create} makes: a run that was killed before it began. */
    private static void requireEmpty(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        List<Path> content = list(path);
        for (Path file : content) {
            String name = file.getFileName().toString();
            boolean ours = name.equals(LOCK_FILE)
                    || name.equals(".manifest.json.tmp")
                    || ((PARTS.contains(name) || name.equals(FIELDS))
                            && Files.isDirectory(file)
                            && list(file).isEmpty());
            if (!ours) {
                throw new FileAlreadyExistsException(
                        path + " is not empty; give another place for the run, or remove it, or resume it");
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> content = Files.list(directory)) {
            return content.toList();
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve(LOCK_FILE);
        synchronized (LOCKED_HERE) {
            if (LOCKED_HERE.contains(root)) {
                throw new IOException(root + " is being written by this process");
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock held = channel.tryLock();
                for (int trial = 0; held == null && trial < LOCK_TRIALS; trial++) {
                    // Perhaps somebody only asks whether the directory is being written.
                    LockSupport.parkNanos(LOCK_NAP_NANOS);
                    held = channel.tryLock();
                }
                if (held == null) {
                    throw new IOException(root + " is being written by another process ("
                            + Files.readString(file).strip() + ")");
                }
                RunProcess here = RunProcess.current();
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(
                        ("pid " + here.pid() + " on " + here.host() + "\n").getBytes(StandardCharsets.UTF_8)));
                LOCKED_HERE.add(root);
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
    }

    private static void release(Path root, FileChannel lock) throws IOException {
        synchronized (LOCKED_HERE) {
            if (LOCKED_HERE.remove(root)) {
                lock.close();
            }
        }
    }

    /** Releases the lock. Idempotent. */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            release(root, lock);
        }
    }

    /**
     * Whether a process holds the directory at this moment. A run whose manifest says {@link RunStatus#RUNNING} and
     * which nobody writes was killed.
     */
    public boolean isBeingWritten() throws IOException {
        Path file = root.resolve(LOCK_FILE);
        synchronized (LOCKED_HERE) {
            if (LOCKED_HERE.contains(root)) {
                return true;
            }
            if (!Files.exists(file)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock probe = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return probe == null;
            }
        }
    }

    public Path root() {
        return root;
    }

    /** Whether the run began in an earlier process. */
    public boolean resumed() {
        return resumed;
    }

    public Path manifestFile() {
        return root.resolve("manifest.json");
    }

    public Path scenarioFile() {
        return root.resolve("scenario.yaml");
    }

    public Path statisticsFile() {
        return root.resolve("statistics.csv");
    }

    public Path eventsFile() {
        return root.resolve("events.csv");
    }

    /** Of ions by their distance from the surface; only where species have coordination numbers. */
    public Path coordinationFile() {
        return root.resolve("coordination.csv");
    }

    public Path profilesFile() {
        return root.resolve("profiles.csv");
    }

    public Path curvatureFile() {
        return root.resolve("curvature.csv");
    }

    public Path currentsFile() {
        return root.resolve("currents.csv");
    }

    public Path cyclesFile() {
        return root.resolve("cycles.csv");
    }

    public Path scalingFile() {
        return root.resolve("scaling.csv");
    }

    public Path traceFile() {
        return root.resolve("events.trace.csv");
    }

    public Path latencyFile() {
        return root.resolve("latency.hgrm");
    }

    public Path summaryFile() {
        return root.resolve("summary.json");
    }

    public Path summaryTextFile() {
        return root.resolve("summary.txt");
    }

    public Path snapshotIndexFile() {
        return root.resolve("snapshots.pvd");
    }

    public Path snapshotDirectory() {
        return root.resolve("snapshots");
    }

    /** Only where fields are computed, as {@link #fieldDirectory}. */
    public Path fieldIndexFile() {
        return root.resolve("fields.pvd");
    }

    public Path fieldDirectory() {
        return root.resolve(FIELDS);
    }

    public Path checkpointDirectory() {
        return root.resolve("checkpoint");
    }

    public Path plotDirectory() {
        return root.resolve("plots");
    }

    /** @throws IOException if there is none or it is damaged; says where */
    public RunManifest manifest() throws IOException {
        return Json.read(manifestFile(), RunManifest.class);
    }

    public void write(RunManifest manifest) throws IOException {
        writeJson(manifestFile(), manifest);
    }

    /**
     * Writes a value as indented JSON, atomically: a map, list, record, number, text, or anything made of these; record
     * components become {@code snake_case}.
     *
     * @param file within this directory
     */
    public void writeJson(Path file, Object value) throws IOException {
        requireWritable();
        AtomicFile.write(file, out -> Json.write(out, value));
    }

    /** Writes a text file within this directory, atomically. */
    public void writeText(Path file, String text) throws IOException {
        requireWritable();
        AtomicFile.writeString(file, text);
    }

    /** As {@link #writeText}, durable against power failure only once {@link AtomicFile#force} has been called. */
    void writeTextLazily(Path file, String text) throws IOException {
        requireWritable();
        AtomicFile.writeStringLazily(file, text);
    }

    /** Writes a file within this directory, atomically. */
    public void writeFile(Path file, AtomicFile.Content content) throws IOException {
        requireWritable();
        AtomicFile.write(file, content);
    }

    /**
     * A CSV file within this directory: begun, or in a resumed run reopened where it exists; see {@link
     * CsvWriter#reopen}.
     *
     * @throws IOException if a file to reopen has other columns
     */
    public CsvWriter csv(Path file, List<String> columns) throws IOException {
        requireWritable();
        return resumed && Files.exists(file) ? CsvWriter.reopen(file, columns) : CsvWriter.create(file, columns);
    }

    /** The run's checkpoints; always the same object. */
    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    private void requireWritable() {
        if (lock == null || !lock.isOpen()) {
            throw new IllegalStateException(root + " is open for reading only");
        }
    }
}
