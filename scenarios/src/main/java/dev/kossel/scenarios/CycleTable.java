package dev.kossel.scenarios;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.scenarios.physics.Constants;
import java.io.IOException;
import java.util.List;

/** Writes {@code cycles.csv}: a row for every cycle that has ended. */
final class CycleTable extends RunTable {

    static final List<String> COLUMNS = List.of(
            "cycle",
            "start_s",
            "end_s",
            "plated_C_per_m2",
            "stripped_C_per_m2",
            "coulombic_efficiency",
            "end_of_plating_V",
            "end_of_stripping_V",
            "plated_mass_per_electron_g_per_mol",
            "stripped_mass_per_electron_g_per_mol",
            "max_height_nm",
            "residue_sites",
            "dead_sites",
            "dead_charge_C_per_m2");

    /** 1 kg a particle. */
    private static final double GRAMS_PER_MOLE = 1e3 * Constants.AVOGADRO;

    CycleTable(CsvWriter file) {
        super(file);
    }

    /** @param chargePerElectron C/m² */
    void add(Cycle cycle, double chargePerElectron) throws IOException {
        file.add(cycle.number())
                .add(cycle.startSeconds())
                .add(cycle.endSeconds())
                .add(cycle.platedElectrons() * chargePerElectron)
                .add(cycle.strippedElectrons() * chargePerElectron)
                .add(cycle.coulombicEfficiency())
                .add(cycle.endOfPlatingVolts())
                .add(cycle.endOfStrippingVolts())
                .add(cycle.platedMassPerElectron() * GRAMS_PER_MOLE)
                .add(cycle.strippedMassPerElectron() * GRAMS_PER_MOLE)
                .add(cycle.maxHeightNm())
                .add(cycle.residueSites())
                .add(cycle.deadSites())
                .add(cycle.deadElectrons() * chargePerElectron)
                .endRow();
        file.flush();
    }
}
