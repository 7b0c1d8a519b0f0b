package dev.kossel.scenarios;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.scenarios.file.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * How the cell has fared, from its {@code cycles.csv}.
 *
 * @param cycles that have ended
 * @param meanEfficiency of those that have one, the first left out if there are more: it forms the deposit
 * @param endedIn the first cycle, from 1, that falls below a limit or in which a short circuit happened; 0 while the cell lives
 * @param residueSites sites of metal at the end of the last cycle less those at time 0
 */
record CellLife(long cycles, double meanEfficiency, long endedIn, long residueSites) {

    static CellLife of(CsvTable table, Protocol.@Nullable Life limits, double shortCircuitSeconds) {
        double[] plated = table.column("plated_C_per_m2");
        double[] efficiency = table.column("coulombic_efficiency");
        double[] end = table.column("end_s");
        double[] residue = table.column("residue_sites");
        double sum = 0;
        int counted = 0;
        long endedIn = 0;
        for (int c = 0; c < plated.length; c++) {
            if (Double.isFinite(efficiency[c]) && (c > 0 || plated.length == 1)) {
                sum += efficiency[c];
                counted++;
            }
            boolean below = limits != null
                    && (efficiency[c] < orZero(limits.coulombicEfficiency())
                            || plated[c] < orZero(limits.capacity()) * plated[0]);
            if (endedIn == 0 && (below || shortCircuitSeconds <= end[c])) {
                endedIn = c + 1;
            }
        }
        if (endedIn == 0 && !Double.isNaN(shortCircuitSeconds)) {
            endedIn = plated.length + 1;
        }
        return new CellLife(
                plated.length,
                counted == 0 ? Double.NaN : sum / counted,
                endedIn,
                plated.length == 0 ? 0 : (long) residue[plated.length - 1]);
    }

    private static double orZero(@Nullable Double limit) {
        return limit == null ? 0 : limit;
    }
}
