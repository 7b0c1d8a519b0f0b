package dev.kossel.engine;

import dev.kossel.engine.process.Arrivals;
import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.EventSource;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.process.Species;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.RandomProviderState;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.jspecify.annotations.Nullable;

/**
 * Rejection-free kinetic Monte Carlo: Bortz, Kalos and Lebowitz 1975 (doi 10.1016/0021-9991(75)90060-1), Gillespie 1976
 * (doi 10.1016/0021-9991(76)90041-3), with null events where a rate is known only by a bound.
 *
 * <p>One thread. A step allocates nothing. The trajectory depends on the initial state and the generator alone: neither
 * on a listener nor on how calls of {@link #advance} slice it, except where an end time clamps the clock.
 */
public final class KineticMonteCarlo {

    /** So many events take less time than to compile loops anew. */
    private static final long EVENTS_OF_A_LONG_RUN = 1_000_000;

    private final SiteRates rates;
    private final RestorableUniformRandomProvider random;
    private final ContinuousSampler exponential;
    private final SimulationClock clock = new SimulationClock();
    private final Event event = new Event();
    private final long[] eventCounts;
    private final boolean[] watched;
    private final LatticeGeometry geometry;
    private final SiteStates lattice;
    private final SpeciesSet spanning;
    private final Consequence[] consequences;
    private final Event[] further = {new Event(), new Event()};
    private final @Nullable EventListener listener;
    private final @Nullable Arrivals arrivals;

    private double nextArrivalSeconds = Double.POSITIVE_INFINITY;
    private EventSource source;
    private boolean specialised;
    private long events;
    private long nullEvents;
    private long watchedEvents;
    private boolean topReached;
    private double topReachedSeconds;

    /** A loop whose events entail nothing, with all metals spanning. */
    public KineticMonteCarlo(
            SiteRates rates,
            RestorableUniformRandomProvider random,
            boolean[] watched,
            @Nullable EventListener listener) {
        this(rates, random, watched, metals(rates.table().catalog().species()), List.of(), listener);
    }

    /**
     * @param rates the lattice and what can happen on it
     * @param random the run's only generator
     * @param watched which processes count as watched, one entry a process
     * @param spanning the species of which {@link #topReached} tells
     * @param consequences what events entail, in the order in which it is asked for
     * @param listener told of every event, or null
     */
    public KineticMonteCarlo(
            SiteRates rates,
            RestorableUniformRandomProvider random,
            boolean[] watched,
            SpeciesSet spanning,
            List<Consequence> consequences,
            @Nullable EventListener listener) {
        this.rates = rates;
        this.random = random;
        this.watched = watched.clone();
        this.spanning = rates.table().geometry().layerCount() > 1 ? spanning : SpeciesSet.of();
        this.consequences = consequences.toArray(Consequence[]::new);
        this.listener = listener;
        source = rates;
        lattice = rates.lattice();
        geometry = rates.table().geometry();
        exponential = ZigguratSampler.Exponential.of(random);
        eventCounts = new long[rates.table().processCount()];
        arrivals = Arrivals.of(rates);
        if (arrivals != null) {
            awaitArrival(arrivals);
        }
    }

    private static SpeciesSet metals(List<Species> species) {
        return SpeciesSet.of(IntStream.range(0, species.size())
                .filter(s -> species.get(s).phase() == Phase.METAL)
                .toArray());
    }

    /**
     * Runs until the clock reaches {@code endSeconds}, {@code draws} draws are made, or {@code watchedLimit} watched
     * events have happened, whichever comes first. An event that would fall after the end does not happen: the clock is
     * set to the end, which is exact because waiting times have no memory.
     *
     * @param endSeconds not before the present time
     * @param draws at most so many, null events included
     * @param watchedLimit at least 1
     */
    public Advance advance(double endSeconds, long draws, long watchedLimit) {
        refuseEarlier(endSeconds);
        long watchedBefore = watchedEvents;
        specialiseOnceLong();
        for (long draw = 0; draw < draws; draw++) {
            double total = source.totalRate();
            if (!(total > 0) && nextArrivalSeconds == Double.POSITIVE_INFINITY) {
                return Advance.NOTHING_CAN_HAPPEN;
            }
            if (!step(total, endSeconds)) {
                return Advance.TIME_REACHED;
            }
            if (watchedEvents - watchedBefore >= watchedLimit) {
                return Advance.WATCHED_EVENTS_HAPPENED;
            }
        }
        return Advance.DRAWS_MADE;
    }

    /** A long run has loops compiled for it alone. They do the same, so it does not matter when. */
    private void specialiseOnceLong() {
        if (!specialised && events >= EVENTS_OF_A_LONG_RUN) {
            specialised = true;
            source = rates.specialised();
        }
    }

    private boolean step(double totalRate, double endSeconds) {
        double waiting = exponential.sample() / totalRate;
        double horizon = Math.min(endSeconds, nextArrivalSeconds);
        if (!(clock.timeSeconds() + waiting <= horizon)) {
            clock.clampTo(horizon);
            return horizon < endSeconds && arrive();
        }
        clock.advance(waiting);
        if (!source.draw(random, event)) {
            nullEvents++;
            return true;
        }
        happen();
        return true;
    }

