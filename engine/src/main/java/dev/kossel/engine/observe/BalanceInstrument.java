package dev.kossel.engine.observe;

import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.morphology.LayerCensus;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The mass that a quartz balance under the electrode would find, Δm, and the mass per charge: M/z = Δm/Δn, with the moles n of electrons that have been taken up
 * net (D. A. Buttry and M. D. Ward, Chem. Rev. 92, 1355 (1992), doi:10.1021/cr00014a006). For one reaction it is the molar mass of what is deposited over
 * the electrons it takes; side reactions that make or dissolve something without charge, or charge without mass, draw it away from there.
 *
 * <p>Mass is counted on the lattice, so that what comes off is not on the balance any more; electrons by events. M/z is that since the sample before, and not a
 * number where no charge has passed net since then. O(changes); keeps two numbers. Single-threaded.
 */
public final class BalanceInstrument implements Instrument {

    private static final double GRAMS_PER_KILOGRAM = 1e3;

    private final double[] massPerSite;
    private final double[] electronsPerEvent;
    private final long[] initial;
    private final CensusFollower census;
    private double previousMass = Double.NaN;
    private double previousElectrons = Double.NaN;

    /**
     * @param massPerSite by species, its mass over the area of the electrode, kg/m²; 0 for what is not weighed, NaN where it is not known
     * @param electronsPerEvent by process, the electrons that an event takes up, negative where it gives them away, over the area, mol/m²
     * @param start the lattice at time 0
     */
    public BalanceInstrument(double[] massPerSite, double[] electronsPerEvent, LatticeView start) {
        this.massPerSite = massPerSite.clone();
        this.electronsPerEvent = electronsPerEvent.clone();
        census = new CensusFollower(start.geometry());
        LayerCensus first = new LayerCensus(start.geometry()).measure(start);
        initial = new long[massPerSite.length];
        Arrays.setAll(initial, first::count);
    }

    /**
     * What is gained between two counts of the sites that hold each species, in the unit of {@code massPerSite}; not a number where that of a species whose count has changed is none.
     */
    public static double massGained(double[] massPerSite, long[] before, IntToLongFunction now) {
        double mass = 0;
        for (int species = 0; species < massPerSite.length; species++) {
            long gained = now.applyAsLong(species) - before[species];
            // What has not changed weighs nothing, known or not.
            mass += gained == 0 ? 0 : gained * massPerSite[species];
        }
        return mass;
    }

    @Override
    public List<String> columns() {
        return List.of("mass_change_kg_per_m2", "mass_per_electron_g_per_mol");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        census.follow(sample);
        double mass = massGained(massPerSite, initial, census.census()::count);
        double electrons = 0;
        for (int process = 0; process < electronsPerEvent.length; process++) {
            electrons += electronsPerEvent[process] * sample.eventCount(process);
        }
        double passed = electrons - previousElectrons;
        out[offset] = mass;
        out[offset + 1] = passed == 0 ? Double.NaN : GRAMS_PER_KILOGRAM * (mass - previousMass) / passed;
        previousMass = mass;
        previousElectrons = electrons;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeDouble(previousMass);
        out.writeDouble(previousElectrons);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        previousMass = in.readDouble();
        previousElectrons = in.readDouble();
    }
}
