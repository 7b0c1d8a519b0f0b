package dev.kossel.scenarios;

import dev.kossel.engine.process.RateTable;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.ElementaryProcess;
import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import dev.kossel.scenarios.file.RateLaw.LineOfSight;
import dev.kossel.scenarios.file.Reaction;
import dev.kossel.scenarios.file.Scenario;
import java.util.ArrayList;
import java.util.List;

/** How fast layers grow and adatoms hop, from the scenario alone, and what is to be made of the difference. */
final class TimeScales {

    private TimeScales() {}

    /**
     * What the rates under {@code separation} are multiplied by: the adatom on a flat face of its own kind is to hop {@code ratio} times while one
     * monolayer is deposited, if it hops more often than that.
     */
    static double slowdown(Scenario scenario) {
        Scenario.Separation separation = scenario.separation();
        Double ratio = separation == null ? null : separation.ratio();
        if (separation == null || ratio == null) {
            return 1;
        }
        double monolayers = monolayersPerSecond(scenario);
        double fastest = 0;
        for (String name : separation.processes()) {
            fastest = Math.max(fastest, adatom(scenario, name).ratePerSecond());
        }
        return fastest == 0 ? 1 : Math.min(1, ratio * monolayers / fastest);
    }

    /**
     * How many layers are deposited in a second: at the largest set current of the protocol, and by the arrivals that do
     * not fail beforehand.
     */
    static double monolayersPerSecond(Scenario scenario) {
        LatticeGeometry geometry = scenario.lattice().geometry();
        LawCompiler laws = new ModelCompiler(scenario).laws();
        double arriving = scenario.processes().values().stream()
                .map(ElementaryProcess::law)
                .filter(LineOfSight.class::isInstance)
                .map(LineOfSight.class::cast)
                .mapToDouble(law -> laws.attemptsPerColumn(law) * law.sticking())
                .sum();
        return laws.monolayersPerSecond(scenario.protocol().largestCurrentDensity())
                + arriving * geometry.columnCount() / geometry.sitesPerLayer();
    }

    /**
     * What an adatom alone on a flat, full face of its own kind does.
     *
     * @param process the process
     * @param species the adatom: the first species of the process
     * @param energyEv its site energy and its bonds
     * @param ratePerSecond summed over all its directions, as the file has it, without separation
     */
    record Adatom(String process, String species, double energyEv, double ratePerSecond) {}

    /** The adatoms of the processes that transfer no charge, as far as they have any rate. */
    static List<Adatom> adatoms(Scenario scenario) {
        List<Adatom> adatoms = new ArrayList<>();
        scenario.processes().forEach((name, process) -> {
            if (!(process.law() instanceof Electrochemical)
                    && !(process.law() instanceof LineOfSight)
                    && scenario.species().get(mover(process)).phase() != Scenario.Phase.ION) {
                Adatom adatom = adatom(scenario, name);
                if (adatom.ratePerSecond() > 0) {
                    adatoms.add(adatom);
                }
            }
        });
        return adatoms;
    }

    /** The first species of a process. */
    private static String mover(ElementaryProcess process) {
        Reaction reaction = process.reaction();
        return reaction == null
                ? process.pattern().get(0).reaction().before().get(0)
                : reaction.before().get(0);
    }

    private static Adatom adatom(Scenario scenario, String name) {
        ModelCompiler single = new ModelCompiler(scenario);
        ElementaryProcess process = scenario.processes().get(name);
        single.add(name, process, 1);
        LatticeGeometry geometry = scenario.lattice().geometry();
        int[] least = LatticeGeometry.leastCells(geometry.kind(), geometry.orientation());
        LatticeGeometry box = LatticeGeometry.of(
                geometry.kind(),
                geometry.orientation(),
                geometry.latticeConstantNm(),
                geometry.axialRatio(),
                Math.max(4, least[0]),
                Math.max(4, least[1]),
                geometry.cellsZ() == 1 ? 1 : 8);
        String mover = mover(process);
        int species = scenario.speciesNames().indexOf(mover);
        Lattice face = new Lattice(box);
        int surface = box.layerCount() / 2;
        int adatom = -1;
        for (var sites = box.sites(); sites.hasNext(); ) {
            int site = sites.nextInt();
            if (box.layer(site) < surface) {
                face.setSpecies(site, species);
            } else if (adatom < 0 && box.layer(site) == surface) {
                adatom = site;
            }
        }
        face.setSpecies(adatom, species);
        RateTable table = RateTable.compile(single.catalog(), box);
        double rate = table.rateFrom(SiteStates.of(table, face), adatom);
        return new Adatom(name, mover, single.catalog().hamiltonian().energyAt(face, adatom, species), rate);
    }
}
