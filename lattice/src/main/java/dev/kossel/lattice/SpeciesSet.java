package dev.kossel.lattice;

/**
 * An immutable set of species: what counts as solid, as metal, as gas … for a measure or a condition.
 *
 * <p>Sixteen bytes, compared by value; {@link #contains} is branch-free and allocates nothing. Thread-safe.
 *
 * @param low bit s set: species s is a member, s = 0 … 63
 * @param high bit s − 64 set: species s is a member, s = 64 … 126
 */
public record SpeciesSet(long low, long high) {

    /** Species are numbered 0 … {@value} − 1. */
    public static final int SPECIES_LIMIT = 127;

    public SpeciesSet {
        if (high < 0) {
            throw new IllegalArgumentException("species 127: a species is a number from 0 to 126");
        }
    }

    /**
     * The set of the given species, in any order, repeated or not.
     *
     * @throws IllegalArgumentException if one of them is not in 0 … 126
     */
    public static SpeciesSet of(int... species) {
        long low = 0;
        long high = 0;
        for (int member : species) {
            if (member < 0 || member >= SPECIES_LIMIT) {
                throw new IllegalArgumentException("species " + member + ": a species is a number from 0 to 126");
            }
            if (member < Long.SIZE) {
                low |= 1L << member;
            } else {
                high |= 1L << member;
            }
        }
        return new SpeciesSet(low, high);
    }

    /** Whether {@code species} (0 … 126) is a member. */
    public boolean contains(int species) {
        assert species >= 0 && species < SPECIES_LIMIT : species;
        // A long shift counts modulo 64, so the same shift serves both words.
        return ((species < Long.SIZE ? low : high) >>> species & 1L) != 0;
    }

    /** All species 0 … 126 that are not members. */
    public SpeciesSet complement() {
        return new SpeciesSet(~low, ~high & Long.MAX_VALUE);
    }

    /** How many species are members. */
    public int size() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    /** The members in ascending order, as in {@code {1, 4, 70}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int species = 0; species < SPECIES_LIMIT; species++) {
            if (contains(species)) {
                text.append(text.length() == 1 ? "" : ", ").append(species);
            }
        }
        return text.append('}').toString();
    }
}
