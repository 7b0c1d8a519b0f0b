package dev.kossel.engine.observe;

import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.LayerCensus;
import java.util.List;

/**
 * Gas, as a mass spectrometer would count it: how much events have made so far, and how much of that, and of what was there at time 0, is not on the electrode any
 * more, whether an event took it off or it came off as a bubble. Exact.
 *
 * <p>O(changes), nothing kept. Single-threaded.
 */
public final class GasInstrument implements Instrument {

    private final SpeciesSet gas;
    private final double molesPerSite;
    private final int[] made;
    private final long initial;
    private final CensusFollower census;

    /**
     * @param molesPerSite what a site holds over the area of the electrode, mol/m²
     * @param processes of the run
     * @param start the lattice at time 0
     */
    public GasInstrument(SpeciesSet gas, double molesPerSite, List<ElementaryProcess> processes, LatticeView start) {
        this.gas = gas;
        this.molesPerSite = molesPerSite;
        made = processes.stream()
                .mapToInt(process -> Math.max(0, process.gain(gas)))
                .toArray();
        census = new CensusFollower(start.geometry());
        initial = count(new LayerCensus(start.geometry()).measure(start));
    }

    private long count(LayerCensus of) {
        long count = 0;
        for (int species = 0; species < SpeciesSet.SPECIES_LIMIT; species++) {
            count += gas.contains(species) ? of.count(species) : 0;
        }
        return count;
    }

    @Override
    public List<String> columns() {
        return List.of("gas_formed_mol_per_m2", "gas_released_mol_per_m2");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        census.follow(sample);
        long formed = 0;
        for (int process = 0; process < made.length; process++) {
            formed += made[process] * sample.eventCount(process);
        }
        out[offset] = formed * molesPerSite;
        out[offset + 1] = (initial + formed - count(census.census())) * molesPerSite;
    }
}
