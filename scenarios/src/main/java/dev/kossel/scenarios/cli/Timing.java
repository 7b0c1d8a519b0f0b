package dev.kossel.scenarios.cli;

import org.HdrHistogram.Histogram;

/**
 * What the loop did in a stretch of wall-clock time.
 *
 * @param seconds wall-clock time
 * @param cpuSeconds processor time of the loop's thread: less than {@code seconds} where it had to wait for a processor or for observers
 * @param allocatedBytes by the loop's thread
 * @param residentBytes live heap at the end of the stretch beyond what lived before the scenario was built
 * @param sites of the box
 * @param latency percentiles of the wall-clock time of a slice of the loop
 */
record Timing(
        long events,
        long nullEvents,
        double seconds,
        double cpuSeconds,
        long allocatedBytes,
        long residentBytes,
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

    double bytesPerSite() {
        return (double) residentBytes / sites;
    }
}
