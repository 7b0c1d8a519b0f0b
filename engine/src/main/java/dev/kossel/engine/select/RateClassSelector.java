package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * The n-fold way: draw a class with a probability proportional to count × rate, then any of its items.
 *
 * <p>A. B. Bortz, M. H. Kalos, J. L. Lebowitz, J. Comput. Phys. 17, 10 (1975), <a
 * href="https://doi.org/10.1016/0021-9991(75)90060-1">doi 10.1016/0021-9991(75)90060-1</a>. Class weights are products
 * of exact counts, so their sum cannot drift.
 *
 * <p>Of a model's classes most are empty at any time. So only those that hold items have a place: those few lie side by side, in the order in which they
 * were first used, and sums over them touch few blocks. A class that has become empty keeps its place for a while. The order is saved, since sums depend on it by
 * rounding.
 *
 * <p>{@code move} O(1), {@code totalRate} O(blocks of 8 classes that changed since), {@code select} O(1) up to
 * some thousand classes, {@code reweigh}, {@code refactor} and {@code partRate} O(classes that hold items), whatever the number of items. 4 bytes for
 * each item of a page of 64 that has any outside class 0, and 4 to 6 more for each one of these. A draw consumes a {@code long} for the class and takes the item from the
 * {@link RandomWord}, so that an item of a rare class is not chosen by the few bits left over from the class.
 *
 * <p>Where there are few classes and an owner that {@linkplain #lookUpIn knows} the class of each item, a class that is hardly ever drawn is counted but not listed; if it
 * is drawn, items are tried at random until one is of it (decision 0025). Each of its items is as probable as before. That takes one more {@code long} a try.
 */
public final class RateClassSelector implements EventSelector {

    /** So few classes that each may have its own number from the beginning. */
    private static final int FEW = 8;

    private static final int FIRST_SWEEP = 24;

    /** How often the total rate is looked at until it is judged which classes are worth a list, and how many draws lie between. */
    private static final int SAMPLES = 64;

    private static final int DRAWS_PER_SAMPLE = 64;

    /** A class that costs fewer tries a draw is not listed. A try looks at any site of the box: in a wide one that misses all caches. */
    private static final double FEW_TRIES = 0.02;

    private final double fewTries;
    private final int drawsPerSample;
    private final ClassRates rates;

    /** By place, as the sums; so are the rates of the parts. */
    private final ItemLists items;

    private final ClassSums sums;
    private double[][] parts;
    /** Place of a class, 0 for those never used. */
    private final int[] placeOf;
    /** The class that has a place. */
    private final int[] classAt;

    private int placeCount = 1;
    /** With so many places it is time to take those of empty classes away. */
    private int sweepAt = FIRST_SWEEP;

    private @Nullable ItemClasses known;
    /** The {@linkplain #unit units} of the listed classes, where there are few. */
    private long listed;
    /** By place: how many tries missed a class that is not listed, less what it may cost. */
    private final long[] misses;

    private int drawsToSample;
    private int samplesToLook = SAMPLES;
    /** Mean times between draws, summed over the samples since the last look. */
    private double sampledSeconds;
    /** Their mean at the last look. */
    private double secondsPerDraw = Double.POSITIVE_INFINITY;

    /**
     * All items in class 0, all rates zero.
     *
     * @param itemCount at least 1
     * @param classCount class 0 included, at least 2
     */
    public RateClassSelector(int itemCount, int classCount) {
        this(itemCount, classCount, FEW_TRIES, DRAWS_PER_SAMPLE);
    }

    /**
     * All items in class 0, all rates zero.
     *
     * @param fewTries of few classes one that costs fewer tries a draw is not listed
     * @param drawsPerSample the total rate is looked at so often
     */
    public RateClassSelector(int itemCount, int classCount, double fewTries, int drawsPerSample) {
        this.fewTries = fewTries;
        this.drawsPerSample = drawsPerSample;
        drawsToSample = drawsPerSample;
        rates = new ClassRates(itemCount, classCount);
        items = new ItemLists(itemCount, classCount);
        sums = new ClassSums(classCount);
        parts = new double[1][sums.rates.length];
        placeOf = new int[classCount];
        classAt = new int[classCount];
        misses = new long[classCount];
        if (isPlain()) {
            for (int c = 1; c < classCount; c++) {
                note(admit(c));
            }
        }
    }

    @Override
    public int itemCount() {
        return items.itemCount();
    }

    @Override
    public int classCount() {
        return placeOf.length;
    }

    @Override
    public double rate(int rateClass) {
        return rates.rate(rateClass);
    }

    @Override
    public void reweigh(double[][] newParts, double[] factors) {
        rates.set(newParts, factors);
        if (newParts.length != parts.length) {
            parts = new double[newParts.length][sums.rates.length];
        }
        for (int place = 1; place < placeCount; place++) {
            takeParts(place);
        }
        evaluate();
    }

    private void takeParts(int place) {
        for (int part = 0; part < parts.length; part++) {
            parts[part][place] = rates.parts()[part][classAt[place]];
        }
    }

    @Override
    public void refactor(double[] factors) {
        rates.setFactors(factors);
        evaluate();
    }

    /** The rates of the places under the factors as they are. */
    private void evaluate() {
        double[] sum = sums.rates;
        Arrays.fill(sum, 0, placeCount, 0);
        for (int part = 0; part < parts.length; part++) {
            double factor = rates.factor(part);
            double[] of = parts[part];
            if (factor < Double.POSITIVE_INFINITY) {
                for (int place = 0; place < placeCount; place++) {
                    sum[place] += factor * of[place];
                }
            }
            // An infinite factor is one that nothing feels.
        }
        sums.markFirst(placeCount);
    }

    /** Gives a class a place, for which others may have to move. */
    public int admit(int rateClass) {
        if (placeCount >= sweepAt && !isPlain()) {
            sweep();
        }
        int place = placeCount++;
        placeOf[rateClass] = place;
        classAt[place] = rateClass;
        takeParts(place);
        sums.rates[place] = rates.rate(rateClass);
        return place;
    }

    /** Whether a place is listed has been settled anew. */
    private void note(int place) {
        if (isPlain()) {
            listed = isListed(place) ? listed | unit(place) : listed & ~unit(place);
        }
    }

    private boolean isListed(int place) {
        return items.kept[place] != 0;
    }

    /** Takes the places of empty classes away; the others close ranks. */
    private void sweep() {
        int[][] lists = items.lists;
        int[] sizes = items.sizes;
        int kept = 1;
        for (int place = 1; place < placeCount; place++) {
            if (sizes[place] == 0) {
                placeOf[classAt[place]] = 0;
                continue;
            }
            placeOf[classAt[place]] = kept;
            classAt[kept] = classAt[place];
            int[] list = lists[kept];
            lists[kept] = lists[place];
            lists[place] = list;
            sizes[kept] = sizes[place];
            sums.mark(kept, sizes[place]);
            sums.rates[kept] = sums.rates[place];
            for (double[] of : parts) {
                of[kept] = of[place];
            }
            kept++;
        }
        for (int place = kept; place < placeCount; place++) {
            sizes[place] = 0;
            sums.mark(place, 0);
        }
        Arrays.fill(sums.rates, kept, placeCount, 0);
        for (double[] of : parts) {
            Arrays.fill(of, kept, placeCount, 0);
        }
        sums.markFirst(placeCount);
        placeCount = kept;
        sweepAt = Math.max(FIRST_SWEEP, kept + kept / 2);
    }

    private int place(int rateClass) {
        int place = placeOf[rateClass];
        return place == 0 && rateClass != 0 ? admit(rateClass) : place;
    }

    @Override
    public void move(int item, int from, int to) {
        // This may move the other's place.
        int target = place(to);
        int source = placeOf[from];
        items.move(item, source, target);
        sums.mark(source, items.size(source));
        sums.mark(target, items.size(target));
    }

    @Override
    public void exchange(int item, int its, int other, int others) {
        items.exchange(item, placeOf[its], other, placeOf[others]);
    }

    @Override
    public int count(int rateClass) {
        return items.size(placeOf[rateClass]);
    }

    @Override
    public double totalRate() {
        sums.update();
        return sums.total();
    }

    @Override
    public double partRate(int part) {
        return sums.sum(parts[part], placeCount);
    }

    @Override
    public void lookUpIn(ItemClasses classes) {
        if (isPlain()) {
            known = classes;
        }
    }

    @Override
    public int select(RandomWord word, UniformRandomProvider random) {
        int place = selectPlace(random);
        return isListed(place) ? items.pick(place, word) : seek(place, random);
    }

    private int selectPlace(UniformRandomProvider random) {
        double total = totalRate();
        if (total == 0) {
            throw new IllegalStateException("nothing to select: the total rate is zero");
        }
        if (known != null) {
            noteDraw(total);
        }
        return sums.find(random.nextDouble() * total);
    }

    /** An item is about to be drawn: lists that are not worth their keep may go. Only where classes can be {@linkplain #lookUpIn looked up}. */
    public void noteDraw(double total) {
        if (--drawsToSample == 0) {
            drawsToSample = drawsPerSample;
            sample(total);
        }
    }

    private void sample(double total) {
        sampledSeconds += 1 / total;
        if (--samplesToLook == 0) {
            samplesToLook = SAMPLES;
            secondsPerDraw = sampledSeconds / SAMPLES;
            sampledSeconds = 0;
            look();
        }
    }

    private void look() {
        long allowed = (long) (2 * fewTries * drawsPerSample * SAMPLES);
        for (int place = 1; place < placeCount; place++) {
            misses[place] = Math.max(0, misses[place] - allowed);
            if (isListed(place) && takesFewTries(place)) {
                items.dissolve(place);
                note(place);
                misses[place] = 0;
            }
        }
    }

    /** A draw falls on a class with the share count · rate / total, and then takes itemCount / count tries. */
    private boolean takesFewTries(int place) {
        return sums.rates[place] * itemCount() * secondsPerDraw < fewTries;
    }

    /** An item of a place that has no list: items are tried until one is of its class. A class that has cost more tries than a list would is listed. */
    public int seek(int place, UniformRandomProvider random) {
        ItemClasses classes = Objects.requireNonNull(known);
        int rateClass = classAt[place];
        while (misses[place] < itemCount()) {
            int rank = RandomWord.below(itemCount(), random.nextLong());
            int item = classes.item(rank);
            if (classes.rateClass(item) == rateClass) {
                return item;
            }
            misses[place]++;
        }
        misses[place] = 0;
        items.keep(place);
        note(place);
        for (int rank = 0; rank < itemCount(); rank++) {
            int item = classes.item(rank);
            if (classes.rateClass(item) == rateClass) {
                items.move(item, 0, place);
            }
        }
        return items.pick(place, RandomWord.of(random));
    }

    /** The place that {@code point}, 0 ≤ point ≤ {@link #totalRate}, falls on. Only directly after a call of that. */
    public int find(double point) {
        return sums.find(point);
    }

    /** Whether there are so few classes that a class's place is its number, and all sums lie in one block. */
    public boolean isPlain() {
        return placeOf.length <= FEW;
    }

    /** Where there are few classes, the bit that stands for one in a word: the lowest of byte {@code rateClass}; none for class 0. */
    public static long unit(int rateClass) {
        return rateClass == 0 ? 0 : 1L << Byte.SIZE * rateClass;
    }

    /** The {@linkplain #unit units} of the classes that are listed, where there are few. Another after {@link #noteDraw} and {@link #seek}. */
    public long listed() {
        return listed;
    }

    /** The class that has a place. */
    public int classAt(int place) {
        return classAt[place];
    }

    /** The arrays behind this selector, for a loop that does what its methods do. */
    public Inside inside() {
        return new Inside(
                items.lists, items.sizes, items.pageOf, sums.counts, sums.rates, sums.changed, placeOf, items.kept);
    }

    /**
     * The arrays of a selector: its own, to be written only as {@link #move} does.
     *
     * @param lists the items of each place that is listed
     * @param sizes how many items each place holds, listed or not; 0 for place 0
     * @param pageOf where in {@link #positions} the page of an item begins, by item / 64; 0 for none
     * @param counts the same as numbers to multiply with
     * @param rates of the places
     * @param changed bit p / 8 is to be set where the size of place p has changed
     * @param placeOf the place of a class; 0 for class 0 and for those that are still to be {@linkplain #admit admitted}
     * @param listOf the number of a place that is listed, else 0
     */
    public record Inside(
            int[][] lists,
            int[] sizes,
            int[] pageOf,
            double[] counts,
            double[] rates,
            long[] changed,
            int[] placeOf,
            int[] listOf) {}

    /** Where in its list an item stands, by {@code pageOf[item / 64] + item % 64}; −1 for items that no list has. Another array after {@link #open}. */
    public int[] positions() {
        return items.positions;
    }

    /** Makes the page of an item that is to be listed and has none; returns where it begins. */
    public int open(int item) {
        return items.open(item);
    }

    /** Makes room in the list of a place. */
    public int[] grow(int place) {
        return items.grow(place);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        SavedState.writeHeader(out, this);
        out.writeInt(sweepAt);
        out.writeInt(placeCount);
        out.writeInt(drawsToSample);
        out.writeInt(samplesToLook);
        out.writeDouble(sampledSeconds);
        out.writeDouble(secondsPerDraw);
        for (int place = 1; place < placeCount; place++) {
            out.writeInt(classAt[place]);
            out.writeLong(misses[place]);
        }
        items.save(out);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        SavedState.readHeader(in, this);
        Arrays.fill(placeOf, 0);
        for (double[] of : parts) {
            Arrays.fill(of, 0);
        }
        Arrays.fill(sums.rates, 0);
        sweepAt = Integer.MAX_VALUE;
        int savedSweepAt = SavedState.readInt(in, "places before a sweep", Integer.MAX_VALUE);
        int count = SavedState.readInt(in, "count of used classes", classAt.length + 1);
        drawsToSample = SavedState.readInt(in, "draws to the next sample", drawsPerSample + 1);
        samplesToLook = SavedState.readInt(in, "samples to the next look", SAMPLES + 1);
        sampledSeconds = in.readDouble();
        secondsPerDraw = in.readDouble();
        placeCount = 1;
        for (int place = 1; place < count; place++) {
            int rateClass = SavedState.readInt(in, "class", classAt.length);
            if (rateClass == 0 || placeOf[rateClass] != 0) {
                throw new IOException("selector state: class " + rateClass + " has two places");
            }
            admit(rateClass);
            misses[place] = in.readLong();
        }
        sweepAt = savedSweepAt;
        items.restore(in);
        if (known != null) {
            refuseOthers(known);
        }
        sums.clear();
        for (int place = 1; place < placeCount; place++) {
            sums.mark(place, items.size(place));
            note(place);
        }
        evaluate();
    }

    /** Counts that are not those of {@code classes}. */
    private void refuseOthers(ItemClasses classes) throws IOException {
        int[] found = new int[classAt.length];
        for (int item = 0; item < itemCount(); item++) {
            int rateClass = classes.rateClass(item);
            if (rateClass != 0 && placeOf[rateClass] == 0) {
                throw new IOException(
                        "selector state: class " + rateClass + " has no place, but item " + item + " is of it");
            }
            found[placeOf[rateClass]]++;
        }
        for (int place = 1; place < placeCount; place++) {
            if (found[place] != items.size(place)) {
                throw new IOException("selector state: class " + classAt[place] + " has " + items.size(place)
                        + " items, but " + found[place] + " are of it");
            }
        }
    }
}
