package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.List;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** Models that can be solved on paper. Bounds are 4.5σ. */
class ExactModelsTest {

    private static final double SIGMAS = 4.5;
    private static final double FOREVER = Double.POSITIVE_INFINITY;

    @Test
    void shouldCountEventsInTheRatioOfTheirRates() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SQUARE, "2d", 0.3, 1, 8, 8, 1);
        double[] rates = {1, 10, 0.1, 3};
        TestModel.Builder builder = TestModel.on(geometry, 3);
        // Every site can always do all four, whatever it is: two ways from each species, one of which leads on and one
        // back.
        for (int species = 0; species < 3; species++) {
            for (int n = 0; n < 4; n++) {
                double rate = rates[n];
                builder.site(
                        n + " from " + species, species, (species + 1 + n % 2) % 3, List.of(), (d, e, t, s) -> rate);
            }
        }
        KineticMonteCarlo kmc =
                builder.compile().start(new Lattice(geometry), RandomSource.XO_SHI_RO_256_PP.create(3L), null);
        long events = 400_000;
        kmc.advance(FOREVER, events, Long.MAX_VALUE);
        assertThat(kmc.nullEvents()).isZero();
        for (int n = 0; n < 4; n++) {
            double share = rates[n] / 14.1;
            long count = kmc.eventCount(n) + kmc.eventCount(4 + n) + kmc.eventCount(8 + n);
            assertThat(count)
                    .isCloseTo(
                            Math.round(events * share),
                            within(Math.round(SIGMAS * Math.sqrt(events * share * (1 - share)))));
        }
        double meanTime = events / (64 * 14.1);
        assertThat(kmc.timeSeconds()).isCloseTo(meanTime, within(SIGMAS * meanTime / Math.sqrt(events)));
    }

    @Test
    void shouldRoughenAtRandom() {
        int edge = 80;
        double meanHeight = 15;
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, edge, edge, 60);
        TestModel model = TestModel.on(geometry, 2)
                .pair("land", 1, 0, 1, 1, 1, Directions.UP, (d, e, t, s) -> 2)
                .compile();
        Lattice lattice = new Lattice(geometry);
        for (int column = 0; column < geometry.columnCount(); column++) {
            lattice.setSpecies(geometry.columnSite(column, 0), 1);
        }
        KineticMonteCarlo kmc = model.start(lattice, RandomSource.XO_SHI_RO_256_PP.create(5L), null);
        assertThat(kmc.advance(meanHeight / 2, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Advance.TIME_REACHED);

        int columns = geometry.columnCount();
        double sum = 0;
        double squares = 0;
        for (int column = 0; column < columns; column++) {
            int height = 0;
            while (kmc.rates().lattice().species(geometry.columnSite(column, height + 1)) == 1) {
                height++;
            }
            sum += height;
            squares += (double) height * height;
        }
        double mean = sum / columns;
        double width = squares / columns - mean * mean;
        assertThat(mean).isCloseTo(meanHeight, within(SIGMAS * Math.sqrt(meanHeight / columns)));
        // Heights are Poisson: the variance of their variance is (2 λ² + λ)/n.
        assertThat(width)
                .isCloseTo(
                        meanHeight, within(SIGMAS * Math.sqrt((2 * meanHeight * meanHeight + meanHeight) / columns)));
    }

    @Test
    void shouldAdsorbAsLangmuirFound() {
        double adsorption = 0.7;
        double desorption = 0.3;
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.TRIANGULAR, "2d", 0.3, 1, 100, 60, 1);
        TestModel model = TestModel.on(geometry, 2)
                .site("adsorb", 0, 1, List.of(), (d, e, t, s) -> adsorption)
                .site("desorb", 1, 0, List.of(), (d, e, t, s) -> desorption)
                .compile();
        KineticMonteCarlo kmc = model.start(new Lattice(geometry), RandomSource.XO_SHI_RO_256_PP.create(7L), null);
        int sites = geometry.siteCount();
        double equilibrium = adsorption / (adsorption + desorption);
        for (double time : new double[] {0.3, 1, 2, 4, 30}) {
            kmc.advance(time, Long.MAX_VALUE, Long.MAX_VALUE);
            double expected = equilibrium * -Math.expm1(-(adsorption + desorption) * time);
            double coverage = (double) (kmc.eventCount(0) - kmc.eventCount(1)) / sites;
            assertThat(coverage)
                    .as("coverage after %s s", time)
                    .isCloseTo(expected, within(SIGMAS * Math.sqrt(expected * (1 - expected) / sites)));
        }
    }
}
