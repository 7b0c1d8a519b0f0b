package dev.kossel.viz.server;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.morphology.Clusters;
import dev.kossel.viz.render.DeadMetal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One site of a snapshot and its nearest neighbours, for whoever clicks it.
 *
 * @param site the number that the lattice gives to it
 * @param filledSeconds since when it holds its species, null where that is not known
 * @param clusterSites metal sites that hang together with it, itself included; 0 if it is none
 * @param dead whether it is metal that has lost the electrode
 * @param fields the numbers that it has, by name with unit
 */
record SiteReport(
        Site site,
        int layer,
        int coordination,
        @Nullable Double filledSeconds,
        int clusterSites,
        boolean dead,
        Map<String, Double> fields,
        List<Site> neighbors) {

    /**
     * @param place {@link SpeciesGrid}
     * @param distanceNm from the site that was asked for
     */
    record Site(int place, int number, int species, int siteType, double x, double y, double z, double distanceNm) {}

    static SiteReport of(Snapshot snapshot, RunLayout layout, SpeciesGrid grid, int place, FillTimes filled) {
        LatticeView lattice = snapshot.lattice();
        LatticeGeometry g = grid.geometry;
        int number = grid.site(place);
        Clusters clusters = Clusters.ofNearestNeighbors(g).measure(lattice, layout.metals());
        int cluster = clusters.cluster(number);
        return new SiteReport(
                site(grid, lattice, place, 0),
                g.layer(number),
                SurfaceFrame.coordination(grid, place, Neighbors.nearest(g)),
                Float.isNaN(filled.seconds(number)) ? null : (double) filled.seconds(number),
                cluster < 0 ? 0 : clusters.size(cluster),
                DeadMetal.of(lattice, layout).isDead(number),
                fields(snapshot.fields(), number),
                neighbors(grid, lattice, place));
    }

    private static Map<String, Double> fields(SiteFields fields, int site) {
        Map<String, Double> known = new LinkedHashMap<>();
        for (int field = 0; field < fields.names().size(); field++) {
            float value = fields.value(field, site);
            if (!Float.isNaN(value)) {
                known.put(fields.names().get(field), (double) value);
            }
        }
        return known;
    }

    private static List<Site> neighbors(SpeciesGrid grid, LatticeView lattice, int place) {
        Neighbors around = Neighbors.nearest(grid.geometry)[place % grid.basisSize];
        List<Site> found = new ArrayList<>();
        for (int k = 0; k < around.count(); k++) {
            int neighbor = grid.neighbor(grid.x(place), grid.y(place), grid.z(place), around, k);
            if (neighbor >= 0) {
                double distance = Math.sqrt(Math.pow(around.displacementNm(k, 0), 2)
                        + Math.pow(around.displacementNm(k, 1), 2)
                        + Math.pow(around.displacementNm(k, 2), 2));
                found.add(site(grid, lattice, neighbor, distance));
            }
        }
        return found;
    }

    private static Site site(SpeciesGrid grid, LatticeView lattice, int place, double distanceNm) {
        LatticeGeometry g = grid.geometry;
        int number = grid.site(place);
        return new Site(
                place,
                number,
                lattice.species(number),
                lattice.siteType(number),
                g.xNm(number),
                g.yNm(number),
                g.zNm(number),
                distanceNm);
    }
}
