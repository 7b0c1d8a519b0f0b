package dev.kossel.scenarios.cli;

import org.HdrHistogram.Histogram;

/**
 * What the loop did in a stretch of wall-clock time.
 *
 * @param seconds wall-clock time
 * @param cpuSeconds processor time of the loop's thread: less than {@code seconds} where it had to wait for a processor or for observers
 * @param allocatedBytes by the loop's thread
 * @param finishSeconds wall-clock time from the last event of a run to its complete directory, of the runs that came to their end within the stretch
 * @param heapBytes live heap beyond what lived before the scenario was built, after the first stretch
 * @param rssBytes what the whole process then had in memory; NaN where the system does not tell
 * @param sites of the box
 * @param latency percentiles of the wall-clock time of a slice of the loop
 */
record Timing(
        long events,
        long nullEvents,
        double seconds,
        double cpuSeconds,
        double finishSeconds,
        long allocatedBytes,
        long heapBytes,
        double rssBytes,
        long sites,
        Latency latency) {

    /** Microseconds; a slice is a few thousand draws at most, and fewer where charge passes. */
    record Latency(double p50Us, double p99Us, double p999Us, double maxUs) {

        private static final double NANOS_PER_MICRO = 1000;

        static Latency of(Histogram nanos) {
            return new Latency(
                    nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
                    nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
                    nanos.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
                    nanos.getMaxValue() / NANOS_PER_MICRO);
        }
    }

    double eventsPerSecond() {
        return events / seconds;
    }

    double nanosPerEvent() {
        return seconds * 1e9 / events;
    }

    double cpuNanosPerEvent() {
        return cpuSeconds * 1e9 / events;
    }

    double nullsPerEvent() {
        return (double) nullEvents / events;
    }

    double allocatedBytesPerEvent() {
        return (double) allocatedBytes / events;
    }

    /** With what it takes to end the runs that have come to their end. */
    double eventsPerSecondToTheEnd() {
        return events / (seconds + finishSeconds);
    }

    double heapBytesPerSite() {
        return (double) heapBytes / sites;
    }

    double rssBytesPerSite() {
        return rssBytes / sites;
    }
}
