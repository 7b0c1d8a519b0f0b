package dev.kossel.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.kossel.engine.observe.Changes;
import dev.kossel.engine.observe.EventBatch;
import dev.kossel.engine.observe.EventObserver;
import dev.kossel.engine.observe.Sample;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventPipelineTest {

    private static final Lattice REFERENCE = new Lattice(LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 8, 8, 8));
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final byte[] species = new byte[REFERENCE.geometry().siteCount()];
    private final long[] counts = new long[2];
    private final double[] readings = new double[1];

    @AfterEach
    void shouldLeaveNoThread() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("kossel-"));
    }

    /** Keeps what it sees, and does something at each sample. */
    private static class Witness implements EventObserver {
        final String name;
        final boolean wantsEvents;
        final List<Long> indices = new ArrayList<>();
        final List<String> history = new ArrayList<>();
        final AtomicInteger closings = new AtomicInteger();

        Witness(String name, boolean wantsEvents) {
            this.name = name;
            this.wantsEvents = wantsEvents;
        }

        void at(Sample sample) throws Exception {}

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean wantsEvents() {
            return wantsEvents;
        }

        @Override
        public void onSample(Sample sample) throws IOException {
            try {
                at(sample);
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
            indices.add(sample.index());
            history.add("sample " + sample.index());
        }

        @Override
        public void onEvents(EventBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                history.add("event " + batch.site(i));
            }
        }

        @Override
        public void close() {
            closings.incrementAndGet();
        }
    }

    private EventPipeline start(EventObserver... observers) {
        return EventPipeline.start(REFERENCE, counts.length, readings.length, List.of(observers));
    }

    private void sample(EventPipeline pipeline, long index) {
        Arrays.fill(species, (byte) (index % 100));
        counts[0] = index;
        readings[0] = -index;
        pipeline.sample(index, index * 0.5, 2 * index, index, counts, readings, species, index % 2 == 0);
    }

    @Test
    void shouldHandOverCopiesThatStayWhatTheyWereWhileTheLoopGoesOn() {
        Witness slow = new Witness("slow", false) {
            @Override
            void at(Sample sample) throws Exception {
                Thread.sleep(1);
                for (int site = 0; site < sample.lattice().geometry().siteCount(); site++) {
                    assertThat(sample.lattice().species(site)).isEqualTo((int) (sample.index() % 100));
                }
                assertThat(sample.timeSeconds()).isEqualTo(sample.index() * 0.5);
                assertThat(sample.events()).isEqualTo(2 * sample.index());
                assertThat(sample.nullEvents()).isEqualTo(sample.index());
                assertThat(sample.eventCount(0)).isEqualTo(sample.index());
                assertThat(sample.reading(0)).isEqualTo(-sample.index());
                assertThat(sample.snapshot()).isEqualTo(sample.index() % 2 == 0);
            }
        };
        Witness quick = new Witness("quick", false);
        List<Long> expected = new ArrayList<>();
        try (EventPipeline pipeline = start(slow, quick)) {
            for (long index = 0; index < 2 * EventPipeline.RING_SIZE; index++) {
                sample(pipeline, index);
                expected.add(index);
            }
        }
        assertThat(slow.indices).isEqualTo(expected);
        assertThat(quick.indices).isEqualTo(expected);
    }

    /**
     * The loop tells its changes, now few, now so many that the log is lost, some sites again and again or back to what they were: observers see what a
     * whole copy shows, and each site that differs once.
     */
    @Test
    void shouldShowWhatACopyShowsWhereChangesAreHandedOver() {
        List<byte[]> expected = Collections.synchronizedList(new ArrayList<>());
        List<Boolean> known = new ArrayList<>();
        Witness witness = new Witness("witness", false) {
            private byte[] before = REFERENCE.speciesArray().clone();

            @Override
            void at(Sample sample) throws Exception {
                Thread.sleep(sample.index() % 3);
                byte[] now = new byte[before.length];
                List<Integer> differing = new ArrayList<>();
                for (int site = 0; site < now.length; site++) {
                    now[site] = (byte) sample.lattice().species(site);
                    if (now[site] != before[site]) {
                        differing.add(site);
                    }
                }
                assertThat(now).isEqualTo(expected.get((int) sample.index()));
                Changes changes = sample.changes();
                known.add(changes.known());
                if (changes.known()) {
                    List<Integer> told = new ArrayList<>();
                    for (int i = 0; i < changes.count(); i++) {
                        told.add(changes.site(i));
                        assertThat(changes.before(i)).isEqualTo(before[changes.site(i)]);
                    }
                    assertThat(told).containsExactlyInAnyOrderElementsOf(differing);
                }
                before = now;
            }
        };
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        int[] batches = {0, 5, 200, 256, 257, 0, 30, 5000, 12, 255, 1};
        int samples = 5 * batches.length;
        byte[] now = species.clone();
        try (EventPipeline pipeline = start(witness)) {
            for (int index = 0; index < samples; index++) {
                int[] sites = random.ints(batches[index % batches.length], 0, index % 2 == 0 ? 512 : 40)
                        .toArray();
                for (int site : sites) {
                    now[site] = (byte) random.nextInt(3);
                    pipeline.changed(site, now[site]);
                }
                expected.add(now.clone());
                byte[] loop = now;
                pipeline.sample(
                        index,
                        index,
                        index,
                        0,
                        counts,
                        readings,
                        (first, count, copy) -> System.arraycopy(loop, first, copy, 0, count),
                        false,
                        new double[0][]);
            }
        }
        assertThat(witness.indices).hasSize(samples);
        assertThat(known.get(0)).as("nothing was seen before").isFalse();
        assertThat(known.subList(1, samples)).contains(true);
    }

    @Test
    void shouldWaitWhileChangesAndFieldsTakeTooMuchMemory() {
        double[][] fields = new double[2][EventPipeline.LEAST_WAITING_BYTES / 8 / 8];
        int most = 4;
        AtomicInteger begun = new AtomicInteger();
        List<Integer> ahead = new ArrayList<>();
        Witness slow = new Witness("slow", false) {
            @Override
            void at(Sample sample) throws InterruptedException {
                Thread.sleep(20);
                ahead.add(begun.get() - (int) sample.index());
                assertThat(sample.field(1, 7)).isEqualTo((double) sample.index());
            }
        };
        try (EventPipeline pipeline = start(slow)) {
            for (int index = 0; index < 30; index++) {
                fields[1][7] = index;
                begun.incrementAndGet();
                pipeline.sample(index, 0, 0, 0, counts, readings, (first, count, species) -> {}, true, fields);
            }
        }
        // The one at work, as many as fit, and the one that waits to be the next.
        assertThat(ahead).hasSize(30).allMatch(samples -> samples <= most + 2);
        assertThat(ahead).anyMatch(samples -> samples > most);
    }

    @Test
    void shouldKeepEventsAndSamplesInOrder() {
        Witness witness = new Witness("witness", true);
        Witness indifferent = new Witness("indifferent", false);
        List<String> expected = new ArrayList<>();
        try (EventPipeline pipeline = start(witness, indifferent)) {
            int site = 0;
            for (int index = 0; index < 10; index++) {
                for (int i = 0; i < 700 * index; i++) {
                    pipeline.event(site, site, EventBatch.NO_TARGET, 0);
                    expected.add("event " + site++);
                }
                sample(pipeline, index);
                expected.add("sample " + index);
            }
            pipeline.event(site, site, EventBatch.NO_TARGET, 0);
            expected.add("event " + site);
        }
        assertThat(witness.history).isEqualTo(expected);
        assertThat(indifferent.history).hasSize(10).allMatch(line -> line.startsWith("sample"));
    }

    @Test
    void shouldMakeAllThatWasHandledVisibleAfterADrain() {
        Witness witness = new Witness("witness", true);
        try (EventPipeline pipeline = start(witness)) {
            pipeline.event(1, 7, EventBatch.NO_TARGET, 0);
            sample(pipeline, 0);
            pipeline.event(2, 8, EventBatch.NO_TARGET, 0);
            pipeline.drain();
            assertThat(witness.history).containsExactly("event 7", "sample 0", "event 8");
        }
    }

    @Test
    void shouldReportTheFirstFailureWithItsCauseAndServeTheOthersToTheEnd() {
        IOException full = new IOException("No space left on device");
        Witness broken = new Witness("broken", false) {
            @Override
            void at(Sample sample) throws IOException {
                if (sample.index() == 5) {
                    throw full;
                }
            }
        };
        Witness well = new Witness("well", false);
        EventPipeline pipeline = start(broken, well);
        int published = 0;
        ObserverFailedException failure = null;
        while (failure == null && published < 10_000) {
            int index = published;
            failure = catchThrowableOfType(ObserverFailedException.class, () -> sample(pipeline, index));
            published += failure == null ? 1 : 0;
        }
        assertThat(failure).hasMessage("observer 'broken' failed: java.io.IOException: No space left on device");
        assertThat(failure).hasCause(full);
        assertThatThrownBy(pipeline::drain).isInstanceOf(ObserverFailedException.class);
        assertThatThrownBy(pipeline::check).isInstanceOf(ObserverFailedException.class);
        assertThatCode(pipeline::close).as("reported before").doesNotThrowAnyException();
        assertThat(broken.indices).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(well.indices).hasSize(published);
        assertThat(broken.closings).hasValue(1);
        assertThat(well.closings).hasValue(1);
    }

    @Test
    void shouldReportAFailureAtCloseIfNobodyHasSeenItBefore() {
        Witness broken = new Witness("broken", false) {
            @Override
            void at(Sample sample) {
                throw new AssertionError("bug");
            }
        };
        EventPipeline pipeline = start(broken);
        sample(pipeline, 0);
        assertThatThrownBy(pipeline::close)
                .isInstanceOf(ObserverFailedException.class)
                .hasRootCauseMessage("bug");
        assertThatCode(pipeline::close).doesNotThrowAnyException();
    }

    @Test
    void shouldReportAnObserverThatCannotClose() {
        EventPipeline pipeline = start(new EventObserver() {
            @Override
            public String name() {
                return "half";
            }

            @Override
            public void close() throws IOException {
                throw new IOException("disk gone");
            }
        });
        assertThatThrownBy(pipeline::close).hasMessageContaining("observer 'half' failed to close");
    }

    @Test
    void shouldAddAFailureAtCloseToOneThrownInTheBody() {
        Witness broken = new Witness("broken", false) {
            @Override
            void at(Sample sample) {
                throw new IllegalStateException("bug");
            }
        };
        assertThatThrownBy(() -> {
                    try (EventPipeline pipeline = start(broken)) {
                        sample(pipeline, 0);
                        pipeline.drain();
                    }
                })
                .isInstanceOf(ObserverFailedException.class);
    }

    @Test
    void shouldGiveUpAnObserverThatIsStuckAndSayWhereItIs() {
        CountDownLatch never = new CountDownLatch(1);
        Witness stuck = new Witness("stuck", false) {
            @Override
            void at(Sample sample) throws InterruptedException {
                never.await();
            }
        };
        Witness well = new Witness("well", false);
        EventPipeline pipeline =
                EventPipeline.start(REFERENCE, counts.length, readings.length, List.of(stuck, well), PATIENCE);
        assertThatThrownBy(() -> {
                    for (int index = 0; index <= 2 * EventPipeline.RING_SIZE; index++) {
                        sample(pipeline, index);
                    }
                })
                .isInstanceOf(ObserverFailedException.class)
                .hasMessageStartingWith("observer 'stuck' is stuck: java.lang.IllegalStateException: nothing handled")
                .satisfies(e -> assertThat(e.getCause().getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("await")));
        pipeline.close();
        assertThat(well.indices).isNotEmpty();
    }

    @Test
    void shouldCloseTwiceAndRefuseToPublishAfterwards() {
        Witness witness = new Witness("witness", true);
        EventPipeline pipeline = start(witness);
        sample(pipeline, 0);
        pipeline.close();
        pipeline.close();
        assertThat(witness.closings).hasValue(1);
        assertThat(witness.indices).containsExactly(0L);
        assertThatIllegalStateException().isThrownBy(() -> sample(pipeline, 1)).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> pipeline.event(0, 0, 0, 0));
        assertThatIllegalStateException().isThrownBy(pipeline::drain);
    }

    @Test
    void shouldLoseNothingToAnInterruptAndLeaveItSet() {
        Witness slow = new Witness("slow", false) {
            @Override
            void at(Sample sample) throws InterruptedException {
                Thread.sleep(1);
            }
        };
        int samples = 2 * EventPipeline.RING_SIZE;
        try (EventPipeline pipeline = start(slow)) {
            Thread.currentThread().interrupt();
            for (int index = 0; index < samples; index++) {
                sample(pipeline, index);
            }
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(slow.indices).hasSize(samples);
    }

    @Test
    void shouldAllocateNothingPerEventAndWhatHasChangedPerSample() {
        AtomicBoolean seen = new AtomicBoolean();
        EventObserver sink = new EventObserver() {
            @Override
            public String name() {
                return "sink";
            }

            @Override
            public boolean wantsEvents() {
                return true;
            }

            @Override
            public void onEvents(EventBatch batch) {
                seen.set(batch.full());
            }
        };
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        try (EventPipeline pipeline = EventPipeline.start(REFERENCE, 2, 1, List.of(sink))) {
            publishMany(pipeline);
            pipeline.drain();
            long before = threads.getThreadAllocatedBytes(self);
            publishMany(pipeline);
            long allocated = threads.getThreadAllocatedBytes(self) - before;
            // 200,000 events and 40 samples of 512 changes, 5 bytes each, collected in lists that grow: any allocation
            // in the path of an event would be
            // megabytes. Sleeping waits may link a lambda or two.
            assertThat(allocated).isLessThan(40 * 512 * 5 * 6 + 20_000);
        }
        assertThat(seen).isTrue();
    }

    private void publishMany(EventPipeline pipeline) {
        for (int index = 0; index < 40; index++) {
            sample(pipeline, index);
            for (int i = 0; i < 5 * EventPipeline.BATCH_SIZE; i++) {
                pipeline.event(i, i, EventBatch.NO_TARGET, 0);
            }
            pipeline.loopNanos(1);
        }
    }

    @Test
    void shouldSaveAndRestoreObserversByName() throws IOException {
        class Counter extends Witness {
            int count;

            Counter(String name) {
                super(name, false);
            }

            @Override
            void at(Sample sample) {
                count++;
            }

            @Override
            public void save(DataOutput out) throws IOException {
                out.writeInt(count);
            }

            @Override
            public void restore(DataInput in) throws IOException {
                count = in.readInt();
            }
        }
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        try (EventPipeline pipeline = start(new Counter("a"), new Counter("gone"))) {
            sample(pipeline, 0);
            sample(pipeline, 1);
            pipeline.save(new DataOutputStream(saved));
        }
        Counter a = new Counter("a");
        Counter fresh = new Counter("fresh");
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved.toByteArray()));
        try (EventPipeline pipeline = start(fresh, a)) {
            pipeline.restore(in);
            sample(pipeline, 2);
        }
        assertThat(in.read()).as("read to the end").isEqualTo(-1);
        assertThat(a.count).isEqualTo(3);
        assertThat(fresh.count).isEqualTo(1);
    }

    @Test
    void shouldCostNothingWithoutObservers() {
        try (EventPipeline pipeline = start()) {
            sample(pipeline, 0);
            pipeline.event(0, 0, 0, 0);
            pipeline.drain();
            assertThat(pipeline.wantsEvents()).isFalse();
        }
    }

    @Test
    void shouldRefuseTwoObserversOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(new Witness("a", false), new Witness("a", true)))
                .withMessage("two observers are named 'a'");
    }

    @Test
    void shouldRefuseArraysOfTheWrongLengthAndGoOn() {
        Witness witness = new Witness("witness", false);
        try (EventPipeline pipeline = start(witness)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline.sample(0, 0, 0, 0, counts, readings, new byte[3], false))
                    .withMessage("species: 3 entries, but expected 512");
            sample(pipeline, 0);
        }
        assertThat(witness.indices).containsExactly(0L);
    }
}
