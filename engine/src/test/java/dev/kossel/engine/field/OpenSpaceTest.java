package dev.kossel.engine.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measured along with a lattice that changes, against a measurement of it from nothing. */
class OpenSpaceTest {

    /** Few changes at once, so that most leave cells as open or closed as they were; many, so that pockets close and open. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 400})
    void shouldMeasureTheSameByWhatHasChanged(int changesAtOnce) {
        LatticeGeometry box = Relief.box(12, 10, 15);
        FieldGrid grid = new FieldGrid(box, 2, 20, 1.5);
        CellSites sites = new CellSites(grid, box.siteCount());
        CellChanges changes = new CellChanges(grid.cellCount());
        Lattice lattice = Relief.of(box, (x, y) -> 6 + 3 * Math.sin(x) * Math.cos(y));
        OpenSpace followed = new OpenSpace(grid).measure(lattice, Relief.SOLID, sites, changes);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(changesAtOnce);
        int closed = 0;
        int pockets = 0;
        for (int look = 0; look < 200; look++) {
            for (int n = 0; n < changesAtOnce; n++) {
                int site = random.nextInt(box.siteCount());
                lattice.setSpecies(site, random.nextInt(3) == 0 ? 0 : 1);
                changes.mark(grid.cellOf(site));
            }
            followed.measure(lattice, Relief.SOLID, sites, changes);
            OpenSpace anew = new OpenSpace(grid).measure(lattice, Relief.SOLID);
            for (int cell = 0; cell < grid.cellCount(); cell++) {
                assertThat(followed.open(cell)).isEqualTo(anew.open(cell));
                assertThat(followed.volumeNm3(cell)).isEqualTo(anew.volumeNm3(cell));
                assertThat(followed.wallNm(cell)).isEqualTo(anew.wallNm(cell));
                assertThat(followed.host(cell)).isEqualTo(anew.host(cell));
                assertThat(followed.resistanceX(cell)).isEqualTo(anew.resistanceX(cell));
                assertThat(followed.resistanceY(cell)).isEqualTo(anew.resistanceY(cell));
                assertThat(followed.resistanceZ(cell)).isEqualTo(anew.resistanceZ(cell));
                boolean isClosed = anew.open(cell) == 0;
                closed += isClosed ? 1 : 0;
                pockets += isClosed && solids(lattice, sites, cell) < 0.9 ? 1 : 0;
            }
        }
        assertThat(closed).isPositive();
        // Where most is stirred, ways lead everywhere.
        assertThat(changesAtOnce == 400 || pockets > 0).isTrue();
    }

    private static double solids(Lattice lattice, CellSites sites, int cell) {
        int count = 0;
        for (int n = sites.first(cell); n < sites.first(cell + 1); n++) {
            count += lattice.species(sites.site(n));
        }
        return (double) count / Math.max(1, sites.first(cell + 1) - sites.first(cell));
    }
}
