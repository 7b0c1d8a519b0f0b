package dev.kossel.engine.record;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import java.util.List;

/** See {@link ExportFormat#EXTXYZ}. Names with blanks get underscores. */
final class ExtendedXyz extends TextFrames {

    ExtendedXyz(List<SpeciesLabel> species) {
        super(species);
    }

    @Override
    void header(StringBuilder text, LatticeView lattice, SnapshotStamp stamp, int sites) {
        LatticeGeometry g = lattice.geometry();
        text.append(sites).append("\nLattice=\"");
        length(text, g.widthNm() * ANGSTROM_PER_NM);
        text.append(" 0.0 0.0 0.0 ");
        length(text, g.depthNm() * ANGSTROM_PER_NM);
        text.append(" 0.0 0.0 0.0 ");
        length(text, g.heightNm() * ANGSTROM_PER_NM);
        text.append("\" Properties=species:S:1:pos:R:3:kind:S:1:kind_number:I:1:site:I:1:site_type:I:1 pbc=\"T T F\"")
                .append(" time_s=")
                .append(stamp.timeSeconds())
                .append(" events=")
                .append(stamp.events());
        readings(text, stamp);
        text.append('\n');
    }

    @Override
    void site(StringBuilder text, LatticeView lattice, int site) {
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
                .append(site)
                .append(' ')
                .append(lattice.siteType(site));
    }
}