    private void happen() {
        source.apply(event);
        bringAbout();
        count();
    }

    /** Carries out what the event entails, and what that entails, until nothing more follows. */
    private void bringAbout() {
        Event last = event;
        for (int round = 0; consequences.length > 0 && last.count() > 0; round++) {
            Event next = further[round % 2];
            next.clear();
            for (Consequence consequence : consequences) {
                consequence.follow(last, next);
            }
            source.apply(next);
            keepUpWith(next);
            last = next;
        }
    }

    private void keepUpWith(Event changes) {
        for (int m = 0; m < changes.count(); m++) {
            int site = changes.site(m);
            if (geometry.isInTopLayer(site) && spanning.contains(lattice.species(site)) && !topReached) {
                topReached = true;
                topReachedSeconds = clock.timeSeconds();
            }
        }
        if (arrivals != null) {
            arrivals.follow(changes);
        }
    }

    /** Arrivals are a process of their own beside the selector's: the next one's time is known, and waiting is cut short there. */
    private boolean arrive() {
        Arrivals coming = Objects.requireNonNull(arrivals);
        awaitArrival(coming);
        if (coming.draw(random, event)) {
            happen();
        } else {
            nullEvents++;
            if (event.process() >= 0) {
                eventCounts[event.process()]++;
            }
        }
        return true;
    }

    private void awaitArrival(Arrivals coming) {
        nextArrivalSeconds = clock.timeSeconds() + exponential.sample() / coming.ratePerSecond();
    }

    private void count() {
        int process = event.process();
        events++;
        eventCounts[process]++;
        if (watched[process]) {
            watchedEvents++;
        }
        keepUpWith(event);
        if (listener != null) {
            listener.happened(clock.timeSeconds(), event);
        }
    }

    /** Lets time pass without events, to {@code endSeconds}: what happens when nothing can. */
    public void idleUntil(double endSeconds) {
        refuseEarlier(endSeconds);
        clock.clampTo(endSeconds);
    }

    private void refuseEarlier(double endSeconds) {
        if (!(endSeconds >= clock.timeSeconds())) {
            throw new IllegalArgumentException("end time " + endSeconds + " s: expected no earlier than the present, "
                    + clock.timeSeconds() + " s");
        }
    }

    public SiteRates rates() {
        return rates;
    }

    public double timeSeconds() {
        return clock.timeSeconds();
    }

    /**
     * Whether a spanning species has come into the top layer of the box since the last {@link #forgetTop}; never in a
     * two-dimensional lattice.
     */
    public boolean topReached() {
        return topReached;
    }

    /** When that was, s; of no meaning where it was not. */
    public double topReachedSeconds() {
        return topReachedSeconds;
    }

    public void forgetTop() {
        topReached = false;
    }

    /** Events so far, null events not counted. */
    public long events() {
        return events;
    }

    /**
     * Draws that changed nothing because the direction drawn was blocked or slower than its bound, and arrivals that
     * failed.
     */
    public long nullEvents() {
        return nullEvents;
    }

    /** Events of a process so far; of one that counts failed arrivals, these. */
    public long eventCount(int process) {
        return eventCounts[process];
    }

    public void copyEventCounts(long[] out) {
        System.arraycopy(eventCounts, 0, out, 0, eventCounts.length);
    }

    /**
     * Writes clock, counters, generator and the order of the selector's lists; the species of the sites are the
     * caller's to write.
     */
    public void save(DataOutput out) throws IOException {
        out.writeDouble(clock.sum());
        out.writeDouble(clock.carry());
        out.writeDouble(nextArrivalSeconds);
        out.writeLong(events);
        out.writeLong(nullEvents);
        out.writeLong(watchedEvents);
        out.writeBoolean(topReached);
        out.writeDouble(topReachedSeconds);
        for (long count : eventCounts) {
            out.writeLong(count);
        }
        byte[] state = generatorState();
        out.writeInt(state.length);
        out.write(state);
        rates.save(out);
    }

    /**
     * Restores what {@link #save} wrote into a simulation made for the same scenario, with the species and the factors
     * already in place.
     */
    public void restore(DataInput in) throws IOException {
        clock.set(in.readDouble(), in.readDouble());
        nextArrivalSeconds = in.readDouble();
        events = in.readLong();
        nullEvents = in.readLong();
        watchedEvents = in.readLong();
        topReached = in.readBoolean();
        topReachedSeconds = in.readDouble();
        for (int process = 0; process < eventCounts.length; process++) {
            eventCounts[process] = in.readLong();
        }
        byte[] state = new byte[in.readInt()];
        in.readFully(state);
        random.restoreState(new RandomProviderDefaultState(state));
        rates.restore(in);
    }

    /** The generator's state, for checkpoints and the hash of a run. */
    public byte[] generatorState() {
        RandomProviderState state = random.saveState();
        return ((RandomProviderDefaultState) state).getState();
    }
}
