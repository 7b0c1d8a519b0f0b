package dev.kossel.engine.consequence;

import dev.kossel.engine.Consequence;
import dev.kossel.engine.process.Event;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.morphology.Clusters;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Keeps track of contact: a conductor is live if a path of conductors, each linked with the next, leads from it to the bottom layer of the box (or to an
 * anchored conductor). One that loses contact turns into its isolated twin, and back when it is bridged.
 *
 * <p>Contact is won by a search through the isolated cluster that is touched. It is lost only where a conductor has gone: if its neighbours hang together
 * within the two shells around it, nothing is lost, which settles nearly all cases from one table of bits. Otherwise searches start from the loose ends
 * in turns, a site each, downwards first, until all but one are known to end or to reach the bottom (the interleaved searches of Even and Shiloach 1981,
 * doi:10.1145/322234.322235): a small piece that breaks off costs its own size, however large the rest.
 *
 * <p>Two bytes a site; allocates only where a search is larger than any before. The state is in the species; what is kept besides is scratch.
 */
public final class Contact implements Consequence {

    private static final int UNSEEN = 0;

    private final LatticeGeometry geometry;
    private final LatticeView lattice;
    private final Conductors conductors;
    private final Ring ring;
    private final int[] around;
    /** The neighbours up to the last linked one: fewer to look up. */
    private final int[] near;

    /** Piece of a site + 1 during a search; all {@link #UNSEEN} between two. */
    private final char[] piece;

    private final IntArrayList seen = new IntArrayList();
    private final IntArrayList queue = new IntArrayList();
    private final IntArrayList ends = new IntArrayList();
    private IntArrayList[] stacks = new IntArrayList[0];
    private int[] parent = new int[0];
    private boolean[] rooted = new boolean[0];

    /**
     * @param lattice of the run; its conductors must be labelled already, see {@link #label}
     * @param conductors which species conduct
     * @param shells indices of the shells across which conductors touch
     */
    public Contact(LatticeView lattice, Conductors conductors, BitSet shells) {
        this.lattice = lattice;
        this.conductors = conductors;
        geometry = lattice.geometry();
        ring = new Ring(geometry, shells);
        around = new int[ring.slots()];
        near = new int[ring.linkingEnd()];
        piece = new char[geometry.siteCount()];
    }

    /** Turns the conductors of {@code lattice} into what they are: live with contact, isolated without. The plain way, O(sites). */
    public static void label(Lattice lattice, Conductors conductors, BitSet shells) {
        LatticeGeometry geometry = lattice.geometry();
        Clusters clusters = new Clusters(geometry, shells.stream().toArray()).measure(lattice, conductors.all());
        boolean[] contact = new boolean[clusters.count()];
        for (int site = 0; site < geometry.siteCount(); site++) {
            int cluster = clusters.cluster(site);
            if (cluster >= 0 && (geometry.layer(site) == 0 || conductors.isAnchored(lattice.species(site)))) {
                contact[cluster] = true;
            }
        }
        for (int site = 0; site < geometry.siteCount(); site++) {
            int cluster = clusters.cluster(site);
            if (cluster >= 0) {
                int species = lattice.species(site);
                lattice.setSpecies(site, contact[cluster] ? conductors.live(species) : conductors.isolated(species));
            }
        }
    }

    @Override
    public void follow(Event happened, Event further) {
        int gone = 0;
        int come = 0;
        int lastGone = -1;
        int lastCome = -1;
        for (int m = 0; m < happened.count(); m++) {
            int site = happened.site(m);
            boolean was = conductors.conducts(happened.before(m));
            boolean is = conductors.conducts(lattice.species(site));
            if (was && !is && conductors.isLive(happened.before(m))) {
                gone++;
                lastGone = site;
            } else if (!was && is) {
                come++;
                lastCome = site;
            }
        }
        if (come == 1) {
            join(lastCome, happened, further);
        } else if (come > 1) {
            joinAll(happened, further);
        }
        if (gone == 1) {
            part(lastGone, further);
        } else if (gone > 1) {
            partAll(happened, further);
        }
    }

