package dev.kossel.bench;

import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an event's random numbers cost: a word, a uniform, a waiting time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RandomBenchmark {

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
    private final SharedStateContinuousSampler exponential = ZigguratSampler.Exponential.of(random);
    private long word;

    /** The harness and one addition. */
    @Benchmark
    public long baseline() {
        return word++;
    }

    @Benchmark
    public long word() {
        return random.nextLong();
    }

    @Benchmark
    public double uniform() {
        return random.nextDouble();
    }

    /** Exp(1) as the loop draws it. */
    @Benchmark
    public double exponential() {
        return exponential.sample();
    }

    /** Exp(1) by inversion, for comparison. */
    @Benchmark
    public double exponentialByLogarithm() {
        return -Math.log(1 - random.nextDouble());
    }
}
