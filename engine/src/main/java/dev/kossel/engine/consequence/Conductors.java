package dev.kossel.engine.consequence;

import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which species conduct, and what each becomes when it loses contact.
 *
 * <p>A conductor is <em>live</em>, or the <em>isolated</em> twin of a live one, or <em>anchored</em>: never without contact, whatever happens around it.
 * Immutable.
 */
public final class Conductors {

    private static final int NONE = -1;

    private final int[] isolated;
    private final int[] live;
    private final boolean[] anchored;

    /**
     * @param isolatedTwin by species, the number of its isolated twin; the species itself where it is anchored, −1 where it is none of the live or
     *     anchored conductors
     */
    public Conductors(int[] isolatedTwin) {
        isolated = isolatedTwin.clone();
        live = new int[isolated.length];
        anchored = new boolean[isolated.length];
        Arrays.fill(live, NONE);
        for (int s = 0; s < isolated.length; s++) {
            int twin = isolatedTwin[s];
            if (twin == NONE) {
                continue;
            }
            if (twin < 0
                    || twin >= isolated.length
                    || live[twin] != NONE
                    || (twin != s && isolatedTwin[twin] != NONE)) {
                throw new IllegalArgumentException("species " + s + ": its isolated twin is given as " + twin
                        + ", expected a species that is no conductor itself and nobody else's twin");
            }
            live[s] = s;
            live[twin] = s;
            isolated[twin] = twin;
            anchored[s] = twin == s;
        }
    }

    /** Whether a species conducts, live or isolated. */
    public boolean conducts(int species) {
        return live[species] != NONE;
    }

    /** Whether a species conducts and is not an isolated twin. */
    boolean isLive(int species) {
        return live[species] == species;
    }

    boolean isIsolated(int species) {
        return live[species] != species && live[species] != NONE;
    }

    /** Whether a species conducts and is never without contact. */
    public boolean isAnchored(int species) {
        return anchored[species];
    }

    /** A conductor as it is with contact. */
    int live(int species) {
        return live[species];
    }

    /** A conductor as it is without contact. */
    int isolated(int species) {
        return isolated[species];
    }

    /** All conductors, live and isolated. */
    SpeciesSet all() {
        return SpeciesSet.of(
                IntStream.range(0, live.length).filter(this::conducts).toArray());
    }
}
