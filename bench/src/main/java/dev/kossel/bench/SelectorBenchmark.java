package dev.kossel.bench;

import dev.kossel.engine.select.CompositionRejectionSelector;
import dev.kossel.engine.select.DirectSelector;
import dev.kossel.engine.select.EventSelector;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.engine.select.SumTreeSelector;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The selectors under the load of surface diffusion: each event draws an item and moves {@value #MOVES} items around it
 * to a neighbouring class.
 *
 * <p>Class 0 is unlisted; the rates of the others fall by a constant factor from class to class over ten decades. An
 * item's walk over the classes is reflected at both ends, so that the population is stationary. {@link Kind#BASELINE}
 * is all of this without a selector: subtract it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SelectorBenchmark {

    static final int MOVES = 14;
    private static final double DECADES = 10;

    /** The selectors by the names of the parameter. */
    public enum Kind {
        BASELINE(NoSelector::new),
        RATE_CLASS(RateClassSelector::new),
        COMPOSITION_REJECTION(CompositionRejectionSelector::new),
        SUM_TREE(SumTreeSelector::new),
        DIRECT(DirectSelector::new);

        private final BiFunction<Integer, Integer, EventSelector> maker;

        Kind(BiFunction<Integer, Integer, EventSelector> maker) {
            this.maker = maker;
        }
    }

    @Param
    Kind kind;

    @Param({"1000", "10000", "100000", "1000000", "10000000", "100000000"})
    int items;

    @Param("60")
    int classes;

    /** Draws for each event: more than one where draws are rejected. */
    @Param("1")
    int draws;

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
    private final RandomWord word = new RandomWord();
    private final int[] neighbors = new int[MOVES];
    private EventSelector selector;
    private short[] classOf;
    private int here;

    @Setup
    public void fill() {
        double[] rates = new double[classes];
        for (int c = 1; c < classes; c++) {
            rates[c] = Math.pow(10, -DECADES * c / classes);
        }
        selector = kind.maker.apply(items, classes);
        selector.reweigh(rates);
        classOf = new short[items];
        for (int item = 0; item < items; item++) {
            classOf[item] = (short) random.nextInt(classes);
            if (classOf[item] != 0) {
                selector.move(item, 0, classOf[item]);
            }
        }
        // Seven items in a row and seven one layer up: the sites a hop touches.
        int layer = (int) Math.round(Math.pow(items, 2.0 / 3));
        for (int k = 0; k < MOVES; k++) {
            neighbors[k] = (k & 1) * layer + k / 2;
        }
    }

    /** One event: the total rate and a draw, as often as {@code draws} says, and {@value #MOVES} moves. */
    @Benchmark
    public double event() {
        double total = 0;
        int item = 0;
        for (int draw = 0; draw < draws; draw++) {
            total += selector.totalRate();
            item = select();
        }
        moveAround(item);
        return total;
    }

    private int select() {
        word.draw(random);
        return selector.select(word, random);
    }

    /** A move, without draws. */
    @Benchmark
    @OperationsPerInvocation(MOVES)
    public int move() {
        here += 7919;
        if (here >= items) {
            here %= items;
        }
        moveAround(here);
        return here;
    }

    /** The total rate and a draw where nothing has changed. */
    @Benchmark
    public double draw() {
        return selector.totalRate() + select();
    }

    private void moveAround(int center) {
        long directions = random.nextLong();
        for (int k = 0; k < MOVES; k++) {
            int item = center + neighbors[k];
            if (item >= items) {
                item -= items;
            }
            int from = classOf[item];
            int to = from + (int) (directions >>> k & 1) * 2 - 1;
            if (to < 0) {
                to = 1;
            } else if (to == classes) {
                to = classes - 2;
            }
            classOf[item] = (short) to;
            selector.move(item, from, to);
        }
    }
}
