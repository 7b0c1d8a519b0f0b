package dev.kossel.scenarios;

import dev.kossel.engine.record.RunStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to: the content of {@code summary.json} and, as text, of {@code summary.txt}.
 *
 * @param scenario its title
 * @param status how it ended
 * @param reason why
 * @param events executed events
 * @param nullEvents draws that changed nothing
 * @param simulatedTimeS simulated time, s
 * @param wallTimeS wall-clock time of the loop over all processes that worked on the run, s
 * @param eventsPerSecond events over wall-clock time
 * @param seed of the random numbers
 * @param depositedAtoms metal atoms now less metal atoms at the start
 * @param chargeC net charge, C, plating positive
 * @param chargeCPerM2 the same per area
 * @param coulombicEfficiency stripped over plated charge (see {@link Simulation#coulombicEfficiency}); NaN where nothing was stripped
 * @param sideChargeCPerM2 net charge per area of reactions that make and remove no metal; part of the charge
 * @param cycles of the protocol that have ended
 * @param meanCycleEfficiency mean Coulombic efficiency of the cycles that have ended, the first left out if there are more; NaN where nothing was stripped
 * @param lifeCycles the first cycle whose efficiency or plated charge is below the limit that the protocol states, or in which a short circuit happened;
 *     0 while the cell lives
 * @param deadAtoms of metal that has lost contact
 * @param residueAtoms metal atoms at the end of the last cycle less those at the start; 0 without a whole cycle
 * @param shortCircuitTimeS when metal in contact first reached the top; NaN if it has not
 * @param nucleationOverpotentialV the dip of the overpotential less its plateau, both as magnitudes; NaN where the protocol has no galvanostatic plating
 * @param dipOverpotentialV the most cathodic overpotential of the first plating step
 * @param plateauOverpotentialV its mean over the last third of that step
 * @param finalOverpotentialV at the end
 * @param meanHeightNm of the deposit over the initial surface
 * @param rmsRoughnessNm root mean square of the height about its mean
 * @param maxHeightNm of the deposit
 * @param coverage fraction of the first growth layer that is filled
 * @param peakIslandDensityPerM2 most islands of two atoms and more seen in the first layer: nuclei
 * @param separationFactor by which rates of slowed processes were multiplied; 1 without
 * @param scaling what adaptive scaling came to; null without
 * @param fields what the fields of the electrolyte came to; null without
 * @param stateHash of lattice, clock, counters and generator
 */
public record RunSummary(
        String scenario,
        RunStatus status,
        String reason,
        long events,
        long nullEvents,
        double simulatedTimeS,
        double wallTimeS,
        double eventsPerSecond,
        long seed,
        long depositedAtoms,
        double chargeC,
        double chargeCPerM2,
        double coulombicEfficiency,
        double sideChargeCPerM2,
        long cycles,
        double meanCycleEfficiency,
        long lifeCycles,
        long deadAtoms,
        long residueAtoms,
        double shortCircuitTimeS,
        double nucleationOverpotentialV,
        double dipOverpotentialV,
        double plateauOverpotentialV,
        double finalOverpotentialV,
        double meanHeightNm,
        double rmsRoughnessNm,
        double maxHeightNm,
        double coverage,
        double peakIslandDensityPerM2,
        double separationFactor,
        @Nullable ScalingSummary scaling,
        @Nullable FieldsSummary fields,
        String stateHash) {

    /** The entries of {@code summary.json}, in order; what is not a number is null. */
    public Map<String, @Nullable Object> entries() {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        entries.put("scenario", scenario);
        entries.put("status", status);
        entries.put("reason", reason);
        entries.put("events", events);
        entries.put("null_events", nullEvents);
        entries.put("simulated_time_s", simulatedTimeS);
        entries.put("wall_time_s", wallTimeS);
        entries.put("events_per_second", eventsPerSecond);
        entries.put("seed", seed);
        entries.put("deposited_atoms", depositedAtoms);
        entries.put("charge_C", chargeC);
        entries.put("charge_C_per_m2", chargeCPerM2);
        entries.put("coulombic_efficiency", finite(coulombicEfficiency));
        entries.put("side_charge_C_per_m2", sideChargeCPerM2);
        entries.put("cycles", cycles);
        entries.put("mean_cycle_coulombic_efficiency", finite(meanCycleEfficiency));
        entries.put("life_cycles", lifeCycles == 0 ? null : lifeCycles);
        entries.put("dead_atoms", deadAtoms);
        entries.put("residue_atoms", residueAtoms);
        entries.put("short_circuit_time_s", finite(shortCircuitTimeS));
        entries.put("nucleation_overpotential_V", finite(nucleationOverpotentialV));
        entries.put("dip_overpotential_V", finite(dipOverpotentialV));
        entries.put("plateau_overpotential_V", finite(plateauOverpotentialV));
        entries.put("final_overpotential_V", finite(finalOverpotentialV));
        entries.put("mean_height_nm", finite(meanHeightNm));
        entries.put("rms_roughness_nm", finite(rmsRoughnessNm));
        entries.put("max_height_nm", finite(maxHeightNm));
        entries.put("coverage", finite(coverage));
        entries.put("peak_island_density_per_m2", finite(peakIslandDensityPerM2));
        entries.put("separation_factor", separationFactor);
        if (scaling != null) {
            scaling.addTo(entries);
        }
        if (fields != null) {
            fields.addTo(entries);
        }
        entries.put("state_hash", stateHash);
        return entries;
    }

    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** A table a person can read. */
    public String text() {
        StringBuilder out = new StringBuilder();
        out.append(scenario).append('\n');
        line(out, "status", status.name().toLowerCase(Locale.ROOT) + ": " + reason);
        line(out, "events", String.format(Locale.ROOT, "%,d (and %,d null events)", events, nullEvents));
        line(out, "simulated time", number(simulatedTimeS) + " s");
        line(
                out,
                "wall time",
                String.format(Locale.ROOT, "%.1f s, %.2f million events/s", wallTimeS, eventsPerSecond / 1e6));
        line(out, "deposited", String.format(Locale.ROOT, "%,d atoms", depositedAtoms));
        line(
                out,
                "charge",
                number(chargeC) + " C, " + number(chargeCPerM2 / 1e4 * 1e3) + " mC/cm2, "
                        + number(chargeCPerM2 / 1e4 / 3.6) + " mAh/cm2");
        if (sideChargeCPerM2 != 0) {
            line(
                    out,
                    "of that side reactions",
                    number(sideChargeCPerM2 / 1e4 * 1e3) + " mC/cm2, "
                            + String.format(Locale.ROOT, "%.2f %%", 100 * sideChargeCPerM2 / chargeCPerM2));
        }
        if (!Double.isNaN(coulombicEfficiency)) {
            line(out, "coulombic efficiency", String.format(Locale.ROOT, "%.2f %%", 100 * coulombicEfficiency));
        }
        if (!Double.isNaN(meanCycleEfficiency)) {
            line(
                    out,
                    "cycles",
                    String.format(
                            Locale.ROOT,
                            "%d, coulombic efficiency of a cycle %.2f %%, residue %,d atoms",
                            cycles,
                            100 * meanCycleEfficiency,
                            residueAtoms));
        }
        if (lifeCycles > 0) {
            line(out, "life", "ended in cycle " + lifeCycles);
        }
        if (deadAtoms > 0) {
            line(out, "dead metal", String.format(Locale.ROOT, "%,d atoms", deadAtoms));
        }
        if (!Double.isNaN(shortCircuitTimeS)) {
            line(out, "short circuit", "at " + number(shortCircuitTimeS) + " s");
        }
        if (!Double.isNaN(nucleationOverpotentialV)) {
            line(
                    out,
                    "nucleation overpotential",
                    millivolts(nucleationOverpotentialV) + " (dip " + millivolts(dipOverpotentialV) + ", plateau "
                            + millivolts(plateauOverpotentialV) + ")");
        }
        line(out, "final overpotential", millivolts(finalOverpotentialV));
        line(out, "height", "mean " + number(meanHeightNm) + " nm, highest " + number(maxHeightNm) + " nm");
        line(out, "RMS roughness", number(rmsRoughnessNm) + " nm");
        line(out, "coverage", String.format(Locale.ROOT, "%.1f %%", 100 * coverage));
        line(out, "nuclei at their most", number(peakIslandDensityPerM2 * 1e-4) + " /cm2");
        if (separationFactor != 1) {
            line(
                    out,
                    "separation",
                    "rates of the slowed processes multiplied by " + number(separationFactor)
                            + " (see separation in scenario.yaml)");
        }
        if (scaling != null) {
            line(out, "adaptive scaling", scaling.text());
        }
        if (fields != null) {
            line(out, "fields", fields.text(wallTimeS));
        }
        line(out, "seed", Long.toString(seed));
        line(out, "state hash", stateHash);
        return out.toString();
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(String.format(Locale.ROOT, "  %-26s%s%n", name, value));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4g", value);
    }

    private static String millivolts(double volts) {
        if (Double.isNaN(volts)) {
            return "n/a";
        }
        return String.format(Locale.ROOT, "%.1f mV", volts * 1e3);
    }
}
