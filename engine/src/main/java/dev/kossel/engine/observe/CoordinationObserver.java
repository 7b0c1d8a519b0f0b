package dev.kossel.engine.observe;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.SurfaceDistance;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code coordination.csv}: at each snapshot a row for each {@linkplain SurfaceDistance distance from the surface}, with how many sites there are that hold no solid, how many particles with a
 * coordination number, their mean number, and how many of each species; means over all samples since the snapshot before, because in a small box particles are few.
 *
 * <p>A pass over the sites a sample; 8 bytes a site and 8 a distance and species.
 */
public final class CoordinationObserver extends CsvObserver {

    private final LatticeGeometry geometry;
    private final SpeciesSet solids;
    private final SurfaceDistance distance;
    private final int[] coordination;
    private final int[] columnOf;
    private final int[] numbers;
    /** Sums over samples by [distance][0 for sites, then species]; distances from 1. */
    private long[][] sums;

    private long samples;

    /**
     * @param file begun with {@link #columns}; closed with this observer
     * @param coordination by species, its coordination number; negative for those without
     */
    public CoordinationObserver(CsvWriter file, LatticeGeometry geometry, SpeciesSet solids, int[] coordination) {
        super(file);
        this.geometry = geometry;
        this.solids = solids;
        this.coordination = coordination.clone();
        distance = new SurfaceDistance(geometry, solids);
        columnOf = new int[coordination.length];
        List<Integer> found = new ArrayList<>();
        for (int s = 0; s < coordination.length; s++) {
            columnOf[s] = coordination[s] < 0 ? 0 : found.size() + 1;
            if (coordination[s] >= 0) {
                found.add(s);
            }
        }
        numbers = found.stream().mapToInt(Integer::intValue).toArray();
        sums = new long[0][];
    }

    /** {@code time_s, events, steps_from_surface, sites, ions, mean_coordination}, then {@code ions_<species>} for each that has a coordination number. */
    public static List<String> columns(RunLayout layout, int[] coordination) {
        List<String> columns = new ArrayList<>(
                List.of("time_s", "events", "steps_from_surface", "sites", "ions", "mean_coordination"));
        for (int s = 0; s < coordination.length; s++) {
            if (coordination[s] >= 0) {
                columns.add("ions_" + layout.species().get(s).name());
            }
        }
        return columns;
    }

    @Override
    public String name() {
        return "coordination";
    }

    @Override
    public void onSample(Sample sample) throws IOException {
        add(sample.lattice());
        if (sample.snapshot()) {
            write(sample);
            sums = new long[0][];
            samples = 0;
        }
    }

    private void add(LatticeView lattice) {
        distance.measure(lattice);
        samples++;
        for (int site = 0; site < geometry.siteCount(); site++) {
            int species = lattice.species(site);
            int steps = distance.steps(site);
            if (solids.contains(species) || steps == Integer.MAX_VALUE) {
                continue;
            }
            while (steps > sums.length) {
                long[][] longer = new long[sums.length + 1][];
                System.arraycopy(sums, 0, longer, 0, sums.length);
                longer[sums.length] = new long[numbers.length + 1];
                sums = longer;
            }
            sums[steps - 1][0]++;
            if (columnOf[species] > 0) {
                sums[steps - 1][columnOf[species]]++;
            }
        }
    }

    private void write(Sample sample) throws IOException {
        for (int steps = 1; steps <= sums.length; steps++) {
            long[] row = sums[steps - 1];
            long ions = 0;
            long shells = 0;
            for (int n = 0; n < numbers.length; n++) {
                ions += row[n + 1];
                shells += row[n + 1] * coordination[numbers[n]];
            }
            file.add(sample.timeSeconds()).add(sample.events()).add(steps);
            file.add((double) row[0] / samples).add((double) ions / samples);
            file.add(ions == 0 ? Double.NaN : (double) shells / ions);
            for (int n = 0; n < numbers.length; n++) {
                file.add((double) row[n + 1] / samples);
            }
            file.endRow();
        }
        file.flush();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        super.save(out);
        out.writeLong(samples);
        out.writeInt(sums.length);
        for (long[] row : sums) {
            for (long sum : row) {
                out.writeLong(sum);
            }
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        super.restore(in);
        samples = in.readLong();
        sums = new long[in.readInt()][numbers.length + 1];
        for (long[] row : sums) {
            for (int n = 0; n < row.length; n++) {
                row[n] = in.readLong();
            }
        }
    }
}
