package dev.kossel.scenarios;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What adaptive scaling came to.
 *
 * @param leastScale the smallest number that the rates of a class of events are multiplied by at the end
 * @param separation that holds at the end: that of the scenario, or more where windows asked for it
 * @param unscaledEvents that the same surfaces would have seen in the same time unscaled
 * @param windows unscaled ones, since the separation was last raised
 * @param bias of the rates of all slowed events: their mean in scaled stretches less that in windows, over the former; NaN without windows
 * @param biasError its standard error
 * @param overpotentialBiasVolts mean overpotential in scaled stretches less that in windows, V
 * @param overpotentialBiasErrorVolts its standard error, V
 */
public record ScalingSummary(
        double leastScale,
        double separation,
        double unscaledEvents,
        long windows,
        double bias,
        double biasError,
        double overpotentialBiasVolts,
        double overpotentialBiasErrorVolts) {

    static @Nullable ScalingSummary of(@Nullable AdaptiveSeparation separation) {
        return separation == null
                ? null
                : new ScalingSummary(
                        separation.leastScale(),
                        separation.separation(),
                        separation.unscaledEvents(),
                        separation.windows(),
                        separation.meanBias(),
                        separation.meanBiasError(),
                        separation.overpotentialBiasVolts(),
                        separation.overpotentialBiasErrorVolts());
    }

    void addTo(Map<String, @Nullable Object> entries) {
        entries.put("least_scale", leastScale);
        entries.put("scaling_separation", separation);
        entries.put("unscaled_events", unscaledEvents);
        entries.put("scaling_windows", windows);
        entries.put("scaling_bias", RunSummary.finite(bias));
        entries.put("scaling_bias_error", RunSummary.finite(biasError));
        entries.put("scaling_overpotential_bias_V", RunSummary.finite(overpotentialBiasVolts));
        entries.put("scaling_overpotential_bias_error_V", RunSummary.finite(overpotentialBiasErrorVolts));
    }

    String text() {
        String scales = String.format(
                Locale.ROOT,
                "rates multiplied by %.3g at least, separation %.4g, %.3g events if unscaled",
                leastScale,
                separation,
                unscaledEvents);
        return windows < 2
                ? scales + "; too few unscaled windows to tell the bias"
                : String.format(
                        Locale.ROOT,
                        "%s; against %d unscaled windows fast events differ by %.1f ± %.1f %%, the overpotential by %.2f ± %.2f mV",
                        scales,
                        windows,
                        100 * bias,
                        100 * biasError,
                        1e3 * overpotentialBiasVolts,
                        1e3 * overpotentialBiasErrorVolts);
    }
}
