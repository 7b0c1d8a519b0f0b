package dev.kossel.lattice;

import java.util.Arrays;

/**
 * A lattice with one byte of species a site and, where any site is not plain, one byte of site type.
 *
 * <p>The plain, obvious container: initial morphologies are built in it, snapshots are read into it, measures are taken from it. Not thread-safe.
 */
public final class Lattice implements LatticeView {

    private final LatticeGeometry geometry;
    private final byte[] species;
    private final byte[] siteTypes;

    /** A lattice with species 0 and site type 0 everywhere. */
    public Lattice(LatticeGeometry geometry) {
        this(geometry, new byte[geometry.siteCount()], new byte[0]);
    }

    /**
     * Wraps the arrays, without copying them.
     *
     * @param species one byte a site
     * @param siteTypes one byte a site, or an empty array where all sites are plain
     */
    public Lattice(LatticeGeometry geometry, byte[] species, byte[] siteTypes) {
        if (species.length != geometry.siteCount()) {
            throw new IllegalArgumentException(
                    "species: " + species.length + " entries for " + geometry.siteCount() + " sites");
        }
        if (siteTypes.length != 0 && siteTypes.length != geometry.siteCount()) {
            throw new IllegalArgumentException(
                    "site types: " + siteTypes.length + " entries for " + geometry.siteCount() + " sites");
        }
        this.geometry = geometry;
        this.species = species;
        this.siteTypes = siteTypes;
    }

    /** A copy of {@code view} as it is now. */
    public static Lattice copyOf(LatticeView view) {
        LatticeGeometry geometry = view.geometry();
        byte[] species = new byte[geometry.siteCount()];
        byte[] types = new byte[geometry.siteCount()];
        boolean plain = true;
        for (int site = 0; site < species.length; site++) {
            species[site] = (byte) view.species(site);
            types[site] = (byte) view.siteType(site);
            plain &= types[site] == 0;
        }
        return new Lattice(geometry, species, plain ? new byte[0] : types);
    }

    /** The same occupancy with room for site types. */
    public Lattice withSiteTypes() {
        return siteTypes.length != 0 ? this : new Lattice(geometry, species, new byte[geometry.siteCount()]);
    }

    @Override
    public LatticeGeometry geometry() {
        return geometry;
    }

    @Override
    public int species(int site) {
        return species[site];
    }

    @Override
    public int siteType(int site) {
        return siteTypes.length == 0 ? 0 : siteTypes[site];
    }

    public void setSpecies(int site, int newSpecies) {
        species[site] = (byte) newSpecies;
    }

    /** @throws ArrayIndexOutOfBoundsException if this lattice has no room for site types; see {@link #withSiteTypes} */
    public void setSiteType(int site, int newType) {
        siteTypes[site] = (byte) newType;
    }

    public void fill(int newSpecies) {
        Arrays.fill(species, (byte) newSpecies);
    }

    /** The live species array, one byte a site. */
    public byte[] speciesArray() {
        return species;
    }

    /** The live site type array, empty where all sites are plain. */
    public byte[] siteTypeArray() {
        return siteTypes;
    }
}
