package dev.kossel.viz.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.viz.render.DeadMetal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteValuesTest {

    private static final SpeciesSet METALS = SpeciesSet.of(1);

    @Test
    void shouldFindNoCurvatureOnFlatFacesOfAnyLattice() {
        for (LatticeGeometry g : new LatticeGeometry[] {
            LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 12, 12, 24),
            LatticeGeometry.of(LatticeKind.BCC, "110", 0.43, 1, 10, 8, 12),
            LatticeGeometry.of(LatticeKind.FCC, "111", 0.4, 1, 12, 8, 8),
            LatticeGeometry.of(LatticeKind.HCP, "002", 0.32, 1.62, 12, 8, 12)
        }) {
            SpeciesGrid grid = new SpeciesGrid(SurfaceFrameTest.filled(g, g.layerCount() / 2), METALS);
            DrawnSites drawn = DrawnSites.of(grid, null);
            float[] values = SiteValues.curvature(grid, drawn);

            for (int i = 0; i < drawn.exposed(); i++) {
                assertThat(values[i]).as(g.toString()).isBetween(-1e-6f, 1e-6f);
            }
            assertThat(values[drawn.exposed()]).isNaN();
        }
    }

    @Test
    void shouldFindTheInverseRadiusOfASphereAndOfAHollow() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.FCC, "100", 0.4, 1, 48, 48, 48);
        double center = g.widthNm() / 2;
        double radiusNm = 6;
        for (int inside : new int[] {1, 0}) {
            Lattice lattice = new Lattice(g);
            for (int site = 0; site < g.siteCount(); site++) {
                double dx = g.xNm(site) - center;
                double dy = g.yNm(site) - center;
                double dz = g.zNm(site) - center;
                lattice.setSpecies(site, dx * dx + dy * dy + dz * dz < radiusNm * radiusNm ? inside : 1 - inside);
            }
            SpeciesGrid grid = new SpeciesGrid(lattice, METALS);
            DrawnSites drawn = DrawnSites.of(grid, null);
            float[] values = SiteValues.curvature(grid, drawn);
            double sum = 0;
            int count = 0;
            for (int i = 0; i < drawn.exposed(); i++) {
                // Not the top of the box, which is open to the hollow's metal.
                if (g.zNm(grid.site(drawn.place(i))) < center + radiusNm + 1) {
                    sum += values[i];
                    count++;
                }
            }

            assertThat(sum / count * (inside == 1 ? 1 : -1)).isBetween(0.8 / radiusNm, 1.2 / radiusNm);
        }
    }

    @Test
    void shouldCallDeadWhatDoesNotReachTheBottom() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 8, 8, 10);
        Lattice lattice = SurfaceFrameTest.filled(g, 2);
        lattice.setSpecies(g.site(3, 3, 2, 0), 1);
        lattice.setSpecies(g.site(5, 5, 5, 0), 1);
        lattice.setSpecies(g.site(5, 5, 6, 0), 1);
        lattice.setSpecies(g.site(1, 1, 2, 0), 2);
        SpeciesGrid grid = new SpeciesGrid(lattice, SpeciesSet.of(1, 2));
        DrawnSites drawn = DrawnSites.of(grid, null);
        float[] values = SiteValues.dead(DeadMetal.of(lattice, layout(g)), grid, drawn);
        float[] byPlace = new float[grid.places()];
        for (int i = 0; i < values.length; i++) {
            byPlace[drawn.place(i)] = values[i];
        }

        assertThat(byPlace[grid.place(3, 3, 2, 0)]).isZero();
        assertThat(byPlace[grid.place(5, 5, 5, 0)]).isEqualTo(1);
        assertThat(byPlace[grid.place(5, 5, 6, 0)]).isEqualTo(1);
        assertThat(byPlace[grid.place(1, 1, 2, 0)]).isNaN();
        Snapshot snapshot = new Snapshot(
                lattice,
                SnapshotStamp.initial(),
                FillTimes.of(new float[g.siteCount()]),
                new SiteFields(List.of("a_V", "b_V"), (field, site) -> field == 0 ? -0.5f : Float.NaN));
        SiteReport report = SiteReport.of(snapshot, layout(g), grid, grid.place(5, 5, 6, 0), snapshot.filled());
        assertThat(report.fields()).containsExactly(Map.entry("a_V", -0.5));
        assertThat(report.dead()).isTrue();
        assertThat(report.clusterSites()).isEqualTo(2);
        assertThat(report.coordination()).isEqualTo(1);
        assertThat(report.neighbors())
                .hasSize(6)
                .filteredOn(s -> s.species() == 1)
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.place()).isEqualTo(grid.place(5, 5, 5, 0));
                    assertThat(s.distanceNm()).isEqualTo(0.3);
                });
    }

    private static RunLayout layout(LatticeGeometry geometry) {
        return new RunLayout(
                geometry,
                List.of(
                        new SpeciesLabel("vacant", false, true, 0),
                        new SpeciesLabel("M", true, false, 1),
                        new SpeciesLabel("substrate", false, false, 2),
                        new SpeciesLabel("M (isolated)", true, false, 3)),
                List.of("plain"),
                List.of(),
                List.of());
    }

    @Test
    void shouldTakeTheSubstrateForAContactAndIsolatedMetalForDead() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 6, 6, 6);
        Lattice lattice = new Lattice(g);
        for (int site = 0; site < g.siteCount(); site++) {
            lattice.setSpecies(site, g.layer(site) == 0 ? 2 : 0);
        }
        lattice.setSpecies(g.site(1, 1, 1, 0), 1);
        lattice.setSpecies(g.site(3, 3, 1, 0), 3);
        lattice.setSpecies(g.site(4, 4, 3, 0), 1);
        DeadMetal metal = DeadMetal.of(lattice, layout(g));

        assertThat(metal.isDead(g.site(1, 1, 1, 0))).isFalse();
        assertThat(metal.isDead(g.site(3, 3, 1, 0))).isTrue();
        assertThat(metal.isDead(g.site(4, 4, 3, 0))).isTrue();
        assertThat(metal.isDead(g.site(2, 2, 0, 0))).isFalse();
        assertThat(metal.isMetal(g.site(2, 2, 0, 0))).isFalse();
    }

    /** Metal that has lost contact is where it was deposited when it was. */
    @Test
    void shouldNotTakeTheLossOfContactForADeposition() throws Exception {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 4, 4, 6);
        List<Snapshot> snapshots = new ArrayList<>();
        for (int species : new int[] {0, 1, 3, 3, 2}) {
            Lattice lattice = new Lattice(g);
            lattice.setSpecies(0, species);
            snapshots.add(new Snapshot(lattice, new SnapshotStamp(snapshots.size(), 0, Map.of())));
        }
        FilledSince.Snapshots source = new FilledSince.Snapshots() {
            @Override
            public Snapshot read(int number) {
                return snapshots.get(number);
            }

            @Override
            public String tag(int number) {
                return "same";
            }
        };
        int[] originals = layout(g).originals();
        assertThat(originals).containsExactly(0, 1, 2, 1);
        assertThat(new FilledSince().at(3, source, originals).seconds(0)).isEqualTo(1);
        assertThat(new FilledSince().at(4, source, originals).seconds(0)).isEqualTo(4);
    }

    @Test
    void shouldGiveTheNumbersOfAFieldAndNoneOfOneThatIsNotThere() {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 4, 4, 6);
        SpeciesGrid grid = new SpeciesGrid(SurfaceFrameTest.filled(g, 2), SpeciesSet.of(1));
        DrawnSites drawn = DrawnSites.of(grid, null);
        SiteFields fields = new SiteFields(List.of("a_V", "b_V"), (field, site) -> 1000 * field + site);
        float[] values = SiteValues.field(fields, "b_V", grid, drawn);
        for (int i = 0; i < drawn.count(); i++) {
            assertThat(values[i]).isEqualTo(1000 + grid.site(drawn.place(i)));
        }
        assertThat(SiteValues.field(fields, "c_V", grid, drawn)).containsOnly(Float.NaN);
    }

    @Test
    void shouldDeriveSinceWhenSitesAreFilledWhicheverFrameIsAskedForFirst() throws Exception {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 4, 4, 6);
        List<Snapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Lattice lattice = SurfaceFrameTest.filled(g, 1 + i);
            lattice.setSpecies(g.site(0, 0, 1, 0), i == 2 ? 0 : 1); // Emptied and filled again.
            snapshots.add(new Snapshot(lattice, new SnapshotStamp(10 * i, i, Map.of())));
        }
        int[] reads = {0};
        FilledSince.Snapshots source = new FilledSince.Snapshots() {
            @Override
            public Snapshot read(int number) {
                reads[0]++;
                return snapshots.get(number);
            }

            @Override
            public String tag(int number) {
                return "same";
            }
        };
        FilledSince since = new FilledSince();
        FillTimes last = since.at(4, source, new int[] {0, 1});
        FillTimes second = since.at(1, source, new int[] {0, 1});

        assertThat(last.seconds(g.site(1, 1, 0, 0))).isZero();
        assertThat(last.seconds(g.site(1, 1, 1, 0))).isEqualTo(10);
        assertThat(last.seconds(g.site(1, 1, 3, 0))).isEqualTo(30);
        assertThat(last.seconds(g.site(0, 0, 1, 0))).isEqualTo(30);
        assertThat(second.seconds(g.site(0, 0, 1, 0))).isZero();
        assertThat(second.seconds(g.site(1, 1, 1, 0))).isEqualTo(10);
        assertThat(reads[0])
                .as("five to go through all, one to look at the second again")
                .isEqualTo(6);
    }
}
