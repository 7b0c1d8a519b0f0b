package dev.kossel.scenarios;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of an electrolyte came to in a run.
 *
 * @param solutions how often they were solved
 * @param wallTimeS what that took, s, of all processes that worked on the run
 * @param unsettled how many of the solutions had not settled when their turns were over
 * @param largestLeftover the largest part by which a local factor of the rates would still have changed in one of these; 0 if all have settled
 */
public record FieldsSummary(long solutions, double wallTimeS, long unsettled, double largestLeftover) {

    static @Nullable FieldsSummary of(@Nullable Electrolyte electrolyte) {
        return electrolyte == null
                ? null
                : new FieldsSummary(
                        electrolyte.solutions(),
                        electrolyte.wallSeconds(),
                        electrolyte.unsettledSolutions(),
                        electrolyte.largestLeftover());
    }

    void addTo(Map<String, @Nullable Object> entries) {
        entries.put("field_solutions", solutions);
        entries.put("field_wall_time_s", wallTimeS);
        entries.put("field_unsettled_solutions", unsettled);
        entries.put("field_largest_leftover", largestLeftover);
    }

    /** @param runTimeS wall-clock time of the run, s */
    String text(double runTimeS) {
        String cost = String.format(
                Locale.ROOT,
                "solved %,d times in %.2f s, %.0f %% of the run",
                solutions,
                wallTimeS,
                100 * wallTimeS / runTimeS);
        return unsettled == 0
                ? cost
                : String.format(
                        Locale.ROOT,
                        "%s; WARNING: %,d times they did not settle, local rates were still off by up to %.2g %%",
                        cost,
                        unsettled,
                        100 * largestLeftover);
    }
}
