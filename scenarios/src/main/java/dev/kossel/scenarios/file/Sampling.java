package dev.kossel.scenarios.file;

import dev.kossel.scenarios.units.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * How often to record: a number of samples spread evenly over the protocol, or one every interval of simulated time or of charge per area.
 *
 * @param count the number of samples (0 for none), if no interval is given
 * @param interval a {@link dev.kossel.scenarios.units.Measure#TIME} or a {@link dev.kossel.scenarios.units.Measure#CHARGE_DENSITY}
 */
public record Sampling(int count, @Nullable Quantity interval) {

    @Override
    public String toString() {
        return interval == null ? Integer.toString(count) : interval.toString();
    }
}
