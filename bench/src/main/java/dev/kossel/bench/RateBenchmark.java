package dev.kossel.bench;

import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.RateTable;
import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.file.ScenarioException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Rates of the built-in scenarios: finding them, drawing from them, and what a change of the overpotential costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RateBenchmark {

    @Param({"r1", "na-vn", "alloy"})
    String scenario;

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
    private final RandomWord word = new RandomWord();
    private final Event event = new Event();
    private RateTable table;
    private SiteStates lattice;
    private SiteRates rates;
    private double[] factors;

    @Setup
    public void build() throws ScenarioException {
        Model model = Deposit.of(scenario, 0);
        table = model.table();
        lattice = SiteStates.of(table, model.initial());
        rates = SiteRates.byState(table, lattice, RateClassSelector::new);
        factors = new double[table.catalog().factorCount()];
    }

    @Benchmark
    public int baseline() {
        return randomSite();
    }

    /** The rate class of a site. */
    @Benchmark
    public int rateClass() {
        return table.rateClass(lattice.state(randomSite()));
    }

    /** What happens, from a site that the selector draws: process and direction, or a null event. */
    @Benchmark
    public boolean draw() {
        word.draw(random);
        return rates.draw(word, random, event);
    }

    /** The exact rate of all that can start from a site, by enumeration: what the tables save. */
    @Benchmark
    public double enumerated() {
        return table.rateFrom(lattice, randomSite());
    }

    /** A new overpotential: all classes weighed anew. */
    @Benchmark
    public double refactor() {
        factors[0] = 1;
        for (int factor = 1; factor < factors.length; factor++) {
            factors[factor] = 1 + random.nextDouble();
        }
        rates.refactor(factors);
        return rates.selector().totalRate();
    }

    private int randomSite() {
        return random.nextInt(table.geometry().siteCount());
    }
}
