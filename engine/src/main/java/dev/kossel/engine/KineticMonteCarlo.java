package dev.kossel.engine;

import dev.kossel.engine.process.Arrivals;
import dev.kossel.engine.process.Course;
import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.EventLoop;
import dev.kossel.engine.process.FirstPassage;
import dev.kossel.engine.process.Outside;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.process.Species;
import dev.kossel.engine.process.TopExchange;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.engine.select.WaitingTime;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.RandomProviderState;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.jspecify.annotations.Nullable;

/**
 * Rejection-free kinetic Monte Carlo: Bortz, Kalos and Lebowitz 1975 (doi 10.1016/0021-9991(75)90060-1), Gillespie 1976
 * (doi 10.1016/0021-9991(76)90041-3), with null events where a rate is known only by a bound.
 *
 * <p>One thread. A step allocates nothing. The trajectory depends on the initial state and the generator alone: neither
 * on a listener nor on how calls of {@link #advance} slice it, except where an end time clamps the clock.
 */
public final class KineticMonteCarlo {

    private SiteRates rates;
    private final RestorableUniformRandomProvider random;
    private final Course course;
    private final RandomWord word = new RandomWord();
    private final Event event = new Event();
    private final EventLoop.Attendant attendant = this::attend;
    private final LatticeGeometry geometry;
    private final SiteStates lattice;
    private final SpeciesSet spanning;
    private final Consequence[] consequences;
    private final Event[] further = {new Event(), new Event()};
    private final @Nullable EventListener listener;
    private final Outside[] outside;
    private final double outsideRate;

    private final @Nullable FirstPassage passages;
    private double nextOutsideSeconds = Double.POSITIVE_INFINITY;
    /** Of what comes from outside and of first passages, whichever is earlier. */
    private double nextAppointmentSeconds = Double.POSITIVE_INFINITY;

