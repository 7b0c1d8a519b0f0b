package dev.kossel.engine.observe;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Interface;
import dev.kossel.lattice.morphology.SiteNumbers;
import java.util.List;

/**
 * The specific interface area of two solids, S₁₂/(m₁ + m₂): what they share over their mass (Liang et al., Chem. Commun. 60, 14924 (2024),
 * doi:10.1039/d4cc05433d). For two parallel layers of densities ρ and thicknesses r it is 1/(ρ₁r₁ + ρ₂r₂); small where one lies on the other in lumps.
 *
 * <p>O(sites). Single-threaded.
 */
public final class InterfaceInstrument implements Instrument {

    private static final double SQUARE_METRES_PER_SQUARE_NANOMETRE = 1e-18;

    private final String name;
    private final SpeciesSet both;
    private final double[] massPerSite;
    private final Interface shared;

    /**
     * @param name what the two are called, as in {@code metal_film}
     * @param massPerSite by species, kg; those of the two sets are asked for
     * @param numbers shared with other instruments
     */
    public InterfaceInstrument(
            String name,
            LatticeGeometry geometry,
            SpeciesSet first,
            SpeciesSet second,
            double[] massPerSite,
            SiteNumbers numbers) {
        this.name = name;
        this.massPerSite = massPerSite.clone();
        both = new SpeciesSet(first.low() | second.low(), first.high() | second.high());
        shared = new Interface(geometry, first, second, both.complement(), numbers);
    }

    @Override
    public List<String> columns() {
        return List.of("interface_area_" + name + "_m2_per_kg");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        LatticeView lattice = sample.lattice();
        double mass = 0;
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            int species = lattice.species(site);
            if (both.contains(species)) {
                mass += massPerSite[species];
            }
        }
        out[offset] = shared.measure(lattice).areaNm2() * SQUARE_METRES_PER_SQUARE_NANOMETRE / mass;
    }
}
