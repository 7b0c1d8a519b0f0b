package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;

/**
 * The islands of a deposit where they stand on the substrate: connected clusters of occupied sites of the first growth
 * layer. What has merged only higher up still counts as several islands.
 *
 * <p>Two sites of the first growth layer are connected if both hold a member of the given set and lie no farther apart
 * than the <em>linking distance</em>: the smallest distance within an atomic layer at which a full layer is in one piece.
 * That is the nearest-neighbour distance where the layer has enough nearest neighbours within itself — sc(100), bcc(110),
 * fcc(100), fcc(111), hcp(002), square, triangular — and the lattice constant a (2NN) on bcc(100) and fcc(110); on
 * the prismatic faces of hcp, whose chains of near neighbours lie apart, it is c on (100) and √(4a²/3 + c²/4) on (110). On
 * a stepped or rough initial surface the same distance links sites of different layers.
 *
 * <p>O(stacks) and no allocation a measurement; about 20 bytes a stack. Single-threaded.
 */
public final class Islands {

    private final Substrate substrate;
    private final SpeciesSet members;

    /** By stack: how many stacks before it are linked to it. */
    private final byte[] partnerCounts;

    /** These, stack after stack. */
    private final int[] partners;

    private final int[] row;
    private final DisjointSets sets = new DisjointSets();

    /** Finds the linking distance and the pairs of neighbouring sites, O(stacks). */
    public Islands(Substrate substrate, SpeciesSet members) {
        this.substrate = substrate;
        this.members = members;
        partnerCounts = new byte[substrate.stackCount()];
        partners = new LayerBonds(substrate.geometry()).partners(substrate, partnerCounts);
        row = substrate.stacks().row();
    }

    /** Measures {@code view}, which must have the geometry of the substrate. */
    public Islands measure(LatticeView view) {
        sets.clear(substrate.stackCount());
        for (int first = 0; first < substrate.stackCount(); first += row.length) {
            substrate.growthSites(first, row);
            for (int i = 0; i < row.length; i++) {
                if (row[i] >= 0 && members.contains(view.species(row[i]))) {
                    sets.add(first + i);
                }
            }
        }
        int next = 0;
        for (int stack = 0; stack < partnerCounts.length; stack++) {
            int end = next + partnerCounts[stack];
            for (; next < end; next++) {
                if (sets.contains(stack) && sets.contains(partners[next])) {
                    sets.join(stack, partners[next]);
                }
            }
        }
        sets.label();
        return this;
    }

    /** Whether a change of this site may change the islands. */
    public boolean concerns(int site) {
        return substrate.isGrowthSite(site);
    }

    /** Islands of any size, single adatoms included. */
    public int count() {
        return sets.count();
    }

    /**
     * Islands of at least {@code smallest} sites: the nuclei, if {@code smallest} is the size of the smallest stable island
     * (the critical size i* plus one).
     */
    public int count(int smallest) {
        int count = 0;
        for (int island = 0; island < sets.count(); island++) {
            count += sets.size(island) >= smallest ? 1 : 0;
        }
        return count;
    }

    /** {@link #count(int)} per area of the electrode seen from above, m⁻². */
    public double numberDensityPerM2(int smallest) {
        return count(smallest) / (substrate.areaNm2() * 1e-18);
    }

    /** The island a stack belongs to in the first growth layer, 0 … {@link #count()} − 1, or −1. */
    public int island(int stack) {
        return sets.labelOf(stack);
    }

    /** Sites of an island in the first growth layer. */
    public int size(int island) {
        return sets.size(island);
    }

    /** Mean number of sites of an island, NaN if there is none. */
    public double meanSize() {
        long sites = 0;
        for (int island = 0; island < sets.count(); island++) {
            sites += sets.size(island);
        }
        return (double) sites / sets.count();
    }

    /** The size distribution: the number of sites of every island, in ascending order. Allocates. */
    public int[] sizes() {
        int[] sizes = sets.sizes();
        Arrays.sort(sizes);
        return sizes;
    }
}
