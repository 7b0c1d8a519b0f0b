package dev.kossel.engine.record;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import java.util.List;

/** See {@link ExportFormat#EXTXYZ}. Names with blanks get underscores. */
final class ExtendedXyz extends TextFrames {

    ExtendedXyz(List<SpeciesLabel> species) {
        super(species);
    }

    @Override
    void header(StringBuilder text, Snapshot snapshot, int sites) {
        LatticeGeometry g = snapshot.lattice().geometry();
        SnapshotStamp stamp = snapshot.stamp();
        text.append(sites).append("\nLattice=\"");
        length(text, g.widthNm() * ANGSTROM_PER_NM);
        text.append(" 0.0 0.0 0.0 ");
        length(text, g.depthNm() * ANGSTROM_PER_NM);
        text.append(" 0.0 0.0 0.0 ");
        length(text, g.heightNm() * ANGSTROM_PER_NM);
        text.append("\" Properties=species:S:1:pos:R:3:kind:S:1:kind_number:I:1:site:I:1:site_type:I:1")
                .append(snapshot.filled().known() ? ":filled_at:R:1" : "");
        snapshot.fields()
                .names()
                .forEach(name -> text.append(':').append(property(name)).append(":R:1"));
        text.append(" pbc=\"T T F\" time_s=")
                .append(stamp.timeSeconds())
                .append(" events=")
                .append(stamp.events());
        readings(text, stamp);
        text.append('\n');
    }

    @Override
    void site(StringBuilder text, Snapshot snapshot, int site) {
        Lattice lattice = snapshot.lattice();
        LatticeGeometry g = lattice.geometry();
        int s = lattice.species(site);
        text.append(symbols[s]).append(' ');
        length(text, g.xNm(site) * ANGSTROM_PER_NM);
        text.append(' ');
        length(text, g.yNm(site) * ANGSTROM_PER_NM);
        text.append(' ');
        length(text, g.zNm(site) * ANGSTROM_PER_NM);
        text.append(' ')
                .append(species.get(s).name().replace(' ', '_'))
                .append(' ')
                .append(s)
                .append(' ')
                .append(g.rank(site))
                .append(' ')
                .append(lattice.siteType(site));
        if (snapshot.filled().known()) {
            text.append(' ').append(snapshot.filled().seconds(site));
        }
        for (int field = 0; field < snapshot.fields().names().size(); field++) {
            text.append(' ').append(snapshot.fields().value(field, site));
        }
    }

    /** A colon would end the name. */
    private static String property(String name) {
        return name.replace(' ', '_').replace(':', '_');
    }
}
