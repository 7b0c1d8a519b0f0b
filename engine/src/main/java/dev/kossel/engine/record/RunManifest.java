package dev.kossel.engine.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is and how it stands: {@code manifest.json}. Keys that this version does not know are ignored on reading.
 *
 * @param version of Kossel
 * @param commit of Kossel's sources, or {@code unknown}
 * @param scenario its name
 * @param seed of the random generator
 * @param started when the run began
 * @param ended when the last process ended it; absent while it runs
 * @param status how it stands
 * @param reason why it ended, one line; absent while it runs
 * @param process the process that works or worked on it last
 * @param resumes earlier resumptions, oldest first
 * @param layout what its numbers mean
 */
public record RunManifest(
        String version,
        String commit,
        String scenario,
        long seed,
        Instant started,
        @Nullable Instant ended,
        RunStatus status,
        @Nullable String reason,
        RunProcess process,
        List<Resume> resumes,
        RunLayout layout) {

    /**
     * A resumption of a run.
     *
     * @param at when
     * @param events executed events at the checkpoint it started from
     * @param timeSeconds simulated time there
     * @param process the process that took over
     */
    public record Resume(Instant at, long events, double timeSeconds, RunProcess process) {}

    /** @throws IllegalArgumentException if a file lacks a key that a manifest must have */
    public RunManifest {
        Json.require("version", version);
        Json.require("commit", commit);
        Json.require("scenario", scenario);
        Json.require("started", started);
        Json.require("status", status);
        Json.require("process", process);
        Json.require("layout", layout);
        // Absent in a manifest written by hand or by a version that has no resumptions.
        resumes = resumes == null ? List.of() : List.copyOf(resumes);
    }

    /** The manifest of a run that begins now, in this process. */
    public static RunManifest begin(String version, String commit, String scenario, long seed, RunLayout layout) {
        return new RunManifest(
                version,
                commit,
                scenario,
                seed,
                now(),
                null,
                RunStatus.RUNNING,
                null,
                RunProcess.current(),
                List.of(),
                layout);
    }

    /** As this, resumed now by this process. */
    public RunManifest resumed(long events, double timeSeconds) {
        RunProcess here = RunProcess.current();
        List<Resume> more = new ArrayList<>(resumes);
        more.add(new Resume(now(), events, timeSeconds, here));
        return new RunManifest(
                version, commit, scenario, seed, started, null, RunStatus.RUNNING, null, here, more, layout);
    }

    /** As this, ended now. */
    public RunManifest ended(RunStatus newStatus, String newReason) {
        return new RunManifest(
                version, commit, scenario, seed, started, now(), newStatus, newReason, process, resumes, layout);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
