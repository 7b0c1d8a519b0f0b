package dev.kossel.engine.observe;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.List;

/**
 * How full the shells of ions are: how many ions with a coordination number touch the electrode, the mean coordination number of these, and that of all ions in the box. As they
 * are at the moment of the sample; {@link CoordinationObserver} has means over samples, by distance.
 *
 * <p>O(sites) a sample, nothing kept. Single-threaded.
 */
public final class ShellInstrument implements Instrument {

    private final SpeciesSet solids;
    private final int[] coordination;

    /**
     * @param solids what an ion touches as a nearest neighbour to be at the surface
     * @param coordination by species, its coordination number; negative for those without
     */
    public ShellInstrument(SpeciesSet solids, int[] coordination) {
        this.solids = solids;
        this.coordination = coordination.clone();
    }

    @Override
    public List<String> columns() {
        return List.of("surface_ion_count", "surface_ion_coordination", "ion_coordination");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        LatticeView lattice = sample.lattice();
        long ions = 0;
        long shells = 0;
        long near = 0;
        long nearShells = 0;
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            int number = coordination[lattice.species(site)];
            if (number >= 0) {
                ions++;
                shells += number;
                if (touches(lattice, site)) {
                    near++;
                    nearShells += number;
                }
            }
        }
        out[offset] = near;
        out[offset + 1] = near == 0 ? Double.NaN : (double) nearShells / near;
        out[offset + 2] = ions == 0 ? Double.NaN : (double) shells / ions;
    }

    private boolean touches(LatticeView lattice, int site) {
        LatticeGeometry geometry = lattice.geometry();
        for (int k = 0; k < geometry.nearestCount(); k++) {
            int neighbor = geometry.neighbor(site, k);
            if (neighbor >= 0 && solids.contains(lattice.species(neighbor))) {
                return true;
            }
        }
        return false;
    }
}
