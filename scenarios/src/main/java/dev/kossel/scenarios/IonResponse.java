package dev.kossel.scenarios;

import dev.kossel.engine.process.LocalRates;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How the concentration of an ion at the surface answers, between two solutions, to what passes of it.
 *
 * <p>Steady diffusion is linear: what the surface takes beyond what it took at the solution lowers the concentration there by that times the resistance R from the bulk, which the solution tells
 * as (c₀ − c)/J. Nearly all of R lies above the box, where everything is laterally uniform, so one number u serves for all cells: it is what the concentration has been multiplied by since, the root of
 *
 * <pre>
 *   u c = c₀ − R (J + N(u) − N),   N(u) = Σ N_g uᵐ
 * </pre>
 *
 * <p>with N_g what the laws of a group take now, net, at the concentrations of the solution, N that of the solution and m the exponent of the activity. With m = 1, and r times as much to be taken of an ion that is depleted by
 * the part w, u = 1/(1 + w (r − 1)). What passes in all is thus known; where it passes stays as it was, so that a large answer asks for a solution.
 *
 * <p>Does not answer: an ion of which a held current fixes how much passes, one that what lives on it gives off, those of water, that of a salt alone, whose concentration makes the potential too, and any in a transient, whose steps are made for the answer. Amounts are in particles, lengths in nm.
 * Single-threaded.
 */
final class IonResponse {

    /** What passes of an ion that does not answer may change by so much that its concentration at the surface would by this part before the fields are solved anew. */
    private static final double SHIFT = 0.3;
    /** And an answer may be as large as this, or as small as its inverse. */
    private static final double LARGEST = 10;
    /** Where hardly anything is supplied. */
    private static final double LEAST = 1e-6;
    /** Concentrations are known no better than to this part: a smaller difference from the bulk tells nothing of the resistance. */
    private static final double RESOLVED = 1e-3;

    private static final double NEWTON = 1e-12;

    private final int ion;
    private final double bulk;
    private final LocalRates rates;
    private final SurfaceReactions reactions;

    /** By process, how much of the ion an event gives or takes, and how much it takes. */
    private final double[] exchanged;

    private final double[] taken;
    /** The groups of laws of which some process does. */
    private final int[] exchanging;
    /** By group, the exponent of the ion in what its rates are multiplied by. */
    private final double[] exponents;
    /** Whether any rate depends on the concentration, and whether that may answer. */
    private final boolean felt;

    private final boolean mayAnswer;
    private final boolean allProportional;

    // Of the last solution

    /** What passed either way, s⁻¹; NaN where that is not watched. */
    private double passed = Double.NaN;
    /** The part by which the concentration at the surface differs from the bulk's: the larger, the more it would change with what passes. */
    private double displaced;
    /** The concentration at the surface, each cell counted by what passes there. */
    private double mean;
    /** From the bulk to the surface, s/nm³; 0 where the concentration does not answer. */
    private double resistance;

    private double takenThen;

    // Since then

    private double ratio = 1;
    private double beyond;

    /** By group, what is taken now at the concentrations of the solution, of groups whose rates depend on them. */
    private final double[] living;

    IonResponse(TransportModel model, int ion, LocalRates rates, SurfaceReactions reactions) {
        this.ion = ion;
        this.rates = rates;
        this.reactions = reactions;
        bulk = model.ions().get(ion).bulkPerNm3();
        exchanged = new double[reactions.processes()];
        taken = new double[reactions.processes()];
        Arrays.setAll(exchanged, p -> Math.abs(model.given(p)[ion]));
        Arrays.setAll(taken, p -> 0 - model.given(p)[ion]);
        exchanging = IntStream.range(0, exchanged.length)
                .filter(p -> exchanged[p] > 0)
                .map(reactions::group)
                .distinct()
                .sorted()
                .toArray();
        exponents = new double[model.groups().size() + 1];
        for (int group = 1; group < exponents.length; group++) {
            for (TransportModel.Term term : model.groups().get(group - 1).activity()) {
                exponents[group] += term.ion() == ion ? term.exponent() : 0;
            }
        }
        felt = Arrays.stream(exponents).anyMatch(m -> m != 0);
        mayAnswer = ion < model.independentIons()
                && ion != model.saltedIon()
                && !model.isTransient()
                && Arrays.stream(exponents).allMatch(m -> m >= 0)
                && IntStream.range(0, taken.length).noneMatch(p -> taken[p] < 0 && exponents[reactions.group(p)] > 0);
        allProportional = Arrays.stream(exponents).allMatch(m -> m == 0 || m == 1);
        living = new double[exponents.length];
    }

    /** Whether the concentration answers until the next solution. */
    boolean answers() {
        return resistance > 0;
    }

    /** What the concentration at the surface has been multiplied by since the last solution. */
    double ratio() {
        return ratio;
    }

    /** What the rates of a group have been multiplied by on that account. */
    double answer(int group) {
        return ratio == 1 || exponents[group] == 0 ? 1 : Math.pow(ratio, exponents[group]);
    }