    private boolean isAnchor(int site) {
        return geometry.isInBottomLayer(site) || conductors.isAnchored(lattice.species(site));
    }

    // Conductors have come

    /** One conductor has come to {@code site}: in all but few cases it touches live ones alone, or isolated ones alone. */
    private void join(int site, Event happened, Event further) {
        boolean live = isAnchor(site);
        boolean isolated = false;
        geometry.neighbors(site, near);
        for (int k = 0; k < near.length; k++) {
            if (near[k] >= 0 && ring.isLinking(k)) {
                int species = lattice.species(near[k]);
                live |= conductors.isLive(species);
                isolated |= conductors.isIsolated(species);
            }
        }
        if (live && isolated) {
            joinAll(happened, further);
            return;
        }
        int species = lattice.species(site);
        int label = live ? conductors.live(species) : conductors.isolated(species);
        if (label != species) {
            further.add(site, label);
        }
    }

    /** Labels the conductors that have come, and brings back what they bridge to. */
    private void joinAll(Event happened, Event further) {
        for (int m = 0; m < happened.count(); m++) {
            if (hasCome(happened, m)) {
                see(happened.site(m), 0);
            }
        }
        for (int m = 0; m < happened.count(); m++) {
            if (hasCome(happened, m) && touchesLive(happened.site(m))) {
                queue.add(happened.site(m));
            }
        }
        // In the queue is what has contact; found again as unseen or as one that has come without a live neighbour of
        // its own.
        for (int q = 0; q < queue.size(); q++) {
            int site = queue.getInt(q);
            piece[site] = 2;
            geometry.neighbors(site, near);
            for (int k = 0; k < near.length; k++) {
                int neighbor = near[k];
                if (neighbor < 0 || !ring.isLinking(k) || piece[neighbor] > 1) {
                    continue;
                }
                int species = lattice.species(neighbor);
                if (conductors.conducts(species) && (piece[neighbor] == 1 || !conductors.isLive(species))) {
                    if (piece[neighbor] == UNSEEN) {
                        see(neighbor, 0);
                    }
                    piece[neighbor] = 2;
                    queue.add(neighbor);
                }
            }
        }
        for (int n = 0; n < seen.size(); n++) {
            int site = seen.getInt(n);
            int species = lattice.species(site);
            int label = piece[site] == 2 ? conductors.live(species) : conductors.isolated(species);
            if (label != species) {
                further.add(site, label);
            }
        }
        queue.clear();
        forget();
    }

    private boolean hasCome(Event happened, int m) {
        return !conductors.conducts(happened.before(m)) && conductors.conducts(lattice.species(happened.site(m)));
    }

    private boolean touchesLive(int site) {
        if (isAnchor(site)) {
            return true;
        }
        geometry.neighbors(site, near);
        for (int k = 0; k < near.length; k++) {
            int neighbor = near[k];
            if (neighbor >= 0
                    && ring.isLinking(k)
                    && piece[neighbor] == UNSEEN
                    && conductors.isLive(lattice.species(neighbor))) {
                return true;
            }
        }
        return false;
    }

    // Conductors have gone

    /** A live conductor has gone from {@code site}, and no other. */
    private void part(int site, Event further) {
        geometry.neighbors(site, around);
        int occupied = 0;
        for (int k = 0; k < around.length; k++) {
            if (around[k] >= 0 && conductors.conducts(lattice.species(around[k]))) {
                occupied |= 1 << k;
            }
        }
        int loose = occupied & ring.linking();
        if (loose == 0) {
            return;
        }
        // The way to the bottom led past the site or over one of its neighbours, unless the site was itself at the
        // bottom.
        boolean oneHasContact = geometry.layer(site) > 0;
        int basis = geometry.basis(site);
        if (oneHasContact && (loose & ~ring.reach(basis, loose & -loose, occupied)) == 0) {
            return;
        }
        while (loose != 0) {
            int group = ring.reach(basis, loose & -loose, occupied);
            ends.add(around[Integer.numberOfTrailingZeros(loose)]);
            loose &= ~group;
        }
        search(oneHasContact, further);
    }

