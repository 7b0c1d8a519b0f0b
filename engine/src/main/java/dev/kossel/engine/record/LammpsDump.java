package dev.kossel.engine.record;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import java.util.List;

/**
 * See {@link ExportFormat#LAMMPS}. The time step of a frame is its number of events, its time follows {@code ITEM:
 * TIME} (s); {@code id} is the site's rank + 1.
 *
 * @see <a href="https://docs.lammps.org/dump.html">LAMMPS: dump</a>
 */
final class LammpsDump extends TextFrames {

    LammpsDump(List<SpeciesLabel> species) {
        super(species);
    }

    @Override
    void header(StringBuilder text, Snapshot snapshot, int sites) {
        LatticeGeometry g = snapshot.lattice().geometry();
        SnapshotStamp stamp = snapshot.stamp();
        text.append("ITEM: TIME\n").append(stamp.timeSeconds());
        text.append("\nITEM: TIMESTEP\n").append(stamp.events());
        text.append("\nITEM: NUMBER OF ATOMS\n").append(sites);
        text.append("\nITEM: BOX BOUNDS pp pp ff\n");
        for (double edgeNm : new double[] {g.widthNm(), g.depthNm(), g.heightNm()}) {
            text.append("0.0 ");
            length(text, edgeNm * ANGSTROM_PER_NM);
            text.append('\n');
        }
        text.append("ITEM: ATOMS id type element x y z site_type");
        snapshot.fields().names().forEach(name -> text.append(' ').append(name.replace(' ', '_')));
        text.append('\n');
    }

    @Override
    void site(StringBuilder text, Snapshot snapshot, int site) {
        Lattice lattice = snapshot.lattice();
        LatticeGeometry g = lattice.geometry();
        int s = lattice.species(site);
        text.append(g.rank(site) + 1L)
                .append(' ')
                .append(s)
                .append(' ')
                .append(symbols[s])
                .append(' ');
        length(text, g.xNm(site) * ANGSTROM_PER_NM);
        text.append(' ');
        length(text, g.yNm(site) * ANGSTROM_PER_NM);
        text.append(' ');
        length(text, g.zNm(site) * ANGSTROM_PER_NM);
        text.append(' ').append(lattice.siteType(site));
        for (int field = 0; field < snapshot.fields().names().size(); field++) {
            text.append(' ').append(snapshot.fields().value(field, site));
        }
    }
}
