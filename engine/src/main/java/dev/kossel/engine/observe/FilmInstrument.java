package dev.kossel.engine.observe;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Interface;
import dev.kossel.lattice.morphology.SiteNumbers;
import java.util.List;

/**
 * A film on metal: its thickness, that of a layer of its volume spread evenly over the electrode; and which part of the metal's surface it covers (see
 * {@link Interface#coverage}).
 *
 * <p>O(sites). Single-threaded.
 */
public final class FilmInstrument implements Instrument {

    private final SpeciesSet film;
    private final Interface covered;

    /**
     * @param open what covers nothing: all but solids
     * @param numbers shared with other instruments
     * @throws IllegalArgumentException if the lattice is two-dimensional
     */
    public FilmInstrument(
            LatticeGeometry geometry, SpeciesSet metal, SpeciesSet film, SpeciesSet open, SiteNumbers numbers) {
        this.film = film;
        covered = new Interface(geometry, metal, film, open, numbers);
    }

    @Override
    public List<String> columns() {
        return List.of("film_thickness_nm", "film_coverage");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        LatticeView lattice = sample.lattice();
        LatticeGeometry geometry = lattice.geometry();
        long sites = 0;
        for (int site = 0; site < geometry.siteCount(); site++) {
            sites += film.contains(lattice.species(site)) ? 1 : 0;
        }
        out[offset] = (double) sites / geometry.sitesPerLayer() * geometry.layerSpacingNm();
        out[offset + 1] = covered.measure(lattice).coverage();
    }
}
