package dev.kossel.scenarios.file;

import dev.kossel.scenarios.units.Measure;
import dev.kossel.scenarios.units.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * How often to record: a number of samples spread evenly over the protocol, or one every interval of simulated time or of charge per area.
 *
 * @param count the number of samples (0 for none), if no interval is given
 * @param interval a {@link dev.kossel.scenarios.units.Measure#TIME} or a {@link dev.kossel.scenarios.units.Measure#CHARGE_DENSITY}
 */
@Text("a number of samples over the protocol, or an interval of time or of charge per area")
public record Sampling(int count, @Nullable Quantity interval) {

    /**
     * Reads {@code 200}, {@code 0.01 s} or {@code 1e-4 mAh/cm^2}.
     *
     * @throws IllegalArgumentException with the rest of a sentence that begins with the text
     */
    public static Sampling parse(String text) {
        if (text.matches("\\d{1,7}")) {
            return new Sampling(Integer.parseInt(text), null);
        }
        Quantity interval;
        try {
            interval = Quantity.parse(text, Measure.TIME);
        } catch (IllegalArgumentException notATime) {
            try {
                interval = Quantity.parse(text, Measure.CHARGE_DENSITY);
            } catch (IllegalArgumentException notAChargeEither) {
                throw new IllegalArgumentException(
                        "is neither a number of samples (e.g. 200) nor an interval (e.g. 0.01 s or 1e-4 mAh/cm^2)",
                        notATime);
            }
        }
        if (interval.base() <= 0) {
            throw new IllegalArgumentException("is out of range: expected more than 0");
        }
        return new Sampling(0, interval);
    }

    @Override
    public String toString() {
        return interval == null ? Integer.toString(count) : interval.toString();
    }
}
