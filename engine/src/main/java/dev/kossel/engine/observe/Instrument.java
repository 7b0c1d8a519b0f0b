package dev.kossel.engine.observe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Measures columns of {@code statistics.csv} from a sample: one virtual laboratory instrument.
 *
 * <p>Used by one thread, that of the {@link StatisticsObserver}, and asked at every sample, so that it may follow {@link Sample#changes} instead of looking at
 * the whole lattice. What it finds must be a pure function of the sample (and of what it was made with) all the same, to the last bit: a resumed run
 * begins with the lattice alone, and measures the same. Whatever has to
 * outlast a sample, like the value before, goes through {@link #save}.
 */
public interface Instrument {

    /** Column names with units, such as {@code rms_roughness_nm}; fixed. */
    List<String> columns();

    /**
     * Writes one value a column into {@code out[offset …]}; NaN where nothing can be measured (an empty field in the
     * file).
     *
     * @param out the row under construction
     * @param offset where this instrument's columns begin
     */
    void measure(Sample sample, double[] out, int offset);

    /** Writes what it keeps from one sample to the next; most keep nothing. */
    default void save(DataOutput out) throws IOException {}

    /** Reads what {@link #save} wrote. */
    default void restore(DataInput in) throws IOException {}
}
