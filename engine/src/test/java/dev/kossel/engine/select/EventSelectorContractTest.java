package dev.kossel.engine.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link EventSelector} must do.
 *
 * <p>Frequencies are judged by 76 χ² tests at p &lt; 10⁻⁶ and 116 counts at 5σ. Seeds are fixed, so the outcome is;
 * were they drawn anew, one run in 8,000 would fail falsely.
 */
class EventSelectorContractTest {

    private static final double SIGNIFICANCE = 1e-6;
    private static final int DRAWS = 100_000;

    /** The selectors under contract: a new one is added here and nowhere else. */
    enum Kind {
        RATE_CLASS {
            @Override
            EventSelector of(int itemCount, int classCount) {
                return new RateClassSelector(itemCount, classCount);
            }
        },
        COMPOSITION_REJECTION {
            @Override
            EventSelector of(int itemCount, int classCount) {
                return new CompositionRejectionSelector(itemCount, classCount);
            }
        },
        SUM_TREE {
            @Override
            EventSelector of(int itemCount, int classCount) {
                return new SumTreeSelector(itemCount, classCount);
            }
        },
        DIRECT {
            @Override
            EventSelector of(int itemCount, int classCount) {
                return new DirectSelector(itemCount, classCount);
            }
        };

        abstract EventSelector of(int itemCount, int classCount);
    }

    /** Rates of the classes, and which class each item is in. */
    record Layout(String name, double[] rates, int[] classOf) {

        EventSelector fill(Kind kind) {
            return fill(kind.of(classOf.length, rates.length));
        }

        EventSelector fill(EventSelector selector) {
            selector.reweigh(rates);
            for (int item = 0; item < classOf.length; item++) {
                if (classOf[item] != 0) {
                    selector.move(item, 0, classOf[item]);
                }
            }
            return selector;
        }

        double[] itemRates() {
            return Arrays.stream(classOf).mapToDouble(c -> rates[c]).toArray();
        }

