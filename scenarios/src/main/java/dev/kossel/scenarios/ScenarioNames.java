package dev.kossel.scenarios;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.Shell;
import dev.kossel.scenarios.file.Scenario;
import java.util.BitSet;
import java.util.List;

/** The numbers by which the engine knows what a scenario names. */
final class ScenarioNames {

    private final List<String> species;
    private final List<String> siteTypes;
    private final LatticeGeometry geometry;

    ScenarioNames(Scenario scenario, LatticeGeometry geometry) {
        species = scenario.speciesNames();
        siteTypes = scenario.siteTypeNames();
        this.geometry = geometry;
    }

    /** All species, each at its number. */
    List<String> species() {
        return species;
    }

    int species(String name) {
        return species.indexOf(name);
    }

    BitSet speciesSet(List<String> names) {
        BitSet set = new BitSet();
        names.forEach(name -> set.set(species(name)));
        return set;
    }

    /** All site types, each at its number. */
    List<String> siteTypes() {
        return siteTypes;
    }

    int siteType(String name) {
        return siteTypes.indexOf(name);
    }

    BitSet siteTypes(List<String> names) {
        BitSet set = new BitSet();
        names.forEach(name -> set.set(siteType(name)));
        return set;
    }

    /** The shells a name stands for: one, or both nearest shells of hcp for {@code 1NN}. */
    BitSet shells(String name) {
        return shells(List.of(name));
    }

    BitSet shells(List<String> names) {
        BitSet set = new BitSet();
        for (int s = 0; s < geometry.shells().size(); s++) {
            Shell shell = geometry.shells().get(s);
            for (String name : names) {
                if (shell.name().equals(name) || shell.name().startsWith(name + "-")) {
                    set.set(s);
                }
            }
        }
        return set;
    }
}
