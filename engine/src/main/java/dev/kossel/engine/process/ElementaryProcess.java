package dev.kossel.engine.process;

import dev.kossel.lattice.SpeciesSet;
import java.util.BitSet;
import java.util.List;

/**
 * A kind of event: what changes, where it may, how fast. A reversible reaction is two of these with laws that share the
 * Hamiltonian.
 */
public sealed interface ElementaryProcess {

    /** Unique name, as in the scenario file. */
    String name();

    /**
     * Which factor multiplies the rate: an index into the factors of {@link RateTable#classRates}. Factor 0 is always
     * 1. Processes driven by one outside quantity (an overpotential, a temperature) share a factor, so a change of it
     * costs rate classes, not sites.
     */
    int factor();

    /** By how many sites that hold one of {@code species} there are more after an event. */
    default int gain(SpeciesSet species) {
        return 0;
    }

    private static int gain(SpeciesSet species, int before, int after) {
        return (species.contains(after) ? 1 : 0) - (species.contains(before) ? 1 : 0);
    }

    /**
     * A site changes its species: A → B. With A = B it is a turnover, which is counted and leaves the lattice as it is:
     * a site at which something outside the lattice reacts.
     *
     * @param siteTypes types where it may happen; empty means all
     * @param where conditions on the neighbours
     */
    record SiteProcess(
            String name,
            int before,
            int after,
            BitSet siteTypes,
            List<NeighborCondition> where,
            RateLaw law,
            int factor)
            implements ElementaryProcess {
        public SiteProcess {
            siteTypes = (BitSet) siteTypes.clone();
            where = List.copyOf(where);
        }

        /** Whether it leaves the site as it is. */
        public boolean isTurnover() {
            return before == after;
        }

        @Override
        public int gain(SpeciesSet species) {
            return ElementaryProcess.gain(species, before, after);
        }
    }

    /**
     * A site and its neighbour change together: A, B → C, D.
     *
     * @param shells the shells the neighbour may be in
     * @param directions which neighbours are meant
     * @param where conditions on the neighbours of the first site, the partner not counted
     * @param whereTo conditions on the neighbours of the second site, the first not counted
     * @param siteTypes types the first site may have; empty means all
     * @param siteTypesTo types the second site may have; empty means all
     */
    record PairProcess(
            String name,
            int before,
            int beforeTo,
            int after,
            int afterTo,
            BitSet shells,
            Directions directions,
            BitSet siteTypes,
            BitSet siteTypesTo,
            List<NeighborCondition> where,
            List<NeighborCondition> whereTo,
            RateLaw law,
            int factor)
            implements ElementaryProcess {
        public PairProcess {
            shells = (BitSet) shells.clone();
            siteTypes = (BitSet) siteTypes.clone();
            siteTypesTo = (BitSet) siteTypesTo.clone();
            where = List.copyOf(where);
            whereTo = List.copyOf(whereTo);
            refuseNoChange(name, before == after && beforeTo == afterTo);
        }

        /**
         * Like partners and like products: the event at (i, j) is the event at (j, i). Where it may start from either
         * end, each end carries half of the rate.
         */
        boolean isSymmetric() {
            return before == beforeTo && after == afterTo;
        }

        @Override
        public int gain(SpeciesSet species) {
            return ElementaryProcess.gain(species, before, after) + ElementaryProcess.gain(species, beforeTo, afterTo);
        }
    }

    /**
     * Several sites at once.
     *
     * @param variants the symmetry-equivalent forms; each is a list of entries on different sites, the first of which
     *     is the anchor at offset (0, 0, 0)
     * @param where conditions on the neighbours of the anchor, those in the pattern not counted
     */
    record PatternProcess(
            String name, List<List<Entry>> variants, List<NeighborCondition> where, RateLaw law, int factor)
            implements ElementaryProcess {
        public PatternProcess {
            variants = variants.stream().map(List::copyOf).toList();
            where = List.copyOf(where);
            refuseNoChange(name, variants.get(0).stream().allMatch(entry -> entry.before() == entry.after()));
        }

        @Override
        public int gain(SpeciesSet species) {
            return variants.get(0).stream()
                    .mapToInt(entry -> ElementaryProcess.gain(species, entry.before(), entry.after()))
                    .sum();
        }

        /**
         * One site of a pattern.
         *
         * @param dx offset from the anchor along the box axes in lattice constants
         * @param before species needed
         * @param after species left behind; equal to {@code before} for a mere condition
         * @param siteTypes types the site may have; empty means all
         */
        public record Entry(double dx, double dy, double dz, int before, int after, BitSet siteTypes) {
            public Entry {
                siteTypes = (BitSet) siteTypes.clone();
            }
        }
    }

