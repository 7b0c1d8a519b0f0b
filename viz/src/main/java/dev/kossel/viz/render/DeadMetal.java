package dev.kossel.viz.render;

import dev.kossel.engine.record.RunLayout;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Which metal of a lattice has lost the electrode.
 *
 * <p>Where the run has followed contact itself, dead metal is a species of its own ({@code isolated}), and that is taken.
 * Else metal is dead that no path of nearest neighbours leads from to the bottom layer, through metal or through what the
 * bottom layer is made of. O(sites); immutable.
 */
public final class DeadMetal {

    private final LatticeView lattice;
    private final SpeciesSet metals;
    private final Clusters clusters;
    private final BitSet alive = new BitSet();

    private DeadMetal(LatticeView lattice, RunLayout layout) {
        this.lattice = lattice;
        metals = layout.metals();
        LatticeGeometry geometry = lattice.geometry();
        int[] bottom = IntStream.range(0, geometry.columnCount())
                .map(column -> geometry.columnSite(column, 0))
                .filter(site -> geometry.layer(site) == 0)
                .toArray();
        BitSet conducting = new BitSet();
        for (int site : bottom) {
            conducting.set(lattice.species(site));
        }
        for (int s = 0; s < layout.species().size(); s++) {
            if (layout.species().get(s).vacant() || layout.species().get(s).isolated()) {
                conducting.clear(s);
            } else if (metals.contains(s)) {
                conducting.set(s);
            }
        }
        clusters = Clusters.ofNearestNeighbors(geometry)
                .measure(lattice, SpeciesSet.of(conducting.stream().toArray()));
        for (int site : bottom) {
            if (clusters.cluster(site) >= 0) {
                alive.set(clusters.cluster(site));
            }
        }
    }

    public static DeadMetal of(LatticeView lattice, RunLayout layout) {
        return new DeadMetal(lattice, layout);
    }

    public boolean isMetal(int site) {
        return metals.contains(lattice.species(site));
    }

    /** Whether the site holds dead metal. */
    public boolean isDead(int site) {
        return isMetal(site) && (clusters.cluster(site) < 0 || !alive.get(clusters.cluster(site)));
    }
}