    private @Nullable EventLoop loop;
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
        course = new Course(watched);
        this.spanning = rates.table().geometry().layerCount() > 1 ? spanning : SpeciesSet.of();
        this.consequences = consequences.toArray(Consequence[]::new);
        this.listener = listener;
        lattice = rates.lattice();
        geometry = rates.table().geometry();
        outside = Stream.of(Arrivals.of(rates), TopExchange.of(rates))
                .filter(Objects::nonNull)
                .toArray(Outside[]::new);
        outsideRate = Arrays.stream(outside).mapToDouble(Outside::ratePerSecond).sum();
        passages = FirstPassage.of(rates);
        if (outside.length > 0) {
            awaitOutside();
        }
        findAppointment();
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
        course.allow(draws, watchedLimit);
        while (true) {
            double horizon = Math.min(endSeconds, nextAppointmentSeconds);
            switch (stretch(horizon)) {
                case DRAWS:
                    return Advance.DRAWS_MADE;
                case WATCHED:
                    return Advance.WATCHED_EVENTS_HAPPENED;
                case NOTHING:
                    if (nextAppointmentSeconds == Double.POSITIVE_INFINITY) {
                        return Advance.NOTHING_CAN_HAPPEN;
                    }
                    break;
                case UNDER_WAY:
                    // What has happened has moved the next appointment.
                    continue;
                default:
            }
            course.clampTo(horizon);
            if (horizon == endSeconds) {
                return Advance.TIME_REACHED;
            }
            keepAppointment();
        }
    }

    /** Goes on to the horizon or to a limit of the course: at a stretch where there is a loop for these rates, else step by step. */
    private Course.End stretch(double horizonSeconds) {
        if (loop == null && passages == null) {
            loop = rates.loop(course.events());
        }
        double appointment = nextAppointmentSeconds;
        Course.End end = course.end();
        while (end == Course.End.UNDER_WAY && nextAppointmentSeconds == appointment) {
            end = loop == null
                    ? step(horizonSeconds)
                    : loop.run(course, horizonSeconds, random, event, attendedFrom(), attendant);
        }
        return end;
    }

    /** One draw: the reference for {@link EventLoop}. */
    private Course.End step(double horizonSeconds) {
        double total = rates.totalRate();
        if (!(total > 0)) {
            return Course.End.NOTHING;
        }
        // First, as in the loop, where most waits for it.
        word.draw(random);
        double waiting = WaitingTime.next(random) / total;
        if (!(course.timeSeconds() + waiting <= horizonSeconds)) {
            return Course.End.HORIZON;
        }
        course.pass(waiting);
        if (rates.draw(word, random, event)) {
            happen();
        } else {
            course.countNull();
        }
        return course.end();
    }

    private void happen() {
        rates.apply(event);
        attend(event);
        course.count(event.process());
    }

    /** Sees to all that depends on an event. */
    private void attend(Event happened) {
        bringAbout(happened);
        keepUpWith(happened);
        if (listener != null) {
            listener.happened(course.timeSeconds(), happened);
        }
    }

    /** The lowest number of a site whose change {@link #attend} must see. */
    private int attendedFrom() {
        if (consequences.length > 0 || listener != null && listener.listens()) {
            return 0;
        }
        int from = geometry.firstOfTop();
        for (Outside of : outside) {
            from = Math.min(from, of.followedFrom());
        }
        return from;
    }

    /** Carries out what the event entails, and what that entails, until nothing more follows. */
    private void bringAbout(Event happened) {
        Event last = happened;
        for (int round = 0; consequences.length > 0 && last.count() > 0; round++) {
            Event next = further[round % 2];
            next.clear();
            for (Consequence consequence : consequences) {
                consequence.follow(last, next);
            }
            rates.apply(next);
            keepUpWith(next);
            last = next;
        }
    }

    private void keepUpWith(Event changes) {
        for (int m = 0; m < changes.count(); m++) {
            int site = changes.site(m);
            if (geometry.isInTopLayer(site) && spanning.contains(lattice.species(site)) && !topReached) {
                topReached = true;
                topReachedSeconds = course.timeSeconds();
            }
        }
        for (Outside of : outside) {
            of.follow(changes);
        }
        if (passages != null) {
            passages.follow(changes);
            findAppointment();
        }
    }

    private void findAppointment() {
        nextAppointmentSeconds = passages == null
                ? nextOutsideSeconds
                : Math.min(nextOutsideSeconds, passages.nextSeconds(course.timeSeconds()));
    }

    private void keepAppointment() {
        if (passages != null && passages.nextSeconds(course.timeSeconds()) < nextOutsideSeconds) {
            pass(passages);
        } else {
            comeIn();
        }
    }

    /** A lift or a landing: an event if it stands for hops. */
    private void pass(FirstPassage of) {
        of.draw(course.timeSeconds(), random, event);
        rates.apply(event);
        attend(event);
        if (event.process() >= 0) {
            course.count(event.process());
        }
    }

    /**
     * Puts all particles back on the lattice that are on a first passage, where they are now. For who looks at the lattice; what happens afterwards is another realisation of the same
     * process, so when this is done belongs to what a run is determined by. Nothing where there are no first passages.
     */
    public void recall() {
        if (passages != null) {
            passages.recall();
            while (passages.landingIsDue()) {
                pass(passages);
            }
            findAppointment();
        }
    }

    /** What comes from outside is a process of its own beside the selector's: the next attempt's time is known, and waiting is cut short there. */
    private void comeIn() {
        awaitOutside();
        Outside coming = outside[0];
        if (outside.length > 1 && random.nextDouble() * outsideRate >= coming.ratePerSecond()) {
            coming = outside[1];
        }
        if (coming.draw(random, event)) {
            happen();
        } else if (event.process() >= 0) {
            course.countNull(event.process());
        } else {
            course.countNull();
        }
    }

    private void awaitOutside() {
        nextOutsideSeconds = course.timeSeconds() + WaitingTime.next(random) / outsideRate;
        findAppointment();
    }

    /** Lets time pass without events, to {@code endSeconds}: what happens when nothing can. */
    public void idleUntil(double endSeconds) {
        refuseEarlier(endSeconds);
        course.clampTo(endSeconds);
    }

    private void refuseEarlier(double endSeconds) {
        if (!(endSeconds >= course.timeSeconds())) {
            throw new IllegalArgumentException("end time " + endSeconds + " s: expected no earlier than the present, "
                    + course.timeSeconds() + " s");
        }
    }

    public SiteRates rates() {
        return rates;
    }

    /**
     * Goes on with other rates of the same events, as where the temperature has changed. Waiting times have no memory, so this is exact at any moment. The factors are to be set anew.
     *
     * @param newRates on the lattice of this simulation, with the same processes
     */
    public void replaceRates(SiteRates newRates) {
        if (newRates.lattice() != lattice
                || newRates.table().stateCount() != rates.table().stateCount()) {
            throw new IllegalArgumentException("rates of another model: expected the same lattice and the same states");
        }
        rates = newRates;
        loop = null;
    }

    public double timeSeconds() {
        return course.timeSeconds();
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
        return course.events();
    }

    /**
     * Draws that changed nothing because the direction drawn was blocked or slower than its bound, and attempts from outside
     * that failed.
     */
    public long nullEvents() {
        return course.nullEvents();
    }

    /** Events of a process so far; of one that counts failed arrivals, these. */
    public long eventCount(int process) {
        return course.eventCount(process);
    }

    public void copyEventCounts(long[] out) {
        for (int process = 0; process < out.length; process++) {
            out[process] = course.eventCount(process);
        }
    }

    /**
     * Writes clock, counters, generator and the order of the selector's lists; the species of the sites are the
     * caller's to write.
     */
    public void save(DataOutput out) throws IOException {
        course.save(out);
        out.writeDouble(nextOutsideSeconds);
        out.writeBoolean(topReached);
        out.writeDouble(topReachedSeconds);
        byte[] state = generatorState();
        out.writeInt(state.length);
        out.write(state);
        rates.save(out);
        if (passages != null) {
            passages.save(out);
        }
    }

    /**
     * Restores what {@link #save} wrote into a simulation made for the same scenario, with the species and the factors
     * already in place.
     */
    public void restore(DataInput in) throws IOException {
        course.restore(in);
        nextOutsideSeconds = in.readDouble();
        topReached = in.readBoolean();
        topReachedSeconds = in.readDouble();
        byte[] state = new byte[in.readInt()];
        in.readFully(state);
        random.restoreState(new RandomProviderDefaultState(state));
        rates.restore(in);
        if (passages != null) {
            passages.restore(in);
        }
        findAppointment();
    }

    /** The generator's state, for checkpoints and the hash of a run. */
    public byte[] generatorState() {
        RandomProviderState state = random.saveState();
        return ((RandomProviderDefaultState) state).getState();
    }
}