    /**
     * Particles come down from above, each in one column of sites (see
     * {@link dev.kossel.lattice.LatticeGeometry#columnCount}) and in line of sight: through sites that hold
     * {@code before} to the topmost of them that satisfies {@code siteTypes} and {@code where}, which turns into
     * {@code after}. Where something else is met first, or the bottom of the box, the attempt fails.
     *
     * <p>Arrivals are a Poisson process that no configuration changes; the column is drawn evenly.
     *
     * @param siteTypes types on which a particle stays; empty means all
     * @param where conditions on the neighbours of the place
     * @param ratePerColumn attempts per column, s⁻¹
     * @param sticking the part of the attempts that do not fail beforehand, 0 … 1
     */
    record ArrivalProcess(
            String name,
            int before,
            int after,
            BitSet siteTypes,
            List<NeighborCondition> where,
            double ratePerColumn,
            double sticking)
            implements ElementaryProcess {
        public ArrivalProcess {
            siteTypes = (BitSet) siteTypes.clone();
            where = List.copyOf(where);
            refuseNoChange(name, before == after);
            if (!(ratePerColumn >= 0) || Double.isInfinite(ratePerColumn)) {
                throw new IllegalArgumentException("process " + name + " has the rate " + ratePerColumn
                        + " /s: expected a finite number, not negative");
            }
            if (!(sticking >= 0 && sticking <= 1)) {
                throw new IllegalArgumentException(
                        "process " + name + " has the sticking probability " + sticking + ": expected 0 to 1");
            }
        }

        @Override
        public int gain(SpeciesSet species) {
            return ElementaryProcess.gain(species, before, after);
        }

        /** What comes in from outside does not depend on what drives the processes of the surface. */
        @Override
        public int factor() {
            return 0;
        }

        /** Whether a particle may stay where nothing but {@code before} is around. */
        boolean staysAnywhere() {
            return where.stream()
                    .allMatch(condition ->
                            condition.atLeast() == 0 || condition.species().get(before));
        }
    }

    /**
     * Counts the attempts of an arrival that fail. It changes nothing: what it counts are null events.
     *
     * @param arrival name of the {@link ArrivalProcess}
     */
    record FailedArrival(String name, String arrival) implements ElementaryProcess {
        @Override
        public int factor() {
            return 0;
        }
    }

    /**
     * What a reservoir above the box does to it: a site of the top layer that holds {@code before} turns into {@code after}.
     *
     * @param law of ΔE, at no energy more than at the lowest; the initial energy is not told
     */
    record TopProcess(String name, int before, int after, RateLaw law) implements ElementaryProcess {
        public TopProcess {
            refuseNoChange(name, before == after);
        }

        @Override
        public int factor() {
            return 0;
        }

        /** The rate at a site that nothing holds back, s⁻¹. */
        double mostPerSecond() {
            return law.rate(Double.NEGATIVE_INFINITY, 0, 0, 0);
        }
    }

    /**
     * Counts what {@link FirstPassage} does in place of many hops.
     *
     * @param hop name of the {@link PairProcess} by which a particle hops to a vacant neighbour
     */
    record FirstPassageProcess(String name, String hop) implements ElementaryProcess {
        @Override
        public int factor() {
            return 0;
        }
    }

    /** Which of the neighbours of a shell a pair process may reach. */
    enum Directions {
        ALL,
        /** Within an atomic layer. */
        IN_PLANE,
        /** From layer to layer. */
        INTER_LAYER,
        /** Towards the electrolyte. */
        UP,
        /** Towards the substrate. */
        DOWN;

        boolean includes(int layerStep) {
            return switch (this) {
                case ALL -> true;
                case IN_PLANE -> layerStep == 0;
                case INTER_LAYER -> layerStep != 0;
                case UP -> layerStep > 0;
                case DOWN -> layerStep < 0;
            };
        }
    }

    private static void refuseNoChange(String name, boolean nothingChanges) {
        if (nothingChanges) {
            throw new IllegalArgumentException("process " + name + " changes nothing");
        }
    }
}
