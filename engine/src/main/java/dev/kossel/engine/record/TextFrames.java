package dev.kossel.engine.record;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the text formats share. */
abstract sealed class TextFrames implements FrameWriter.Format permits ExtendedXyz, LammpsDump, SiteTable {

    static final double ANGSTROM_PER_NM = 10;

    private static final int FLUSH_CHARS = 1 << 15;

    final List<SpeciesLabel> species;
    final String[] symbols;
    private final SpeciesSet solid;

    TextFrames(List<SpeciesLabel> species) {
        this.species = List.copyOf(species);
        symbols = species.stream().map(label -> ChemicalSymbol.of(label.name())).toArray(String[]::new);
        solid = RunLayout.having(species, label -> !label.vacant());
    }

    /** Everything before the first site. */
    abstract void header(StringBuilder text, Snapshot snapshot, int sites);

    /** One site's line, without line end. */
    abstract void site(StringBuilder text, Snapshot snapshot, int site);

    @Override
    public final void write(OutputStream out, Snapshot snapshot) throws IOException {
        Lattice lattice = snapshot.lattice();
        LatticeGeometry geometry = lattice.geometry();
        int sites = 0;
        for (int site = 0; site < geometry.siteCount(); site++) {
            int s = lattice.species(site);
            if (s >= species.size()) {
                throw new IllegalArgumentException("site " + geometry.rank(site) + " holds species " + s + ", but only "
                        + species.size() + " are named");
            }
            if (solid.contains(s)) {
                sites++;
            }
        }
        StringBuilder text = new StringBuilder(FLUSH_CHARS + 512);
        header(text, snapshot, sites);
        for (var all = geometry.sites(); all.hasNext(); ) {
            int site = all.nextInt();
            if (solid.contains(lattice.species(site))) {
                site(text, snapshot, site);
                text.append('\n');
                if (text.length() > FLUSH_CHARS) {
                    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                    text.setLength(0);
                }
            }
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Appends a length rounded to 1e-6 of its unit, short. */
    static void length(StringBuilder text, double value) {
        text.append(Math.rint(value * 1e6) / 1e6);
    }

    static void readings(StringBuilder text, SnapshotStamp stamp) {
        for (Map.Entry<String, Double> reading : stamp.readings().entrySet()) {
            text.append(' ')
                    .append(reading.getKey().replace(' ', '_'))
                    .append('=')
                    .append(reading.getValue());
        }
    }
}
