package dev.kossel.scenarios.validation;

import dev.kossel.viz.plot.LinePlot;
import java.util.List;

/**
 * What a check has found.
 *
 * @param measurements at least one
 * @param plots any number
 */
public record Findings(List<Measurement> measurements, List<LinePlot> plots) {

    public Findings {
        measurements = List.copyOf(measurements);
        plots = List.copyOf(plots);
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("findings without a measurement");
        }
    }

    static Findings of(Measurement... measurements) {
        return new Findings(List.of(measurements), List.of());
    }

    public boolean pass() {
        return measurements.stream().allMatch(measurement -> measurement.verdict() == Verdict.PASS);
    }
}
