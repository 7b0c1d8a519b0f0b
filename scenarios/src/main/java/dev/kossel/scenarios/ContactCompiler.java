package dev.kossel.scenarios;

import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.Protocol;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.units.Quantity;
import java.util.BitSet;
import java.util.List;

/** What a scenario says of the contact between metal and electrode, and what follows from its protocol where it says nothing. */
final class ContactCompiler {

    private final Scenario scenario;
    private final ScenarioNames names;
    private final LatticeGeometry geometry;

    ContactCompiler(Scenario scenario, ScenarioNames names, LatticeGeometry geometry) {
        this.scenario = scenario;
        this.names = names;
        this.geometry = geometry;
    }

    /** Whether a run keeps track of what the electrode reaches. */
    boolean follows(ProcessCatalog catalog, List<Long> electrons) {
        // A plane seen from above has the electrode under all of it.
        return geometry.layerCount() > 1
                && switch (scenario.contact().follow()) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case WHERE_STRIPPED -> strips(scenario.protocol()) && dissolvesMetal(catalog, electrons);
                };
    }

    /** Whether a step drives metal off: by the sign of its current or of its overpotential. */
    static boolean strips(Protocol protocol) {
        return protocol.steps().stream().anyMatch(step -> {
            if (step instanceof Protocol.Galvanostatic galvanostatic) {
                return galvanostatic.currentDensity().amperesPerSquareMetre() < 0;
            } else if (step instanceof Protocol.Potentiostatic potentiostatic) {
                return potentiostatic.overpotential().volts() > 0;
            } else if (step instanceof Protocol.Pulse pulse) {
                return strips(pulse.on()) || strips(pulse.off());
            } else if (step instanceof Protocol.Sweep sweep) {
                Quantity via = sweep.via();
                return sweep.from().volts() > 0 || sweep.to().volts() > 0 || (via != null && via.volts() > 0);
            }
            return false;
        });
    }

    private static boolean strips(Protocol.PulsePhase phase) {
        Quantity current = phase.currentDensity();
        Quantity overpotential = phase.overpotential();
        return (current != null && current.amperesPerSquareMetre() < 0)
                || (overpotential != null && overpotential.volts() > 0);
    }

    private static boolean dissolvesMetal(ProcessCatalog catalog, List<Long> electrons) {
        for (int p = 0; p < electrons.size(); p++) {
            if (electrons.get(p) < 0
                    && catalog.processes().get(p) instanceof SiteProcess site
                    && catalog.species().get(site.before()).phase() == Phase.METAL) {
                return true;
            }
        }
        return false;
    }

    /** The metals, and what is named or, where nothing is, the inert species in the bottom layer. */
    BitSet conductors(Lattice initial) {
        List<String> named = scenario.contact().conductors();
        BitSet conductors = names.speciesSet(named);
        for (int s = 0; s < names.species().size(); s++) {
            if (scenario.species().get(names.species().get(s)).phase() == Scenario.Phase.METAL) {
                conductors.set(s);
            }
        }
        for (int site = 0; named.isEmpty() && site < geometry.siteCount(); site++) {
            int at = initial.species(site);
            if (geometry.layer(site) == 0
                    && at < names.species().size()
                    && scenario.species().get(names.species().get(at)).phase() == Scenario.Phase.INERT) {
                conductors.set(at);
            }
        }
        return conductors;
    }
}
