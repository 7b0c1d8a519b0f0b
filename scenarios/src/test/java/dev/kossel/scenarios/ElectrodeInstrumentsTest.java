package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.observe.Changes;
import dev.kossel.engine.observe.Instrument;
import dev.kossel.engine.observe.Sample;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.morphology.SiteNumbers;
import dev.kossel.scenarios.physics.Constants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What balance, spectrometer and the measures of films and interfaces say of events and lattices worked out by hand. */
class ElectrodeInstrumentsTest {

    /** A metal M, a film F, a host H and a gas G on 4 × 5 sites of 0.5 nm; sites hold a mole's mass of 60, 80, 100 g over Avogadro's number. */
    private static final Model MODEL = Electrodes.model("""
            kossel: 1
            title: A balance
            seed: 1
            lattice: {type: sc, constant: 0.5 nm, size: [4, 5, 12]}
            species:
              vacant: {phase: vacant}
              M: {phase: metal, molar-mass: 60 g/mol}
              F: {phase: film, molar-mass: 80 g/mol}
              H: {phase: inert, molar-mass: 100 g/mol}
              G: {phase: gas}
            initial: [{type: layers, species: H, count: 3}]
            processes:
              deposition:
                reaction: vacant <-> M
                law: {type: electrochemical, electrons: 2, rate-constant: 1 /s}
              growth:
                reaction: M -> F
                law: {type: constant, rate: 1 /s}
              evolution:
                reaction: vacant -> G
                law: {type: electrochemical, electrons: 2, rate-constant: 1 /s}
              departure:
                reaction: G -> vacant
                law: {type: constant, rate: 1 /s}
            protocol: {steps: [{type: galvanostatic, current-density: 1 mA/cm^2, until: {time: 1 s}}]}
            """);

    private static final double AREA = MODEL.areaSquareMetres();
    private static final double MOLES = 1 / Constants.AVOGADRO / AREA;

    private final List<Instrument> instruments = ElectrodeInstruments.of(MODEL, new SiteNumbers());
    private final Lattice lattice = Lattice.copyOf(MODEL.initial());
    private final Map<String, Long> events = new HashMap<>();
    private long index;

    private void layer(int z, int species) {
        for (int x = 0; x < 4; x++) {
            for (int y = 0; y < 5; y++) {
                lattice.setSpecies(MODEL.geometry().site(x, y, z, 0), species);
            }
        }
    }

    private Map<String, Double> measure() {
        long[] counts = MODEL.catalog().processes().stream()
                .mapToLong(process -> events.getOrDefault(process.name(), 0L))
                .toArray();
        Sample sample = new Sample(lattice, new Changes(), counts.length, 0);
        sample.set(index++, index, 0, 0, counts, new double[0], true, new double[0][]);
        Map<String, Double> measured = new HashMap<>();
        for (Instrument instrument : instruments) {
            double[] out = new double[instrument.columns().size()];
            instrument.measure(sample, out, 0);
            for (int i = 0; i < out.length; i++) {
                measured.put(instrument.columns().get(i), out[i]);
            }
        }
        return measured;
    }

    @Test
    void shouldWeighWhatAMoleOfElectronsDeposits() {
        assertThat(measure()).containsEntry("mass_change_kg_per_m2", 0.0);
        layer(3, 1);
        events.put("deposition", 25L);
        events.put("deposition-reverse", 5L);
        Map<String, Double> plated = measure();
        assertThat(plated.get("mass_change_kg_per_m2")).isCloseTo(20 * 0.060 * MOLES, within(1e-12));
        assertThat(plated.get("mass_per_electron_g_per_mol")).isCloseTo(30, within(1e-9));
        // Hydrogen takes half of the charge and weighs nothing: of the next 40 electrons 20 make metal.
        layer(4, 1);
        for (int x = 0; x < 2; x++) {
            for (int y = 0; y < 5; y++) {
                lattice.setSpecies(MODEL.geometry().site(x, y, 4, 0), 0);
            }
        }
        events.put("deposition", 35L);
        events.put("evolution", 10L);
        assertThat(measure().get("mass_per_electron_g_per_mol")).isCloseTo(15, within(1e-9));
        // No charge, no quotient.
        assertThat(measure().get("mass_per_electron_g_per_mol")).isNaN();
    }

    @Test
    void shouldCountGasThatWasFormedAndGasThatHasLeft() {
        events.put("evolution", 30L);
        events.put("departure", 4L);
        // Of the 26 others 20 have come off as a bubble, which is no event.
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 2; y++) {
                lattice.setSpecies(MODEL.geometry().site(x, y, 5, 0), 4);
            }
        }
        Map<String, Double> measured = measure();
        assertThat(measured.get("gas_formed_mol_per_m2")).isCloseTo(30 * MOLES, within(1e-15));
        assertThat(measured.get("gas_released_mol_per_m2")).isCloseTo(24 * MOLES, within(1e-15));
    }

    @Test
    void shouldMeasureTheFilmAndWhatItCovers() {
        layer(3, 1);
        assertThat(measure()).containsEntry("film_thickness_nm", 0.0).containsEntry("film_coverage", 0.0);
        layer(4, 2);
        layer(5, 2);
        for (int x = 0; x < 4; x++) {
            lattice.setSpecies(MODEL.geometry().site(x, 0, 4, 0), 0);
            lattice.setSpecies(MODEL.geometry().site(x, 0, 5, 0), 0);
        }
        Map<String, Double> measured = measure();
        assertThat(measured.get("film_thickness_nm")).isCloseTo(2 * 0.5 * 0.8, within(1e-12));
        // Beside the host below, which is neither, 16 neighbours of the metal are film and 4 electrolyte.
        assertThat(measured.get("film_coverage")).isCloseTo(16.0 / 20, within(1e-12));
    }

    @Test
    void shouldGiveParallelLayersTheirSpecificInterfaceArea() {
        layer(3, 2);
        layer(4, 2);
        double siteVolume = 0.5e-9 * 0.5e-9 * 0.5e-9;
        double host = 0.100 / Constants.AVOGADRO / siteVolume * 3 * 0.5e-9;
        double product = 0.080 / Constants.AVOGADRO / siteVolume * 2 * 0.5e-9;
        double expected = 1 / (host + product);
        assertThat(measure().get("interface_area_film_inert_m2_per_kg")).isCloseTo(expected, within(1e-6 * expected));
    }
}
