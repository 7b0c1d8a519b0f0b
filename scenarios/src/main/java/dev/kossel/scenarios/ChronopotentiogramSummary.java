package dev.kossel.scenarios;

import dev.kossel.engine.record.CsvTable;

/**
 * What the first galvanostatic plating step of a run shows: its dip and its plateau.
 *
 * <p>The nucleation overpotential is the dip less the plateau, as in experiments (Yan et al. 2016, doi 10.1038/nenergy.2016.10). The dip is the most
 * cathodic row of the step, each row being a mean over its sampling interval; the plateau is the mean over the rows of the step's last third of charge.
 *
 * @param dipVolts NaN where there is no such step
 * @param plateauVolts NaN where there is no such step
 */
record ChronopotentiogramSummary(double dipVolts, double plateauVolts) {

    static ChronopotentiogramSummary of(CsvTable statistics) {
        double[] overpotential = statistics.column(Readings.OVERPOTENTIAL);
        double[] current = statistics.column(Readings.CURRENT_DENSITY);
        double[] step = statistics.column(Readings.STEP);
        double[] cycle = statistics.column(Readings.CYCLE);
        double[] control = statistics.column(Readings.SET_CURRENT_DENSITY);
        double[] charge = statistics.column(Readings.CHARGE_DENSITY);
        int first = -1;
        int last = -1;
        // Row 0 is the state before anything has happened.
        for (int row = 1; row < overpotential.length; row++) {
            boolean plates = control[row] > 0 && current[row] > 0;
            if (first < 0 && plates) {
                first = row;
            }
            if (first >= 0 && plates && step[row] == step[first] && cycle[row] == cycle[first]) {
                last = row;
            } else if (first >= 0) {
                break;
            }
        }
        if (first < 0) {
            return new ChronopotentiogramSummary(Double.NaN, Double.NaN);
        }
        double dip = Double.POSITIVE_INFINITY;
        double sum = 0;
        int count = 0;
        double begin = first > 0 ? charge[first - 1] : 0;
        double from = begin + (charge[last] - begin) * 2 / 3;
        for (int row = first; row <= last; row++) {
            dip = Math.min(dip, overpotential[row]);
            if (charge[row] >= from) {
                sum += overpotential[row];
                count++;
            }
        }
        return new ChronopotentiogramSummary(dip, sum / count);
    }

    double nucleationVolts() {
        return plateauVolts - dipVolts;
    }
}
