package dev.kossel.engine.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When a lattice looked as it does.
 *
 * @param timeSeconds simulated time
 * @param events executed events since the start of the run
 * @param readings further values by column name, such as {@code charge_C_per_m2}; the order is kept
 */
public record SnapshotStamp(double timeSeconds, long events, Map<String, Double> readings) {

    public SnapshotStamp {
        readings = Collections.unmodifiableMap(new LinkedHashMap<>(readings));
        readings.keySet().forEach(name -> RunLayout.requirePlainName("reading", name));
    }

    /** The initial state. */
    public static SnapshotStamp initial() {
        return new SnapshotStamp(0, 0, Map.of());
    }
}
