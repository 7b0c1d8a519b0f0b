package dev.kossel.engine.record;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import java.util.List;

/** See {@link ExportFormat#CSV}. */
final class SiteTable extends TextFrames {

    SiteTable(List<SpeciesLabel> species) {
        super(species);
    }

    @Override
    void header(StringBuilder text, Snapshot snapshot, int sites) {
        text.append("site,x_nm,y_nm,z_nm,layer,species,species_number,site_type,filled_at_s");
        snapshot.fields().names().forEach(name -> text.append(',').append(name));
        text.append('\n');
    }

    @Override
    void site(StringBuilder text, Snapshot snapshot, int site) {
        Lattice lattice = snapshot.lattice();
        LatticeGeometry g = lattice.geometry();
        int s = lattice.species(site);
        text.append(g.rank(site)).append(',');
        length(text, g.xNm(site));
        text.append(',');
        length(text, g.yNm(site));
        text.append(',');
        length(text, g.zNm(site));
        text.append(',')
                .append(g.layer(site))
                .append(',')
                .append(species.get(s).name())
                .append(',')
                .append(s)
                .append(',')
                .append(lattice.siteType(site))
                .append(',');
        float seconds = snapshot.filled().seconds(site);
        if (!Float.isNaN(seconds)) {
            text.append(seconds);
        }
        for (int field = 0; field < snapshot.fields().names().size(); field++) {
            float value = snapshot.fields().value(field, site);
            text.append(',').append(Float.isNaN(value) ? "" : value);
        }
    }
}