        double total() {
            return Arrays.stream(itemRates()).sum();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Layout> layouts() {
        return List.of(
                new Layout("one item", new double[] {0, 3}, new int[] {1}),
                new Layout("two classes", new double[] {0, 1, 5}, new int[] {1, 2, 0, 2, 1, 1, 0}),
                new Layout("one binary group", new double[] {0, 1, 1.3, 1.999}, spread(40, 4)),
                // Half of the weight is accepted always, half every other time: the layout that shows a redrawn group.
                new Layout("unequal acceptance", new double[] {0, 1, 1.999, 16, 31.9}, new int[] {
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 0, 4
                }),
                new Layout("sixty classes", rates(60, c -> 1 + c * 0.37), spread(300, 60)),
                new Layout("a thousand classes", rates(1000, c -> c % 7 == 3 ? 0 : 1 + (c % 101)), spread(2000, 1000)),
                new Layout("zero classes between", new double[] {0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 7, 0}, spread(60, 12)));
    }

    private static double[] rates(int classCount, IntToDoubleFunction rate) {
        return IntStream.range(0, classCount)
                .mapToDouble(c -> c == 0 ? 0 : rate.applyAsDouble(c))
                .toArray();
    }

    private static int[] spread(int itemCount, int classCount) {
        return IntStream.range(0, itemCount).map(item -> item % classCount).toArray();
    }

    private static Stream<Arguments> kindsAndLayouts() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> layouts().stream().map(layout -> Arguments.of(kind, layout)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndLayouts")
    void shouldDrawItemsInProportionToTheirRates(Kind kind, Layout layout) {
        EventSelector selector = layout.fill(kind);

        assertThat(pValue(selector, layout, 41)).isGreaterThan(SIGNIFICANCE);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldDrawInProportionAfterManyMoves(Kind kind) {
        double[] rates = rates(60, c -> Math.exp(-0.1 * c));
        EventSelector selector = kind.of(200, rates.length);
        selector.reweigh(rates);
        Layout layout = new Layout("after moves", rates, moveAtRandom(selector, 100_000, 7));

        assertThat(pValue(selector, layout, 43)).isGreaterThan(SIGNIFICANCE);
    }

    /** Items of a large class that lose their rate and get it back, as atoms do that others pass over; some come back to another class. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldDrawInProportionAfterManyItemsHaveGoneAndComeBack(Kind kind) throws IOException {
        double[] rates = rates(12, c -> c == 1 ? 0.3 : 2 + c);
        EventSelector selector = kind.of(600, rates.length);
        selector.reweigh(rates);
        int[] classOf = new int[600];
        UniformRandomProvider random = random(13);
        for (int turn = 0; turn < 50_000; turn++) {
            int item = random.nextInt(classOf.length);
            int to = classOf[item] != 0 ? 0 : random.nextInt(20) > 0 ? 1 : 1 + random.nextInt(rates.length - 1);
            selector.move(item, classOf[item], to);
            classOf[item] = to;
            int other = random.nextInt(classOf.length);
            if (turn % 7 == 0 && (classOf[item] == 0) != (classOf[other] == 0)) {
                selector.exchange(item, classOf[item], other, classOf[other]);
                classOf[item] = classOf[other];
                classOf[other] = to;
            }
            if (turn % 11 == 0) {
                assertThat(classOf[select(selector, random)]).isPositive();
            }
        }
        Layout layout = new Layout("after gaps", rates, classOf);
        EventSelector restored = kind.of(600, rates.length);
        restored.reweigh(rates);
        for (int item = 0; item < classOf.length; item++) {
            restored.move(item, 0, 1);
        }
        restored.restore(new DataInputStream(new ByteArrayInputStream(save(selector))));

        assertThat(selector.totalRate()).isCloseTo(layout.total(), within(1e-12 * layout.total()));
        for (int c = 1; c < rates.length; c++) {
            int rateClass = c;
            assertThat(selector.count(c)).isEqualTo((int)
                    Arrays.stream(classOf).filter(k -> k == rateClass).count());
        }
        double p = pValue(selector, layout, 53);
        assertThat(p).isGreaterThan(SIGNIFICANCE);
        assertThat(pValue(restored, layout, 53)).isEqualTo(p);
    }

    /** Draws of listed classes and of those that are only counted, while the one becomes the other; all of it again after a restart. */
    @Test
    void shouldDrawWhatIsOnlyCountedInProportion() throws IOException {
        double[] rates = {0, 1e-3, 0.02, 1, 40};
        int[] classOf = IntStream.range(0, 500)
                .map(item -> item < 300 ? 1 : item < 400 ? 2 : item < 405 ? 3 : 0)
                .toArray();
        classOf[450] = 4;
        Layout layout = new Layout("counted", rates, classOf);
        RateClassSelector selector = counting(layout, 0.5);
        layout.fill(selector);
        assertThat(pValue(selector, layout, 61)).isGreaterThan(SIGNIFICANCE);
        assertThat(selector.inside().listOf()).containsExactly(0, 0, 0, 3, 4);

        classOf[450] = 0;
        selector.move(450, 4, 0);
        RateClassSelector restored = counting(layout, 0.5);
        restored.reweigh(rates);
        restored.restore(new DataInputStream(new ByteArrayInputStream(save(selector))));
        double p = pValue(selector, layout, 67);
        assertThat(p).isGreaterThan(SIGNIFICANCE);
        assertThat(selector.inside().listOf()).as("listed anew").contains(2);
        assertThat(pValue(restored, layout, 67)).isEqualTo(p);
        assertThat(save(restored)).isEqualTo(save(selector));

        byte[] saved = save(selector);
        classOf[499] = 1;
        assertThatThrownBy(() -> restored.restore(new DataInputStream(new ByteArrayInputStream(saved))))
                .isInstanceOf(IOException.class)
                .hasMessage("selector state: class 1 has 300 items, but 301 are of it");
    }

    private static RateClassSelector counting(Layout layout, double fewTries) {
        RateClassSelector selector = new RateClassSelector(layout.classOf().length, layout.rates().length, fewTries, 1);
        selector.lookUpIn(new EventSelector.ItemClasses() {
            @Override
            public int item(int rank) {
                return layout.classOf().length - 1 - rank;
            }

            @Override
            public int rateClass(int item) {
                return layout.classOf()[item];
            }
        });
        return selector;
    }

    /** The tests above have teeth: they refuse the selector that redraws the group after a rejection. */
    @Test
    void shouldTellARedrawnGroupFromTheRightOne() {
        Layout layout = layouts().get(3);
        assertThat(layout.name()).isEqualTo("unequal acceptance");
        EventSelector biased = layout.fill(new RedrawnGroupSelector(layout.classOf().length, layout.rates().length));

        assertThat(pValue(biased, layout, 41)).isLessThan(SIGNIFICANCE);
    }

    /** p of the frequencies of all items with a rate; a draw of any other item fails at once. */
    private static double pValue(EventSelector selector, Layout layout, long seed) {
        UniformRandomProvider random = random(seed);
        long[] frequencies = new long[layout.classOf().length];
        for (int i = 0; i < DRAWS; i++) {
            frequencies[select(selector, random)]++;
        }
        double[] itemRates = layout.itemRates();
        int[] live = IntStream.range(0, itemRates.length)
                .filter(item -> itemRates[item] > 0)
                .toArray();
        assertThat(Arrays.stream(live).mapToLong(item -> frequencies[item]).sum())
                .as("draws of items with a rate")
                .isEqualTo(DRAWS);
        if (live.length == 1) {
            return 1;
        }
        // The test is good for five draws expected and more: items that are drawn more rarely are taken together.
        double total = Arrays.stream(itemRates).sum();
        double[] expected = new double[live.length + 1];
        long[] observed = new long[live.length + 1];
        int bins = 0;
        for (int item : live) {
            boolean rare = itemRates[item] / total * DRAWS < 5;
            int bin = rare ? live.length : bins++;
            expected[bin] += itemRates[item];
            observed[bin] += frequencies[item];
        }
        if (expected[live.length] / total * DRAWS >= 5) {
            expected[bins] = expected[live.length];
            observed[bins++] = observed[live.length];
        }
        return ChiSquareTest.withDefaults()
                .test(Arrays.copyOf(expected, bins), Arrays.copyOf(observed, bins))
                .getPValue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldKeepRatesApartThatSpanFifteenDecades(Kind kind) {
        double[] rates = {0, 1e-3, 3e12};
        EventSelector selector = kind.of(1003, rates.length);
        selector.reweigh(rates);
        selector.move(1, 0, 1);
        selector.move(2, 0, 1);
        for (int item = 3; item < 1003; item++) {
            selector.move(item, 0, 2);
        }
        UniformRandomProvider random = random(5);
        for (int i = 0; i < 1000; i++) {
            assertThat(select(selector, random)).isGreaterThan(2);
        }

        // What is left of the fast items must be nothing, not a rounding error of theirs.
        for (int item = 3; item < 1003; item++) {
            selector.move(item, 2, 0);
        }
        assertThat(selector.totalRate()).isEqualTo(2e-3);
        long[] frequencies = new long[2];
        for (int i = 0; i < 10_000; i++) {
            frequencies[select(selector, random) - 1]++;
        }
        assertThat(frequencies[0]).isCloseTo(5000, within(250L)); // 5σ
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldWeighEachOfFifteenDecadesAlike(Kind kind) {
        // Each decade has its chance in its own draw: all others are moved away.
        double[] rates = rates(16, c -> Math.pow(10, c - 4));
        EventSelector selector = kind.of(16, rates.length);
        selector.reweigh(rates);
        for (int c = 1; c < rates.length; c++) {
            selector.move(c, 0, c);
        }
        UniformRandomProvider random = random(9);
        for (int c = rates.length - 1; c > 1; c--) {
            int[] hits = new int[1 + rates.length];
            for (int i = 0; i < 10_000; i++) {
                hits[select(selector, random)]++;
            }
            double sum = Arrays.stream(rates, 0, c + 1).sum();
            assertThat(selector.totalRate()).isCloseTo(sum, within(1e-12 * sum));
            assertThat(hits[c]).isCloseTo(9000, within(150)); // 5σ
            assertThat(hits[c - 1]).isCloseTo(900, within(145));
            selector.move(c, c, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldWeighThePartsOfTheRatesByTheirFactors(Kind kind) {
        double[][] parts = {
            rates(60, c -> c % 3 == 0 ? 0 : 1 + c * 0.37), new double[60], rates(60, c -> c < 9 ? 0 : 1e-6 * c * c)
        };
        int[] classOf = spread(300, 60);
        EventSelector selector = kind.of(classOf.length, 60);
        selector.reweigh(parts, new double[] {1, 1, 1});
        for (int item = 0; item < classOf.length; item++) {
            selector.move(item, 0, classOf[item]);
        }
        double[] unweighed =
                Arrays.stream(parts).mapToDouble(part -> sum(part, classOf)).toArray();

        for (double[] factors : new double[][] {{1, 1, 1}, {0.5, 7, 3e5}, {0, 1, 1e9}, {2, 0, 0}}) {
            selector.refactor(factors);

            double[] whole = rates(
                    60,
                    c -> IntStream.range(0, 3)
                            .mapToDouble(part -> factors[part] * parts[part][c])
                            .sum());
            Layout same = new Layout("one part", whole, classOf);
            assertThat(selector.totalRate()).isCloseTo(same.total(), within(1e-12 * same.total()));
            assertThat(selector.rate(10)).isEqualTo(whole[10]);
            for (int part = 0; part < parts.length; part++) {
                assertThat(selector.partRate(part)).isCloseTo(unweighed[part], within(1e-12 * unweighed[part]));
            }
            assertThat(pValue(selector, same, 11)).isGreaterThan(SIGNIFICANCE);
        }
    }

    private static double sum(double[] rates, int[] classOf) {
        return Arrays.stream(classOf).mapToDouble(c -> rates[c]).sum();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldBearAFactorBeyondAllBoundsWhereNothingFeelsIt(Kind kind) {
        EventSelector selector = kind.of(4, 3);
        selector.reweigh(new double[][] {{0, 1, 2}, {0, 0, 0}}, new double[] {1, 1});
        selector.move(2, 0, 2);
        selector.refactor(new double[] {3, Double.POSITIVE_INFINITY});

        assertThat(selector.totalRate()).isEqualTo(6);
        assertThat(select(selector, random(1))).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.refactor(new double[] {Double.POSITIVE_INFINITY, 1}))
                .withMessageContaining("rate of class 1 is Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.refactor(new double[] {-1, 1}))
                .withMessageContaining("rate of class 1 is -1.0");
        assertThat(selector.totalRate()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldExchangeTheClassesOfTwoItems(Kind kind) {
        EventSelector selector = new Layout("", new double[] {0, 3, 5}, new int[] {1, 0, 2, 1}).fill(kind);

        selector.exchange(0, 1, 1, 0);
        selector.exchange(2, 2, 3, 1);

        Layout after = new Layout("exchanged", new double[] {0, 3, 5}, new int[] {0, 1, 1, 2});
        assertThat(selector.totalRate()).isEqualTo(after.total());
        assertThat(pValue(selector, after, 3)).isGreaterThan(SIGNIFICANCE);
        selector.move(0, 0, 1);
        selector.move(1, 1, 2);
        selector.move(3, 2, 0);
        assertThat(selector.totalRate()).isEqualTo(11);
        assertThat(select(selector, random(2))).isNotEqualTo(3);
    }

    /** Constant generators would never be accepted where rates differ within a binary group; no group here has two. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldDrawItemsWithARateAtBothEndsOfTheUnitInterval(Kind kind) {
        Layout layout = new Layout("ends", new double[] {0, 0, 0.1, 0, 0.3, 7e-9, 0}, spread(700, 7));
        EventSelector selector = layout.fill(kind);
        double[] itemRates = layout.itemRates();

        assertThat(itemRates[select(selector, constant(0L))]).isPositive();
        assertThat(itemRates[select(selector, constant(-1L))]).isPositive();
    }

    @ParameterizedTest
    @MethodSource("kindsAndLayouts")
    void shouldDrawItemsWithARateWhateverTheFirstWord(Kind kind, Layout layout) {
        EventSelector selector = layout.fill(kind);
        double[] itemRates = layout.itemRates();

        for (long word : new long[] {0, 1, -1, -2, -2048, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(itemRates[select(selector, startingWith(word))])
                    .as("rate drawn by first word %x", word)
                    .isPositive();
            assertThat(itemRates[selector.select(RandomWord.of(random(3)), startingWith(word))])
                    .as("rate drawn by class word %x", word)
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldKeepExactSumsAndCountsThroughAHundredThousandMoves(Kind kind) {
        double[] rates = rates(200, c -> Math.pow(10, (c % 16) - 3.3));
        EventSelector selector = kind.of(500, rates.length);
        selector.reweigh(rates);

        int[] classOf = moveAtRandom(selector, 100_000, 3);

        double total = new Layout("", rates, classOf).total();
        assertThat(selector.totalRate()).isCloseTo(total, within(1e-12 * total));
        for (int c = 1; c < rates.length; c++) {
            int rateClass = c;
            assertThat(selector.count(c)).isEqualTo((int)
                    Arrays.stream(classOf).filter(k -> k == rateClass).count());
        }
    }

    /** Moves items among all classes, asking for the total now and then, and returns where they are. */
    private static int[] moveAtRandom(EventSelector selector, int moves, long seed) {
        UniformRandomProvider random = random(seed);
        int[] classOf = new int[selector.itemCount()];
        for (int i = 0; i < moves; i++) {
            int item = random.nextInt(classOf.length);
            int to = random.nextInt(selector.classCount());
            selector.move(item, classOf[item], to);
            classOf[item] = to;
            if (i % 1000 == 0) {
                selector.totalRate();
            }
        }
        return classOf;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRefuseToSelectWhereNothingHasARate(Kind kind) {
        EventSelector selector = kind.of(3, 4);

        assertThat(selector.totalRate()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> select(selector, random(1)));

        selector.reweigh(new double[] {0, 0, 1, 2});
        selector.move(0, 0, 1);
        assertThat(selector.totalRate()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> select(selector, random(1)));

        selector.move(1, 0, 2);
        assertThat(selector.totalRate()).isEqualTo(1);
        selector.move(1, 2, 0);
        assertThat(selector.totalRate()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> select(selector, random(1)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndLayouts")
    void shouldFollowAChangeOfAllRates(Kind kind, Layout layout) {
        EventSelector selector = layout.fill(kind);
        select(selector, random(2));
        double[] turned = rates(layout.rates().length, c -> layout.rates()[layout.rates().length - c] * 1e-4 + 3e-5);
        Layout after = new Layout("reweighed", turned, layout.classOf());

        selector.reweigh(turned);

        assertThat(selector.totalRate()).isCloseTo(after.total(), within(1e-12 * after.total()));
        assertThat(selector.rate(1)).isEqualTo(turned[1]);
        assertThat(pValue(selector, after, 47)).isGreaterThan(SIGNIFICANCE);

        selector.reweigh(new double[turned.length]);
        assertThat(selector.totalRate()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldNotKeepTheCallersRates(Kind kind) {
        double[] rates = {0, 1};
        EventSelector selector = kind.of(1, 2);
        selector.reweigh(rates);
        rates[1] = 5;
        selector.move(0, 0, 1);

        assertThat(selector.totalRate()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldNameTheClassAndTheRateItRefuses(Kind kind) {
        EventSelector selector = kind.of(10, 3);
        selector.reweigh(new double[] {0, 1, 2});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.reweigh(new double[] {0, 1, -2}))
                .withMessage("rate of class 2 is -2.0: expected a finite number, at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.reweigh(new double[] {0, Double.NaN, 2}))
                .withMessageContaining("class 1 is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.reweigh(new double[] {0, Double.POSITIVE_INFINITY, 2}))
                .withMessageContaining("class 1 is Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.reweigh(new double[] {0, 1e308, 2}))
                .withMessage("rate of class 1 is 1.0E308: the sum over 10 items overflows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.reweigh(new double[] {1, 1, 2}))
                .withMessage("rate of class 0 is 1.0: expected 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.reweigh(new double[] {0, 1}))
                .withMessage("2 rates for 3 classes");
        assertThat(selector.rate(2)).as("rate kept").isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRefuseToBeMadeOfNothing(Kind kind) {
        assertThatIllegalArgumentException().isThrownBy(() -> kind.of(0, 2)).withMessageContaining("item count 0");
        assertThatIllegalArgumentException().isThrownBy(() -> kind.of(2, 1)).withMessageContaining("class count 1");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldAssertTheClassAnItemIsMovedFrom(Kind kind) {
        EventSelector selector = kind.of(4, 3);
        selector.reweigh(new double[] {0, 1, 2});
        selector.move(1, 0, 2);

        assertThatThrownBy(() -> selector.move(1, 1, 2)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> selector.move(1, 0, 2)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldDrawTheSameAgainWithTheSameSeed(Kind kind) {
        assertThat(Population.of(kind, 17).live(2000))
                .isEqualTo(Population.of(kind, 17).live(2000));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldGoOnWithTheSameDrawsWhenRestored(Kind kind) throws IOException {
        Population original = Population.of(kind, 19);
        byte[] saved = save(original.selector);
        // Into a selector with a past of its own.
        EventSelector restored = Population.of(kind, 29).selector;
        restored.restore(new DataInputStream(new ByteArrayInputStream(saved)));
        Population copy = new Population(restored, original.classOf.clone());

        assertThat(restored.totalRate()).isEqualTo(original.selector.totalRate());
        assertThat(save(restored)).isEqualTo(saved);
        assertThat(copy.live(2000)).isEqualTo(original.live(2000));
        assertThat(restored.totalRate()).isEqualTo(original.selector.totalRate());
    }

    /** A selector of 300 items in 60 classes that has seen 5000 moves, and where its items are. */
    private record Population(EventSelector selector, int[] classOf) {

        static Population of(Kind kind, long seed) {
            double[] rates = rates(60, c -> c % 11 == 5 ? 0 : Math.exp(-0.3 * c));
            EventSelector selector = kind.of(300, rates.length);
            selector.reweigh(rates);
            return new Population(selector, moveAtRandom(selector, 5000, seed));
        }

        /** Draws items, moves each to the next class and its neighbour to any other, and returns what was drawn. */
        int[] live(int draws) {
            UniformRandomProvider random = random(31);
            int[] drawn = new int[draws];
            for (int i = 0; i < draws; i++) {
                drawn[i] = select(selector, random);
                move(drawn[i], classOf[drawn[i]] % (selector.classCount() - 1) + 1);
                move((drawn[i] + 1) % classOf.length, random.nextInt(selector.classCount()));
            }
            return drawn;
        }

        private void move(int item, int to) {
            selector.move(item, classOf[item], to);
            classOf[item] = to;
        }
    }

    private static int select(EventSelector selector, UniformRandomProvider random) {
        return selector.select(RandomWord.of(random), random);
    }

    private static byte[] save(EventSelector selector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        selector.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRefuseTheStateOfAnother(Kind kind) throws IOException {
        byte[] smaller = save(kind.of(299, 60));
        Kind other = kind == Kind.DIRECT ? Kind.SUM_TREE : Kind.DIRECT;

        assertThatThrownBy(() ->
                        Population.of(kind, 1).selector.restore(new DataInputStream(new ByteArrayInputStream(smaller))))
                .isInstanceOf(IOException.class)
                .hasMessage("selector state: item count is 299, expected 300");
        byte[] ofOther = save(Population.of(other, 1).selector);
        assertThatThrownBy(() ->
                        Population.of(kind, 1).selector.restore(new DataInputStream(new ByteArrayInputStream(ofOther))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kind");
    }

    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    private static UniformRandomProvider constant(long word) {
        return () -> word;
    }

    private static UniformRandomProvider startingWith(long word) {
        UniformRandomProvider rest = random(word);
        LongSupplier words = new LongSupplier() {
            private boolean started;

            @Override
            public long getAsLong() {
                if (started) {
                    return rest.nextLong();
                }
                started = true;
                return word;
            }
        };
        return words::getAsLong;
    }
}
