package dev.kossel.engine.consequence;

import dev.kossel.engine.Consequence;
import dev.kossel.engine.process.Event;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.BitSet;

/**
 * Clusters that come off: one of given species goes, and another species takes its place, when it has grown to a size or when nothing holds it any more. A bubble that leaves, a
 * flake of a film.
 *
 * <p>A cluster is looked at when one of its sites has come, or when beside it something has gone that may have held it or been a part of it. That costs a search through the cluster, which
 * ends at the size at which it goes; without such a size, it costs the whole. The state is in the species. Allocates only where a search is larger than any before.
 */
public final class Detachment implements Consequence {

    private final LatticeView lattice;
    private final LatticeGeometry geometry;
    private final SpeciesSet members;
    private final SpeciesSet holders;
    private final boolean needsHold;
    private final int atLeast;
    private final int replacement;
    private final boolean[] linking;
    private final int[] around;
    private final int[] beside;
    private final IntOpenHashSet seen = new IntOpenHashSet();
    private final IntArrayList cluster = new IntArrayList();
    private final IntOpenHashSet gone = new IntOpenHashSet();

    /**
     * @param lattice of the run
     * @param members what clusters are made of
     * @param atLeast sites of a cluster that goes; {@link Integer#MAX_VALUE} where size does not matter
     * @param holders a cluster goes that touches none of these; empty where nothing need hold it
     * @param replacement what is left in its place, no member
     * @param shells across which sites hang together and are held
     */
    public Detachment(
            LatticeView lattice, SpeciesSet members, int atLeast, SpeciesSet holders, int replacement, BitSet shells) {
        if (members.contains(replacement)) {
            throw new IllegalArgumentException("species " + replacement + " would be replaced by itself");
        }
        this.lattice = lattice;
        geometry = lattice.geometry();
        this.members = members;
        this.atLeast = atLeast;
        this.holders = holders;
        needsHold = holders.size() > 0;
        this.replacement = replacement;
        around = new int[geometry.neighborCount()];
        beside = new int[geometry.neighborCount()];
        linking = new boolean[around.length];
        for (int k = 0; k < linking.length; k++) {
            linking[k] = shells.get(geometry.shellOf(k));
        }
    }

    @Override
    public void follow(Event happened, Event further) {
        gone.clear();
        for (int m = 0; m < happened.count(); m++) {
            int site = happened.site(m);
            int before = happened.before(m);
            int now = lattice.species(site);
            if (members.contains(now)) {
                look(site, further);
            } else if (needsHold && (members.contains(before) || holders.contains(before) && !holders.contains(now))) {
                geometry.neighbors(site, beside);
                for (int k = 0; k < beside.length; k++) {
                    if (beside[k] >= 0 && linking[k] && members.contains(lattice.species(beside[k]))) {
                        look(beside[k], further);
                    }
                }
            }
        }
    }

    private void look(int start, Event further) {
        if (gone.contains(start)) {
            return;
        }
        seen.clear();
        cluster.clear();
        seen.add(start);
        cluster.add(start);
        boolean held = !needsHold;
        // A cluster that is large enough is followed to its end: all of it goes.
        for (int n = 0; n < cluster.size(); n++) {
            geometry.neighbors(cluster.getInt(n), around);
            for (int k = 0; k < around.length; k++) {
                int neighbor = around[k];
                if (neighbor < 0 || !linking[k]) {
                    continue;
                }
                int species = lattice.species(neighbor);
                if (members.contains(species)) {
                    if (seen.add(neighbor)) {
                        cluster.add(neighbor);
                    }
                } else {
                    held |= holders.contains(species);
                }
            }
            if (held && atLeast == Integer.MAX_VALUE) {
                return;
            }
        }
        if (cluster.size() >= atLeast || !held) {
            for (int n = 0; n < cluster.size(); n++) {
                further.add(cluster.getInt(n), replacement);
                gone.add(cluster.getInt(n));
            }
        }
    }
}
