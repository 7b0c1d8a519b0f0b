package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

    private static final int STATE_BYTES = 300_000;

    @TempDir
    private Path directory;

    private CheckpointStore store;

    @BeforeEach
    void open() {
        store = new CheckpointStore(directory);
    }

    private static byte[] state(int number) {
        byte[] state = new byte[STATE_BYTES];
        RandomSource.XO_SHI_RO_256_PP.create((long) number).nextBytes(state, 0, STATE_BYTES / 10);
        return state;
    }

    private void write(int number) throws IOException {
        store.write(out -> {
            out.writeInt(number);
            out.write(state(number));
        });
    }

    private List<Integer> load() throws IOException {
        List<Integer> loaded = new ArrayList<>();
        store.load(in -> {
            int number = in.readInt();
            byte[] state = new byte[STATE_BYTES];
            in.readFully(state);
            assertThat(Arrays.equals(state, state(number)))
                    .as("state " + number)
                    .isTrue();
            assertThat(in.read()).isEqualTo(-1);
            loaded.add(number);
        });
        return loaded;
    }

    @Test
    void shouldLoadTheNewestAndKeepTheOneBefore() throws IOException {
        assertThat(store.load(in -> {})).isEqualTo(OptionalLong.empty());
        for (int number = 0; number < 5; number++) {
            write(number);
            assertThat(load()).containsExactly(number);
        }
        assertThat(store.generations()).containsExactly(4L, 3L);
    }

    @Test
    void shouldFallBackToTheGenerationBeforeWhereverTheNewestIsCutOrFlipped() throws IOException {
        write(1);
        write(2);
        Path newest = directory.resolve("000001.ckpt");
        byte[] intact = Files.readAllBytes(newest);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(42L);
        for (int trial = 0; trial < 300; trial++) {
            byte[] damaged = intact.clone();
            int at = trial < 40 ? trial : random.nextInt(damaged.length);
            if (trial % 3 == 0) {
                damaged = Arrays.copyOf(damaged, at);
            } else {
                damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(newest, damaged);
            assertThat(load()).as("byte " + at + ", trial " + trial).containsExactly(1);
        }
        Files.write(newest, Arrays.copyOf(intact, intact.length + 1));
        assertThat(load()).containsExactly(1);
        Files.write(newest, intact);
        assertThat(load()).containsExactly(2);
    }

    @Test
    void shouldSayWhatIsWrongWithEachGenerationIfNoneIsIntact() throws IOException {
        write(1);
        write(2);
        Files.write(directory.resolve("000000.ckpt"), new byte[10]);
        byte[] newest = Files.readAllBytes(directory.resolve("000001.ckpt"));
        newest[newest.length / 2] ^= 1;
        Files.write(directory.resolve("000001.ckpt"), newest);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageEndingWith("no intact checkpoint: 000001.ckpt has a damaged body; "
                        + "000000.ckpt is too short to be a checkpoint");
    }

    @Test
    void shouldReplaceADamagedGenerationInsteadOfKeepingIt() throws IOException {
        for (int number = 1; number <= 2; number++) {
            write(number);
        }
        for (String damaged : List.of("000001.ckpt", "000002.ckpt")) {
            Files.write(directory.resolve(damaged), new byte[500]);
        }
        store = new CheckpointStore(directory);
        assertThat(load()).containsExactly(1);
        write(3);
        assertThat(store.generations()).containsExactly(1L, 0L);
        Files.write(directory.resolve("000001.ckpt"), new byte[0]);
        assertThat(load()).as("two intact ones were kept").containsExactly(1);
    }

    @Test
    void shouldLeaveTheGenerationsAloneIfWritingFails() throws IOException {
        write(1);
        assertThatIOException()
                .isThrownBy(() -> store.write(out -> {
                    out.write(state(2));
                    throw new IOException("No space left on device");
                }));
        assertThat(load()).containsExactly(1);
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shouldIgnoreWhatAKilledWriteHasLeft() throws IOException {
        write(1);
        Files.write(directory.resolve(".000001.ckpt.tmp"), new byte[77]);
        assertThat(load()).containsExactly(1);
        write(2);
        assertThat(load()).containsExactly(2);
    }

    @Test
    void shouldNotRestoreTheGenerationBeforeBecauseItsReaderFails() throws IOException {
        write(1);
        write(2);
        assertThatIOException()
                .isThrownBy(() -> store.load(in -> {
                    throw new IOException("of another scenario");
                }))
                .withMessage("of another scenario");
    }
}
