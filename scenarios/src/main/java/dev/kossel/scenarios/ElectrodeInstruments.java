package dev.kossel.scenarios;

import dev.kossel.engine.observe.BalanceInstrument;
import dev.kossel.engine.observe.FilmInstrument;
import dev.kossel.engine.observe.GasInstrument;
import dev.kossel.engine.observe.Instrument;
import dev.kossel.engine.observe.Instruments;
import dev.kossel.engine.observe.InterfaceInstrument;
import dev.kossel.engine.observe.ShellInstrument;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.Species;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.SiteNumbers;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.physics.Constants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The instruments that need to know what species and processes are: balance, gas, shells of ions, film, interfaces. Each is there where it has something to measure. */
final class ElectrodeInstruments {

    private final Model model;
    private final SiteNumbers numbers;
    private final List<Species> species;
    private final double[] massPerSite;

    private ElectrodeInstruments(Model model, SiteNumbers numbers) {
        this.model = model;
        this.numbers = numbers;
        species = model.catalog().species();
        massPerSite = model.massOfSpecies();
    }

    /** @param numbers shared with other instruments */
    static List<Instrument> of(Model model, SiteNumbers numbers) {
        return new ElectrodeInstruments(model, numbers).all();
    }

    private List<Instrument> all() {
        List<Instrument> instruments = new ArrayList<>();
        if (model.transfersCharge()) {
            instruments.add(balance());
        }
        if (has(Phase.GAS)) {
            instruments.add(gas());
        }
        int[] coordination = coordination(model);
        if (IntStream.of(coordination).anyMatch(number -> number >= 0)) {
            instruments.add(new ShellInstrument(having(Model.WEIGHED), coordination));
        }
        if (model.geometry().layerCount() > 1) {
            addInterfaces(instruments);
        }
        return instruments;
    }

    /** By species, the coordination number of ions; −1 for what has none. */
    static int[] coordination(Model model) {
        return IntStream.range(0, model.catalog().species().size())
                .map(s -> {
                    Scenario.Species of = model.scenario().species().get(model.scenarioName(s));
                    Integer number = of.coordination();
                    return number == null || of.phase() != Scenario.Phase.ION ? -1 : number;
                })
                .toArray();
    }

    private Instrument balance() {
        double[] electrons = new double[model.electrons().length];
        Arrays.setAll(electrons, p -> model.electrons()[p] / Constants.AVOGADRO / model.areaSquareMetres());
        double[] weighed = model.balanceMassOfSpecies();
        Arrays.setAll(weighed, s -> weighed[s] / model.areaSquareMetres());
        return new BalanceInstrument(weighed, electrons, model.initial());
    }

    private Instrument gas() {
        double molesPerSite = model.scenario().lattice().atomsPerSite() / Constants.AVOGADRO / model.areaSquareMetres();
        return new GasInstrument(
                having(Phase.GAS), molesPerSite, model.catalog().processes(), model.initial());
    }

    private void addInterfaces(List<Instrument> instruments) {
        LatticeGeometry geometry = model.geometry();
        if (has(Phase.METAL) && has(Phase.FILM)) {
            instruments.add(Instruments.atSnapshots(new FilmInstrument(
                    geometry,
                    having(Phase.METAL),
                    having(Phase.FILM),
                    having(Model.WEIGHED).complement(),
                    numbers)));
        }
        for (int i = 0; i < Model.WEIGHED.size(); i++) {
            for (int j = i + 1; j < Model.WEIGHED.size(); j++) {
                Phase first = Model.WEIGHED.get(i);
                Phase second = Model.WEIGHED.get(j);
                if (hasMass(first) && hasMass(second)) {
                    String name = (first + "_" + second).toLowerCase(Locale.ROOT);
                    instruments.add(Instruments.atSnapshots(new InterfaceInstrument(
                            name, geometry, having(first), having(second), massPerSite, numbers)));
                }
            }
        }
    }

    private boolean has(Phase phase) {
        return having(phase).size() > 0;
    }

    private boolean hasMass(Phase phase) {
        SpeciesSet those = having(phase);
        return those.size() > 0
                && IntStream.range(0, massPerSite.length)
                        .filter(those::contains)
                        .noneMatch(s -> Double.isNaN(massPerSite[s]));
    }

    private SpeciesSet having(Phase phase) {
        return having(List.of(phase));
    }

    private SpeciesSet having(List<Phase> phases) {
        return SpeciesSet.of(IntStream.range(0, species.size())
                .filter(s -> phases.contains(species.get(s).phase()))
                .toArray());
    }
}
