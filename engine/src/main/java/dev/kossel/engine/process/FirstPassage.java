package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.ArrivalProcess;
import dev.kossel.engine.process.ElementaryProcess.FirstPassageProcess;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Takes particles that are far from everything over many hops at once, without a change in any statistics: first-passage kinetic Monte Carlo (Opplestrup et al. 2006, doi
 * 10.1103/PhysRevLett.97.230602) for walks on the simple cubic lattice, where it is exact.
 *
 * <p>The box is divided into blocks of a few sites. A particle whose block and all blocks around it, one or more rows of them, are empty but for itself is <em>lifted</em>: its site becomes
 * vacant, and the rows of blocks are its <em>domain</em>. On this lattice its three coordinates are walks in continuous time that know nothing of one another, so the moment at
 * which the first of them comes to the last layer but one of the domain, the face it comes to and the place on it follow from finite sums ({@link ConfinedWalk}). There it
 * <em>lands</em>, at that moment: one event for all the hops. If anything happens at a site of the domain before that, the particle lands at once, at a place drawn from where it may be given
 * that it has not come out. Up to its last hop it has seen, and been seen by, vacant sites of the domain alone, so until then neither knew of the other.
 *
 * <p>Lifted is what can do nothing but hop, evenly in all six directions. While lifted a particle is not on the lattice: {@link #recall} before looking.
 *
 * <p>A lift or a landing costs O(blocks of the domain + W²) for a domain W wide; all other events a look at two numbers of the block of each site that changes. 8 bytes a block. Not thread-safe.
 */
public final class FirstPassage {

    /** Sites along an edge of a block, about. */
    private static final int BLOCK = 3;
    /** Rows of empty blocks around that of the particle, at most. */
    private static final int MOST_ROWS = 4;

    private static final int NOBODY = -1;
    /** Of a block whose sites are of several types. */
    private static final int MIXED = -1;

    /** To which a probability, or a part of the time, is found. */
    private static final double EXACT = 1e-14;

    private final LatticeGeometry geometry;
    private final SiteStates lattice;
    private final RateTable table;
    /** By species, the process of its hops and that which counts its landings; −1 for what is not lifted. */
    private final int[] hopOf;

    private final int[] landingOf;

    private final int[] blocks = new int[3];
    private final int[][] blockOf = new int[3][];
    private final int[][] firstCell = new int[3][];
    private final int[] filled;
    private final int[] type;
    private final int[] owner;

    private final Map<Integer, ConfinedWalk> walks = new HashMap<>();
    private final Heap heap = new Heap();
    private Domain[] domains = new Domain[0];
    private int[] free = new int[16];
    private int freeCount;

    /** What is to happen before time goes on: sites to lift from (not negative), and domains to dissolve (−1 − number). */
    private int[] pending = new int[16];

    private int pendingCount;
    private int pendingDone;
    /** The domain that the event at hand is the lift of. */
    private int lifting = NOBODY;

    /** A particle that is lifted. */
    private static final class Domain {
        boolean active;
        int species;
        double rate;
        double start;
        double exit;
        int axis;
        boolean upper;
        /** Of the cell at the lower end, of the particle from there, and the upper end from there, along each axis. */
        final int[] from = new int[3];

        final int[] place = new int[3];
        final int[] width = new int[3];
        final int[] firstBlock = new int[3];
        int rows;
    }

    /** Those that a catalogue lifts; null if there are none. */
    public static @Nullable FirstPassage of(SiteRates rates) {
        boolean any = rates.table().catalog().processes().stream().anyMatch(FirstPassageProcess.class::isInstance);
        return any ? new FirstPassage(rates) : null;
    }

    private FirstPassage(SiteRates rates) {
        table = rates.table();
        lattice = rates.lattice();
        geometry = table.geometry();
        if (geometry.kind() != LatticeKind.SC || !geometry.orientation().equals("100") || rates instanceof LocalRates) {
            throw new IllegalArgumentException(
                    "first passages on " + geometry + ": expected sc(100) and rates that are everywhere alike");
        }
        List<ElementaryProcess> processes = table.catalog().processes();
        refuseFarSight(processes);
        hopOf = new int[table.catalog().species().size()];
        landingOf = new int[hopOf.length];
        Arrays.fill(hopOf, -1);
        for (int p = 0; p < processes.size(); p++) {
            if (processes.get(p) instanceof FirstPassageProcess landing) {
                for (int q = 0; q < processes.size(); q++) {
                    if (processes.get(q) instanceof PairProcess hop
                            && hop.name().equals(landing.hop())) {
                        hopOf[hop.before()] = q;
                        landingOf[hop.before()] = p;
                    }
                }
            }
        }
        int[] cells = {geometry.cellsX(), geometry.cellsY(), geometry.cellsZ()};
        for (int axis = 0; axis < 3; axis++) {
            blocks[axis] = Math.max(1, cells[axis] / BLOCK);
            blockOf[axis] = new int[cells[axis]];
            firstCell[axis] = new int[blocks[axis] + 1];
            for (int cell = 0; cell < cells[axis]; cell++) {
                blockOf[axis][cell] = (int) ((long) cell * blocks[axis] / cells[axis]);
                firstCell[axis][blockOf[axis][cell] + 1] = cell + 1;
            }
        }
        filled = new int[blocks[0] * blocks[1] * blocks[2]];
        type = new int[filled.length];
        owner = new int[filled.length];
        Arrays.fill(owner, NOBODY);
        Arrays.fill(type, Integer.MAX_VALUE);
        for (int site = 0; site < geometry.siteCount(); site++) {
            int block = block(site);
            filled[block] += lattice.species(site) == 0 ? 0 : 1;
            int of = lattice.siteType(site);
            type[block] = type[block] == Integer.MAX_VALUE || type[block] == of ? of : MIXED;
        }
    }

    /** What looks further than to the neighbours of a site would miss what is lifted. */
    private void refuseFarSight(List<ElementaryProcess> processes) {
        for (ElementaryProcess process : processes) {
            if (process instanceof ArrivalProcess) {
                throw new IllegalArgumentException(
                        "process " + process.name()
                                + " arrives in line of sight, which meets particles far from everything: do without first passages");
            }
        }
        for (PatternProcess.Entry entry : table.patternEntries()) {
            if (Math.max(Math.abs(entry.dx()), Math.max(Math.abs(entry.dy()), Math.abs(entry.dz()))) > 1.5) {
                throw new IllegalArgumentException(
                        "a pattern reaches further than to neighbours, which may meet particles far from everything: do without first passages");
            }
        }
    }

    private int block(int x, int y, int z) {
        return (z * blocks[1] + y) * blocks[0] + x;
    }

    private int block(int site) {
        return block(
                blockOf[0][geometry.cellX(site)], blockOf[1][geometry.cellY(site)], blockOf[2][geometry.cellZ(site)]);
    }

    /** When the next lift or landing is due, s: now, if that is {@code nowSeconds}; infinite if none is. */
    public double nextSeconds(double nowSeconds) {
        return pendingDone < pendingCount ? nowSeconds : heap.size == 0 ? Double.POSITIVE_INFINITY : heap.least();
    }

    /**
     * Draws what is due.
     *
     * @param nowSeconds {@link #nextSeconds}, to which time has come
     * @param event receives the change; its process is that which counts landings, −1 for what is only bookkeeping: a lift, or a landing before its time
     */
    public void draw(double nowSeconds, UniformRandomProvider random, Event event) {
        if (pendingDone < pendingCount) {
            int what = pending[pendingDone++];
            if (pendingDone == pendingCount) {
                pendingDone = 0;
                pendingCount = 0;
            }
            event.of(-1);
            if (what >= 0) {
                lift(what, nowSeconds, random, event);
            } else {
                land(-1 - what, nowSeconds, false, random, event);
            }
            return;
        }
        int due = heap.first();
        event.of(landingOf[domains[due].species]);
        land(due, nowSeconds, true, random, event);
    }

    /** Keeps up with an event that has been carried out, of whatever process, its own draws included. */
    public void follow(Event event) {
        for (int m = 0; m < event.count; m++) {
            int block = block(event.sites[m]);
            filled[block] += (event.before[m] == 0 ? 1 : 0) - (event.species[m] == 0 ? 1 : 0);
            int domain = owner[block];
            if (domain >= 0 && domain != lifting) {
                release(domain);
                add(-1 - domain);
            }
        }
        lifting = NOBODY;
        for (int m = 0; m < event.count; m++) {
            int site = event.sites[m];
            int species = event.species[m];
            if (hopOf[species] >= 0 && filled[block(site)] == 1 && rowsAround(site) > 0 && rate(site, species) > 0) {
                add(site);
            }
        }
    }

    /** Makes all that are lifted due to land now: when no {@linkplain #landingIsDue landing is due} any more, the lattice is what it would be without. */
    public void recall() {
        int kept = 0;
        for (int n = pendingDone; n < pendingCount; n++) {
            // A lift is an opportunity; there will be others.
            if (pending[n] < 0) {
                pending[kept++] = pending[n];
            }
        }
        pendingDone = 0;
        pendingCount = kept;
        for (int d = 0; d < domains.length; d++) {
            if (domains[d].active && heap.contains(d)) {
                release(d);
                add(-1 - d);
            }
        }
    }

    /** Whether a particle is to land before time goes on. Landings come before lifts. */
    public boolean landingIsDue() {
        return pendingDone < pendingCount && pending[pendingDone] < 0;
    }

    private void add(int what) {
        if (pendingCount == pending.length) {
            pending = Arrays.copyOf(pending, 2 * pendingCount);
        }
        pending[pendingCount++] = what;
    }

    // Domains

    /** Rows of empty blocks around that of a particle, which is alone in its own; 0 for none. */
    private int rowsAround(int site) {
        int x = blockOf[0][geometry.cellX(site)];
        int y = blockOf[1][geometry.cellY(site)];
        int z = blockOf[2][geometry.cellZ(site)];
        int here = block(x, y, z);
        int rows = 0;
        while (rows < MOST_ROWS && isEmpty(x, y, z, rows + 1, here)) {
            rows++;
        }
        return rows;
    }

    /** Whether the shell of blocks in a row is within the box, does not meet itself, and is empty, unclaimed and of one type. */
    private boolean isEmpty(int x, int y, int z, int row, int here) {
        int wide = 2 * row + 1;
        if (owner[here] >= 0
                || type[here] == MIXED
                || z - row < 0
                || z + row >= blocks[2]
                || wide > blocks[0]
                || wide > blocks[1]) {
            return false;
        }
        for (int k = z - row; k <= z + row; k++) {
            for (int j = y - row; j <= y + row; j++) {
                boolean side = Math.abs(k - z) == row || Math.abs(j - y) == row;
                for (int i = x - row; i <= x + row; i += side ? 1 : 2 * row) {
                    int block = block(Math.floorMod(i, blocks[0]), Math.floorMod(j, blocks[1]), k);
                    if (filled[block] != 0 || owner[block] >= 0 || type[block] != type[here]) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Hops of a particle per direction if it can do nothing else and all directions are alike; else 0. */
    private double rate(int site, int species) {
        int state = lattice.state(site);
        int rateClass = table.rateClass(state);
        int channel = table.firstChannel(rateClass);
        int hop = hopOf[species];
        if (table.firstChannel(rateClass + 1) - channel != 1
                || table.channelProcess(channel) != hop
                || table.factorOf(hop) != 0) {
            return 0;
        }
        CompiledProcess of = table.compiled(hop);
        double rate = of.rate(lattice, site, 0);
        for (int direction = 1; direction < of.directions(); direction++) {
            if (of.rate(lattice, site, direction) != rate) {
                return 0;
            }
        }
        return of.directions() == 6 ? rate : 0;
    }

    private void lift(int site, double now, UniformRandomProvider random, Event event) {
        int species = lattice.species(site);
        int rows = hopOf[species] >= 0 && filled[block(site)] == 1 ? rowsAround(site) : 0;
        double rate = rows == 0 ? 0 : rate(site, species);
        if (rate == 0) {
            // Something has come near at the same instant.
            event.clear();
            return;
        }
        int number = unused();
        Domain domain = domains[number];
        domain.active = true;
        domain.species = species;
        domain.rate = rate;
        domain.start = now;
        domain.rows = rows;
        int[] cell = {geometry.cellX(site), geometry.cellY(site), geometry.cellZ(site)};
        for (int axis = 0; axis < 3; axis++) {
            int first = Math.floorMod(blockOf[axis][cell[axis]] - rows, blocks[axis]);
            int cells = blockOf[axis].length;
            domain.firstBlock[axis] = first;
            domain.from[axis] = (firstCell[axis][first] + 1) % cells;
            domain.place[axis] = Math.floorMod(cell[axis] - domain.from[axis], cells);
            int last = (first + 2 * rows) % blocks[axis];
            domain.width[axis] = Math.floorMod(firstCell[axis][last + 1] - 2 - domain.from[axis], cells);
        }
        drawExit(domain, now, random);
        claim(domain, number);
        heap.add(number, domain.exit);
        lifting = number;
        event.change(site, 0);
    }

    private int unused() {
        if (freeCount == 0) {
            int old = domains.length;
            domains = Arrays.copyOf(domains, Math.max(16, 2 * old));
            free = Arrays.copyOf(free, domains.length);
            for (int d = domains.length - 1; d >= old; d--) {
                domains[d] = new Domain();
                free[freeCount++] = d;
            }
        }
        return free[--freeCount];
    }

    private void claim(Domain domain, int by) {
        int wide = 2 * domain.rows + 1;
        for (int k = 0; k < wide; k++) {
            for (int j = 0; j < wide; j++) {
                for (int i = 0; i < wide; i++) {
                    int block = block(
                            (domain.firstBlock[0] + i) % blocks[0],
                            (domain.firstBlock[1] + j) % blocks[1],
                            domain.firstBlock[2] + k);
                    owner[block] = by;
                }
            }
        }
    }

    /** Gives the blocks of a domain up and takes it from those that wait. */
    private void release(int number) {
        claim(domains[number], NOBODY);
        heap.remove(number);
    }

    private ConfinedWalk walk(Domain domain, int axis) {
        return walks.computeIfAbsent(domain.width[axis], ConfinedWalk::new);
    }

    /**
     * Draws the moment and the face of the exit: the survival S_x S_y S_z at the moment is evenly distributed on (0, 1], and the axis that ends it is drawn in proportion to −d ln S/dt.
     */
    private void drawExit(Domain domain, double now, UniformRandomProvider random) {
        double sought = -Math.log(1 - random.nextDouble());
        double time = solve(domain, sought);
        double[] hazard = new double[3];
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            ConfinedWalk walk = walk(domain, axis);
            int start = domain.place[axis];
            hazard[axis] = (walk.lowerFlux(start, time) + walk.upperFlux(start, time)) / walk.survival(start, time);
            sum += hazard[axis];
        }
        double left = random.nextDouble() * sum;
        int axis = 0;
        while (axis < 2 && left >= hazard[axis]) {
            left -= hazard[axis++];
        }
        ConfinedWalk walk = walk(domain, axis);
        double lower = walk.lowerFlux(domain.place[axis], time);
        double upper = walk.upperFlux(domain.place[axis], time);
        domain.axis = axis;
        domain.upper = random.nextDouble() * (lower + upper) >= lower;
        domain.exit = now + time / domain.rate;
    }

    /** The time, in hops per direction, at which −ln of the survival is {@code sought}: Newton's method kept inside a bracket. */
    private double solve(Domain domain, double sought) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double time = Math.max(1, sought) * domain.width[2];
        while (true) {
            double lnSurvival = 0;
            double hazard = 0;
            for (int axis = 0; axis < 3; axis++) {
                ConfinedWalk walk = walk(domain, axis);
                int start = domain.place[axis];
                double survival = Math.max(walk.survival(start, time), Double.MIN_NORMAL);
                lnSurvival += Math.log(survival) - walk.slowest() * time;
                hazard += (walk.lowerFlux(start, time) + walk.upperFlux(start, time)) / survival;
            }
            double excess = -lnSurvival - sought;
            if (excess > 0) {
                high = time;
            } else {
                low = time;
            }
            double next = time - excess / hazard;
            if (!(next > low && next < high)) {
                next = high == Double.POSITIVE_INFINITY ? 2 * time : (low + high) / 2;
            }
            if (Math.abs(excess) <= EXACT || Math.abs(next - time) <= EXACT * time) {
                return next;
            }
            time = next;
        }
    }

    private void land(int number, double now, boolean atExit, UniformRandomProvider random, Event event) {
        Domain domain = domains[number];
        if (atExit) {
            release(number);
        }
        int[] cell = new int[3];
        double time = (now - domain.start) * domain.rate;
        for (int axis = 0; axis < 3; axis++) {
            int place = atExit && axis == domain.axis
                    ? domain.upper ? domain.width[axis] : 0
                    : walk(domain, axis).place(domain.place[axis], time, random);
            cell[axis] = (domain.from[axis] + place) % blockOf[axis].length;
        }
        domain.active = false;
        free[freeCount++] = number;
        event.change(geometry.site(cell[0], cell[1], cell[2], 0), domain.species);
    }

    // Restart

    /** Writes all that are lifted; their sites are vacant in the lattice that is saved. */
    public void save(DataOutput out) throws IOException {
        out.writeInt(domains.length);
        for (Domain domain : domains) {
            out.writeBoolean(domain.active);
            if (domain.active) {
                write(domain, out);
            }
        }
        for (int d = 0; d < domains.length; d++) {
            out.writeBoolean(heap.contains(d));
        }
        out.writeInt(freeCount);
        for (int n = 0; n < freeCount; n++) {
            out.writeInt(free[n]);
        }
        out.writeInt(pendingCount - pendingDone);
        for (int n = pendingDone; n < pendingCount; n++) {
            out.writeInt(pending[n]);
        }
    }

    private static void write(Domain domain, DataOutput out) throws IOException {
        out.writeInt(domain.species);
        out.writeDouble(domain.rate);
        out.writeDouble(domain.start);
        out.writeDouble(domain.exit);
        out.writeInt(domain.axis);
        out.writeBoolean(domain.upper);
        out.writeInt(domain.rows);
        for (int axis = 0; axis < 3; axis++) {
            out.writeInt(domain.from[axis]);
            out.writeInt(domain.place[axis]);
            out.writeInt(domain.width[axis]);
            out.writeInt(domain.firstBlock[axis]);
        }
    }

    /** Restores what {@link #save} wrote. */
    public void restore(DataInput in) throws IOException {
        domains = new Domain[in.readInt()];
        free = new int[Math.max(16, domains.length)];
        for (int d = 0; d < domains.length; d++) {
            domains[d] = new Domain();
            domains[d].active = in.readBoolean();
            if (domains[d].active) {
                read(domains[d], in);
            }
        }
        for (int d = 0; d < domains.length; d++) {
            if (in.readBoolean()) {
                claim(domains[d], d);
                heap.add(d, domains[d].exit);
            }
        }
        freeCount = in.readInt();
        for (int n = 0; n < freeCount; n++) {
            free[n] = in.readInt();
        }
        int waiting = in.readInt();
        for (int n = 0; n < waiting; n++) {
            add(in.readInt());
        }
    }

    private static void read(Domain domain, DataInput in) throws IOException {
        domain.species = in.readInt();
        domain.rate = in.readDouble();
        domain.start = in.readDouble();
        domain.exit = in.readDouble();
        domain.axis = in.readInt();
        domain.upper = in.readBoolean();
        domain.rows = in.readInt();
        for (int axis = 0; axis < 3; axis++) {
            domain.from[axis] = in.readInt();
            domain.place[axis] = in.readInt();
            domain.width[axis] = in.readInt();
            domain.firstBlock[axis] = in.readInt();
        }
    }

    /** Numbers by their times, the earliest first: a binary heap from which any can be taken. */
    private static final class Heap {
        private int[] items = new int[16];
        private double[] times = new double[16];
        private int[] placeOf = new int[16];
        private int size;

        Heap() {
            Arrays.fill(placeOf, -1);
        }

        double least() {
            return times[items[0]];
        }

        int first() {
            return items[0];
        }

        boolean contains(int item) {
            return item < placeOf.length && placeOf[item] >= 0;
        }

        void add(int item, double time) {
            if (item >= placeOf.length) {
                int old = placeOf.length;
                placeOf = Arrays.copyOf(placeOf, Math.max(2 * old, item + 1));
                Arrays.fill(placeOf, old, placeOf.length, -1);
                times = Arrays.copyOf(times, placeOf.length);
                items = Arrays.copyOf(items, placeOf.length);
            }
            times[item] = time;
            put(size++, item);
            up(placeOf[item]);
        }

        void remove(int item) {
            int place = placeOf[item];
            placeOf[item] = -1;
            int last = items[--size];
            if (last != item) {
                put(place, last);
                up(place);
                down(placeOf[last]);
            }
        }

        private void put(int place, int item) {
            items[place] = item;
            placeOf[item] = place;
        }

        private void up(int from) {
            int place = from;
            int item = items[place];
            while (place > 0 && times[items[(place - 1) / 2]] > times[item]) {
                put(place, items[(place - 1) / 2]);
                place = (place - 1) / 2;
            }
            put(place, item);
        }

        private void down(int from) {
            int place = from;
            int item = items[place];
            while (2 * place + 1 < size) {
                int child = 2 * place + 1;
                if (child + 1 < size && times[items[child + 1]] < times[items[child]]) {
                    child++;
                }
                if (times[items[child]] >= times[item]) {
                    break;
                }
                put(place, items[child]);
                place = child;
            }
            put(place, item);
        }
    }
}
