package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;

/**
 * Which part of the substrate is covered: the fraction θ = covered / all sites of the first growth layer that hold a
 * species of the given set, in total and by site type.
 *
 * <p>{@link #measure} is O(stacks), {@link #update} follows a change of one site, O(1). No allocation. Single-threaded.
 */
public final class Coverage {

    private static final int SITE_TYPES = 127;

    private final Substrate substrate;
    private final SpeciesSet covering;
    private final int[] row;
    private final int[] sites = new int[SITE_TYPES];
    private final int[] covered = new int[SITE_TYPES];
    private int allSites;
    private int allCovered;

    public Coverage(Substrate substrate, SpeciesSet covering) {
        this.substrate = substrate;
        this.covering = covering;
        row = substrate.stacks().row();
    }

    /** Measures {@code view}, which must have the geometry of the substrate. */
    public Coverage measure(LatticeView view) {
        Arrays.fill(sites, 0);
        Arrays.fill(covered, 0);
        allSites = 0;
        allCovered = 0;
        for (int first = 0; first < substrate.stackCount(); first += row.length) {
            substrate.growthSites(first, row);
            for (int site : row) {
                if (site >= 0) {
                    int type = view.siteType(site);
                    int hit = covering.contains(view.species(site)) ? 1 : 0;
                    sites[type]++;
                    covered[type] += hit;
                    allSites++;
                    allCovered += hit;
                }
            }
        }
        return this;
    }

    /** Follows a change of one site of a view that has been measured. */
    public void update(LatticeView view, int site, int speciesBefore) {
        if (substrate.isGrowthSite(site)) {
            int change = (covering.contains(view.species(site)) ? 1 : 0) - (covering.contains(speciesBefore) ? 1 : 0);
            covered[view.siteType(site)] += change;
            allCovered += change;
        }
    }

    /** θ over all site types, 0 … 1; NaN if there is no room above the substrate. */
    public double fraction() {
        return (double) allCovered / allSites;
    }

    /** θ of one site type, NaN where the first growth layer has no such site. */
    public double fraction(int siteType) {
        return (double) covered[siteType] / sites[siteType];
    }

    /** Sites of the first growth layer of one type. */
    public int sites(int siteType) {
        return sites[siteType];
    }

    /** Covered sites of the first growth layer of one type. */
    public int covered(int siteType) {
        return covered[siteType];
    }
}