    /** Several conductors have gone at once. */
    private void partAll(Event happened, Event further) {
        for (int m = 0; m < happened.count(); m++) {
            geometry.neighbors(happened.site(m), near);
            for (int k = 0; k < near.length; k++) {
                int neighbor = near[k];
                if (neighbor >= 0
                        && ring.isLinking(k)
                        && conductors.conducts(lattice.species(neighbor))
                        && !ends.contains(neighbor)) {
                    ends.add(neighbor);
                }
            }
        }
        search(false, further);
    }

    /**
     * Finds out which of the pieces that begin at the loose ends have contact, and isolates those that have none.
     *
     * @param oneHasContact whether one of them is known to have it, so that it need not be found when it is the only one left
     */
    private void search(boolean oneHasContact, Event further) {
        int pieces = ends.size();
        makeRoom(pieces);
        int open = pieces;
        boolean found = false;
        for (int p = 0; p < pieces; p++) {
            int end = ends.getInt(p);
            parent[p] = p;
            rooted[p] = isAnchor(end);
            see(end, p);
            stacks[p].clear();
            stacks[p].add(end);
            if (rooted[p]) {
                open--;
                found = true;
            }
        }
        ends.clear();
        while (open > 0 && !(open == 1 && oneHasContact && !found)) {
            for (int p = 0; p < pieces && open > 0; p++) {
                if (parent[p] == p && !rooted[p] && !stacks[p].isEmpty()) {
                    open -= advance(p);
                    found |= rooted[root(p)];
                }
            }
        }
        for (int n = 0; n < seen.size(); n++) {
            int site = seen.getInt(n);
            int p = root(piece[site] - 1);
            if (!rooted[p] && stacks[p].isEmpty()) {
                further.add(site, conductors.isolated(lattice.species(site)));
            }
        }
        forget();
    }

    /**
     * Goes on by a site in one piece.
     *
     * @return how many pieces need not be followed any more: joined to another, at an anchor, at their end
     */
    private int advance(int p) {
        int settled = 0;
        int mine = p;
        int site = stacks[p].popInt();
        geometry.neighbors(site, near);
        // Slots ascend with z within a shell: what is pushed last, and so taken first, lies lowest.
        for (int k = near.length - 1; k >= 0; k--) {
            int neighbor = near[k];
            if (neighbor < 0 || !ring.isLinking(k) || !conductors.conducts(lattice.species(neighbor))) {
                continue;
            }
            if (piece[neighbor] == UNSEEN) {
                see(neighbor, mine);
                stacks[mine].add(neighbor);
                if (isAnchor(neighbor)) {
                    rooted[mine] = true;
                    return settled + 1;
                }
            } else {
                int other = root(piece[neighbor] - 1);
                if (other != mine) {
                    settled++;
                    parent[mine] = other;
                    stacks[other].addAll(stacks[mine]);
                    stacks[mine].clear();
                    mine = other;
                    if (rooted[other]) {
                        return settled;
                    }
                }
            }
        }
        return stacks[mine].isEmpty() ? settled + 1 : settled;
    }

    private int root(int p) {
        int at = p;
        while (parent[at] != at) {
            at = parent[at];
        }
        return at;
    }

    private void makeRoom(int pieces) {
        if (pieces >= Character.MAX_VALUE) {
            throw new IllegalStateException(pieces + " loose ends of one event");
        }
        if (stacks.length < pieces) {
            int before = stacks.length;
            stacks = Arrays.copyOf(stacks, pieces);
            for (int p = before; p < pieces; p++) {
                stacks[p] = new IntArrayList();
            }
            parent = new int[pieces];
            rooted = new boolean[pieces];
        }
    }

    private void see(int site, int p) {
        piece[site] = (char) (p + 1);
        seen.add(site);
    }

    private void forget() {
        for (int n = 0; n < seen.size(); n++) {
            piece[seen.getInt(n)] = UNSEEN;
        }
        seen.clear();
    }
}
