package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.ArrivalProcess;
import dev.kossel.engine.process.ElementaryProcess.FailedArrival;
import dev.kossel.lattice.LatticeGeometry;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * What comes down from above: draws the events of every {@link ArrivalProcess} of a catalogue.
 *
 * <p>A column is drawn evenly and looked through from above. The search begins a step above the highest site near the column
 * that holds anything else than what particles pass; of that site each column keeps an upper bound, which {@link #follow}
 * raises and which a search lowers to what it has seen. Up to a floor a little above the mean place where particles stay
 * nothing is recorded, so that most events cost a comparison; searches begin at the floor then. So a search costs
 * O(neighbours) in the mean, however high the box and however rough the surface, and where it ends does not depend on the
 * bounds: they are no part of a run's state.
 *
 * <p>2 bytes a column; nothing is allocated after construction. Not thread-safe.
 */
public final class Arrivals implements Outside {

    private static final byte STOPS = 0;
    private static final byte PASSES = 1;
    private static final byte STAYS = 2;

    /** Steps from the mean place where particles stay up to the floor. */
    private static final int MARGIN = 3;

    /** How far, in steps, the surface may sink below its floor before the bounds are made anew. */
    private static final int SUNKEN = 16;

    private final LatticeGeometry geometry;
    private final SiteStates lattice;
    private final Kind[] kinds;
    private final Bounds[] bounds;
    private final double ratePerSecond;

    /** One process. */
    private record Kind(
            int process,
            int failed,
            int after,
            double ratePerSecond,
            double sticking,
            byte[] verdicts,
            Bounds bounds) {}

    /** The arrivals among the processes of {@code rates}; null if there are none. */
    public static @Nullable Arrivals of(SiteRates rates) {
        boolean any = rates.table().catalog().processes().stream().anyMatch(ArrivalProcess.class::isInstance);
        return any ? new Arrivals(rates.table(), rates.lattice()) : null;
    }

    Arrivals(RateTable table, SiteStates lattice) {
        this.lattice = lattice;
        geometry = table.geometry();
        List<ElementaryProcess> processes = table.catalog().processes();
        List<Kind> found = new ArrayList<>();
        List<Bounds> distinct = new ArrayList<>();
        double sum = 0;
        for (int p = 0; p < processes.size(); p++) {
            if (processes.get(p) instanceof ArrivalProcess arrival) {
                double rate = arrival.ratePerColumn() * geometry.columnCount();
                found.add(new Kind(
                        p,
                        failed(processes, arrival),
                        arrival.after(),
                        rate,
                        arrival.sticking(),
                        verdicts(arrival, table),
                        bounds(distinct, arrival)));
                sum += rate;
            }
        }
        kinds = found.toArray(Kind[]::new);
        bounds = distinct.toArray(Bounds[]::new);
        ratePerSecond = sum;
    }

    private static int failed(List<ElementaryProcess> processes, ArrivalProcess arrival) {
        for (int p = 0; p < processes.size(); p++) {
            if (processes.get(p) instanceof FailedArrival failed
                    && failed.arrival().equals(arrival.name())) {
                return p;
            }
        }
        return -1;
    }

    private Bounds bounds(List<Bounds> distinct, ArrivalProcess arrival) {
        for (Bounds known : distinct) {
            if (known.passed == arrival.before() && known.fromTheTop == arrival.staysAnywhere()) {
                return known;
            }
        }
        Bounds added = new Bounds(arrival.before(), arrival.staysAnywhere());
        distinct.add(added);
        return added;
    }

    private static byte[] verdicts(ArrivalProcess arrival, RateTable table) {
        byte[] verdicts = new byte[table.stateCount()];
        for (int state = 0; state < verdicts.length; state++) {
            if (table.species(state) == arrival.before()) {
                boolean stays = RateTable.allows(arrival.siteTypes(), table.siteType(state))
                        && table.code.holds(arrival.where(), table.environment(state));
                verdicts[state] = stays ? STAYS : PASSES;
            }
        }
        return verdicts;
    }

    /** Attempts of all processes in all columns, s⁻¹; constant. */
    @Override
    public double ratePerSecond() {
        return ratePerSecond;
    }

    /**
     * Draws an attempt: the process, whether it fails beforehand, the column.
     *
     * @param event receives what is to change, or, where the attempt fails, the process that counts failures (−1 for none)
     * @return whether anything changes; false is a null event
     */
    @Override
    public boolean draw(UniformRandomProvider random, Event event) {
        Kind kind = kinds.length == 1 ? kinds[0] : draw(random);
        int site = -1;
        if (kind.sticking == 1 || random.nextDouble() < kind.sticking) {
            site = landing(kind, random.nextInt(geometry.columnCount()));
        }
        if (site < 0) {
            event.of(kind.failed);
            event.clear();
            return false;
        }
        event.of(kind.process);
        event.change(site, kind.after);
        return true;
    }

    private Kind draw(UniformRandomProvider random) {
        double left = random.nextDouble() * ratePerSecond;
        Kind chosen = kinds[0];
        for (int k = 0; k < kinds.length && left >= 0; k++) {
            if (kinds[k].ratePerSecond > 0) {
                chosen = kinds[k];
                left -= chosen.ratePerSecond;
            }
        }
        return chosen;
    }

    /** Where a particle of the {@code k}-th arrival process of the catalogue stays in a column; −1 if nowhere. */
    int landing(int k, int column) {
        return landing(kinds[k], column);
    }

    private int landing(Kind kind, int column) {
        for (int step = kind.bounds.start(column); step >= 0; step--) {
            int site = geometry.columnSite(column, step);
            byte verdict = kind.verdicts[lattice.state(site)];
            if (verdict == STAYS) {
                kind.bounds.lower(column, step - 1);
                kind.bounds.stayed(step);
                return site;
            } else if (verdict == STOPS) {
                kind.bounds.lower(column, step);
                return -1;
            }
        }
        kind.bounds.lower(column, -1);
        return -1;
    }

    @Override
    public int followedFrom() {
        int from = Integer.MAX_VALUE;
        for (Bounds of : bounds) {
            from = Math.min(from, of.firstRecorded);
        }
        return from;
    }

    @Override
    public void follow(Event event) {
        for (Bounds of : bounds) {
            for (int m = 0; m < event.count; m++) {
                if (event.species[m] != of.passed) {
                    of.raise(event.sites[m]);
                }
            }
        }
    }

    /** For every column an upper bound of the highest site that does not hold the species that particles pass. */
    private final class Bounds {
        private final int passed;
        private final boolean fromTheTop;
        private final int steps = geometry.cellsZ();
        /** Steps up to and including the highest such site. A box may be higher than a char; the last value is then no bound. */
        private final char[] filled = new char[geometry.columnCount()];

        private final int[] around = new int[geometry.neighborCount()];

        /** Steps that are not recorded; sites with numbers below the second lie there. */
        private int floor;

        private int firstRecorded;
        /** Over as many particles as there are columns, about. */
        private double meanStep;

        Bounds(int passed, boolean fromTheTop) {
            this.passed = passed;
            this.fromTheTop = fromTheTop;
            makeAnew();
        }

        private void makeAnew() {
            double sum = 0;
            for (int column = 0; column < filled.length; column++) {
                int step = steps - 1;
                while (step >= 0 && lattice.species(geometry.columnSite(column, step)) == passed) {
                    step--;
                }
                filled[column] = bound(step);
                sum += step + 1;
            }
            meanStep = sum / filled.length;
            moveFloor((int) meanStep + MARGIN);
        }

        private void moveFloor(int to) {
            floor = Math.min(to, steps);
            firstRecorded = Integer.MAX_VALUE;
            if (floor < steps) {
                // Sites are numbered upwards: none at or above the floor comes before the first cell there.
                for (int basis = 0; basis < geometry.basisSize(); basis++) {
                    firstRecorded = Math.min(firstRecorded, geometry.site(0, 0, floor, basis));
                }
            }
        }

        /** Moves the floor with the surface. */
        void stayed(int step) {
            meanStep += (step - meanStep) / filled.length;
            int wanted = (int) meanStep + MARGIN;
            if (wanted > floor) {
                moveFloor(wanted);
            } else if (wanted + SUNKEN < floor) {
                makeAnew();
            }
        }

        private char bound(int step) {
            return (char) Math.min(step + 1, Character.MAX_VALUE);
        }

        void raise(int site) {
            if (site >= firstRecorded) {
                int column = geometry.column(site);
                int step = geometry.cellZ(site);
                if (step >= filled[column]) {
                    filled[column] = bound(step);
                }
            }
        }

        /** All sites of the column above {@code step} were seen to hold the species that is passed. */
        void lower(int column, int step) {
            filled[column] = bound(step);
        }

        /** A step of the column above which every site is among its like: a cell above the bounds of the columns near it. */
        int start(int column) {
            if (fromTheTop || steps < 3) {
                return steps - 1;
            }
            int highest = Math.max(floor, filled[column]);
            // In the middle of the box no neighbour is missing.
            geometry.neighbors(geometry.columnSite(column, steps / 2), around);
            for (int neighbor : around) {
                if (neighbor >= 0) {
                    highest = Math.max(highest, filled[geometry.column(neighbor)]);
                }
            }
            return highest >= Character.MAX_VALUE ? steps - 1 : Math.min(highest, steps - 1);
        }
    }
}