    /** What flows now over what did at the last solution. */
    double flowing() {
        return resistance > 0 ? (bulk - ratio * mean) / (bulk - mean) : 1;
    }

    /** What has flowed since the last solution beyond what flowed then. */
    double beyond() {
        return beyond;
    }

    /** Lets time pass as things are. */
    void pass(double seconds) {
        beyond += resistance > 0 ? seconds * (1 - ratio) * mean / resistance : 0;
    }

    /**
     * Notes that fields were solved.
     *
     * @param isHeld whether a current is held
     * @param through what flows from the bulk to the surface, s⁻¹
     */
    void note(boolean isHeld, double through) {
        boolean isWatched = felt && !(isHeld && reactions.carryTheCurrent(ion));
        passed = isWatched ? passing(reactions::groupFactor) : Double.NaN;
        displaced = displacement();
        resistance = 0;
        ratio = 1;
        beyond = 0;
        if (mayAnswer && passed > 0) {
            mean = mean();
            double told = (bulk - mean) / through;
            if (mean > 0 && difference(mean, bulk) > RESOLVED && told > 0 && told < Double.POSITIVE_INFINITY) {
                resistance = told;
                takenThen = 0;
                for (int group : exchanging) {
                    takenThen += rates.weightedRate(group, taken) * reactions.groupFactor(group);
                }
            }
        }
    }

    /**
     * Finds the answer to what reacts now.
     *
     * @param factors by group, at the overpotential of now, the answers of all ions left out
     * @param answers by group, those of all ions so far
     */
    void follow(double[] factors, double[] answers) {
        if (resistance == 0) {
            return;
        }
        double supply = mean + resistance * takenThen;
        double proportional = 0;
        for (int group : exchanging) {
            double now = rates.weightedRate(group, taken) * factors[group] * answers[group] / answer(group);
            living[group] = exponents[group] == 0 ? 0 : now;
            proportional += living[group];
            supply -= exponents[group] == 0 ? resistance * now : 0;
        }
        ratio = Math.max(LEAST, allProportional ? supply / (mean + resistance * proportional) : root(supply));
    }

    /** By Newton's method in ln u, in which the left side is convex and rising. */
    private double root(double supply) {
        double most = -Math.log(LEAST);
        double x = Math.log(ratio);
        double step = most;
        for (int n = 0; n < 64 && Math.abs(step) > NEWTON; n++) {
            double value = mean * Math.exp(x) - supply;
            double slope = mean * Math.exp(x);
            for (int group : exchanging) {
                double part = resistance * living[group] * Math.exp(exponents[group] * x);
                value += part;
                slope += exponents[group] * part;
            }
            double next = Math.max(-most, Math.min(most, x - value / slope));
            step = next - x;
            x = next;
        }
        return Math.exp(x);
    }

    /** Whether what passes has changed by so much that the fields are due. */
    boolean hasShifted() {
        if (resistance > 0) {
            return ratio > LARGEST || ratio < 1 / LARGEST;
        }
        return passed > 0 && Math.abs(passing(rates::factor) - passed) * displaced > SHIFT * passed;
    }

    /** What passes of the ion either way, s⁻¹. */
    private double passing(IntToDoubleFunction factors) {
        double sum = 0;
        for (int group : exchanging) {
            sum += rates.weightedRate(group, exchanged) * factors.applyAsDouble(group);
        }
        return sum;
    }

    /** By which part the concentration at the surface differs from the bulk's, the mean over the cells where anything reacts. */
    private double displacement() {
        double[] concentrations = reactions.concentrations(ion);
        IntArrayList reacting = reactions.reacting();
        double sum = 0;
        for (int n = 0; n < reacting.size(); n++) {
            sum += difference(concentrations[reacting.getInt(n)], bulk);
        }
        return reacting.isEmpty() ? 0 : sum / reacting.size();
    }

    private static double difference(double one, double other) {
        double larger = Math.max(one, other);
        return larger > 0 ? Math.abs(one - other) / larger : 0;
    }

    private double mean() {
        double[] concentrations = reactions.concentrations(ion);
        IntArrayList reacting = reactions.reacting();
        double sum = 0;
        double weights = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            for (int p = 0; p < exchanged.length; p++) {
                double weight = exchanged[p] > 0 ? exchanged[p] * reactions.rate(p, cell) : 0;
                sum += weight * concentrations[cell];
                weights += weight;
            }
        }
        return weights > 0 ? sum / weights : 0;
    }

    void save(DataOutput out) throws IOException {
        for (double value : new double[] {passed, displaced, mean, resistance, takenThen, ratio, beyond}) {
            out.writeDouble(value);
        }
    }

    void restore(DataInput in) throws IOException {
        passed = in.readDouble();
        displaced = in.readDouble();
        mean = in.readDouble();
        resistance = in.readDouble();
        takenThen = in.readDouble();
        ratio = in.readDouble();
        beyond = in.readDouble();
    }
}
