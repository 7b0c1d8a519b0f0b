package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** What is compressed is held against what zlib makes of it again. */
class WordDeflaterTest {

    private static final int ROW = 96;

    private final WordDeflater deflater = new WordDeflater();

    @Test
    void anyNumberOfBytesComesBack() throws DataFormatException {
        byte[] bytes = new byte[64];
        new Random(1).nextBytes(bytes);
        for (int length = 0; length <= bytes.length; length++) {
            comesBack(Arrays.copyOf(bytes, length));
            comesBack(new byte[length]);
        }
    }

    @Test
    void whatCannotBeCompressedComesBackWithHardlyMore() throws DataFormatException {
        byte[] bytes = new byte[200_003];
        new Random(2).nextBytes(bytes);
        assertThat(comesBack(bytes)).isLessThan(bytes.length * 101 / 100);
    }

    @Test
    void numbersOfFewBytesOfAnyKindComeBack() throws DataFormatException {
        Random random = new Random(3);
        for (int values = 1; values <= 300; values += 1 + values / 8) {
            ByteBuffer numbers = numbers(30_000);
            while (numbers.hasRemaining()) {
                numbers.putInt(random.nextInt(values) * 0x01010301);
            }
            comesBack(numbers.array());
        }
    }

    /** Each byte comes 1.6 times as often as the one before: the code that fits best would be longer than is allowed. */
    @Test
    void codesAreNoLongerThanAllowed() throws DataFormatException {
        Random random = new Random(4);
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (Math.log(random.nextDouble()) / Math.log(1 / 1.618));
        }
        // Bytes of all kinds, so that there are not only references to numbers.
        for (int i = 0; i < bytes.length; i += 4) {
            bytes[i] ^= (byte) (i >> 2);
        }
        comesBack(bytes);
        for (int i = 1, byteValue = 0, count = 1; i + count < bytes.length && byteValue < 30; byteValue++) {
            Arrays.fill(bytes, i, i + count, (byte) byteValue);
            i += count;
            count = (int) Math.ceil(count * 1.618);
        }
        shuffle(bytes, random);
        comesBack(bytes);
    }

    private static void shuffle(byte[] bytes, Random random) {
        for (int i = bytes.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            byte other = bytes[j];
            bytes[j] = bytes[i];
            bytes[i] = other;
        }
    }

    /** The same far back as the reach allows, and a number farther. */
    @Test
    void repetitionsAreFoundAsFarBackAsAllowed() throws DataFormatException {
        for (int period : new int[] {8190, 8191, 8192, 8193}) {
            ByteBuffer numbers = numbers(4 * period);
            for (int i = 0; numbers.hasRemaining(); i++) {
                numbers.putInt(i % period * 0x1234567);
            }
            comesBack(numbers.array());
        }
    }

    @Test
    void arraysOfASnapshotAreAboutAsSmallAsByZlib() throws DataFormatException {
        Random random = new Random(5);
        ByteBuffer positions = numbers(3 * 5 * ROW * ROW);
        ByteBuffer ranks = numbers(5 * ROW * ROW);
        ByteBuffer times = numbers(5 * ROW * ROW);
        ByteBuffer species = ByteBuffer.allocate(5 * ROW * ROW);
        for (int i = 0; ranks.hasRemaining() && i < 6 * ROW * ROW; i++) {
            boolean vacant = i > 3 * ROW * ROW && random.nextInt(3) == 0;
            if (!vacant) {
                positions.putFloat(i % ROW * 0.4291f);
                positions.putFloat(i / ROW % ROW * 0.4291f);
                positions.putFloat(i / ROW / ROW * 0.4291f);
                ranks.putInt(i);
                times.putFloat(0.07f * (i / ROW / ROW + random.nextInt(3)));
                species.put((byte) (1 + random.nextInt(50) / 49));
            }
        }
        for (ByteBuffer array : new ByteBuffer[] {positions, ranks, times, species}) {
            byte[] bytes = Arrays.copyOf(array.array(), array.position());
            assertThat(comesBack(bytes)).isLessThan(zlibBytes(bytes) * 5 / 4);
        }
    }

    private static ByteBuffer numbers(int count) {
        return ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int zlibBytes(byte[] bytes) {
        Deflater zlib = new Deflater(Deflater.BEST_SPEED);
        zlib.setInput(bytes);
        zlib.finish();
        int size = zlib.deflate(new byte[2 * bytes.length]);
        zlib.end();
        return size;
    }

    /** Returns how many bytes it took. */
    private int comesBack(byte[] bytes) throws DataFormatException {
        byte[] compressed = new byte[WordDeflater.mostBytes(bytes.length)];
        int size = deflater.deflate(bytes, bytes.length, compressed);
        Inflater inflater = new Inflater();
        inflater.setInput(compressed, 0, size);
        byte[] back = new byte[bytes.length];
        int done = 0;
        while (!inflater.finished() && done < back.length) {
            int more = inflater.inflate(back, done, back.length - done);
            assertThat(more).isPositive();
            done += more;
        }
        // The checksum is read behind the last byte.
        inflater.inflate(new byte[1]);
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getRemaining()).isZero();
        inflater.end();
        assertThat(back).isEqualTo(bytes);
        return size;
    }
}
