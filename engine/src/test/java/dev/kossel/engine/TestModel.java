package dev.kossel.engine;

import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.ElementaryProcess.ArrivalProcess;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.FailedArrival;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.NeighborCondition;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.engine.process.RateLaw;
import dev.kossel.engine.process.RateTable;
import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.process.Species;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.rng.RestorableUniformRandomProvider;

/** A small model in a few lines: species 0 is vacant, factor 1 is free to use. */
public record TestModel(LatticeGeometry geometry, RateTable table) {

    public static Builder on(LatticeGeometry geometry, int species) {
        return new Builder(geometry, species);
    }

    /** At least one neighbour of {@code species} in {@code shell}. */
    public static List<NeighborCondition> touching(int shell, int species) {
        return List.of(new NeighborCondition(bits(shell), bits(species), 1, 99));
    }

    KineticMonteCarlo start(Lattice initial, RestorableUniformRandomProvider random, EventListener listener) {
        SiteRates rates = SiteRates.of(table, SiteStates.of(table, initial), RateClassSelector::new);
        return new KineticMonteCarlo(rates, random, new boolean[table.processCount()], listener);
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int b : set) {
            bits.set(b);
        }
        return bits;
    }

    public static final class Builder {
        private final LatticeGeometry geometry;
        private final int species;
        private final List<ElementaryProcess> processes = new ArrayList<>();
        private Hamiltonian.Builder energies;

        private Builder(LatticeGeometry geometry, int species) {
            this.geometry = geometry;
            this.species = species;
            energies = Hamiltonian.builder(species, 1, geometry.shells().size());
        }

        public Builder energies(Hamiltonian.Builder newEnergies) {
            energies = newEnergies;
            return this;
        }

        public Builder site(String name, int before, int after, List<NeighborCondition> where, RateLaw law) {
            return site(name, before, after, where, 0, law);
        }

        public Builder site(
                String name, int before, int after, List<NeighborCondition> where, int factor, RateLaw law) {
            processes.add(new SiteProcess(name, before, after, bits(), where, law, factor));
            return this;
        }

        /** Arrivals that are counted where they fail. */
        Builder arrival(String name, int after, List<NeighborCondition> where, double ratePerColumn, double sticking) {
            processes.add(new ArrivalProcess(name, 0, after, bits(), where, ratePerColumn, sticking));
            processes.add(new FailedArrival(name + " failed", name));
            return this;
        }

        /** A pair process towards the neighbours of the first {@code shells} shells. */
        public Builder pair(
                String name,
                int before,
                int beforeTo,
                int after,
                int afterTo,
                int shells,
                Directions directions,
                RateLaw law) {
            BitSet reached = new BitSet();
            reached.set(0, shells);
            processes.add(new PairProcess(
                    name,
                    before,
                    beforeTo,
                    after,
                    afterTo,
                    reached,
                    directions,
                    bits(),
                    bits(),
                    List.of(),
                    List.of(),
                    law,
                    0));
            return this;
        }

        /** A hop of {@code mobile} to a vacant neighbour that satisfies {@code whereTo}. */
        public Builder hop(String name, int mobile, int shells, List<NeighborCondition> whereTo, RateLaw law) {
            BitSet reached = new BitSet();
            reached.set(0, shells);
            processes.add(new PairProcess(
                    name, mobile, 0, 0, mobile, reached, Directions.ALL, bits(), bits(), List.of(), whereTo, law, 0));
            return this;
        }

        public TestModel compile() {
            List<Species> names = new ArrayList<>();
            for (int s = 0; s < species; s++) {
                names.add(new Species("species " + s, s == 0 ? Phase.VACANT : Phase.METAL));
            }
            ProcessCatalog catalog = new ProcessCatalog(names, 1, energies.build(), processes, 2);
            return new TestModel(geometry, RateTable.compile(catalog, geometry));
        }
    }
}
