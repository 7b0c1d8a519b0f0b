package dev.kossel.scenarios;

import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.lattice.Form;
import dev.kossel.lattice.InitialMorphology;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LayerRange;
import dev.kossel.lattice.Place;
import dev.kossel.lattice.Placement;
import dev.kossel.scenarios.file.Morphology;
import dev.kossel.scenarios.file.Raster;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.SitePattern;
import dev.kossel.scenarios.file.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/** Builds the lattice at time 0: the scenario's pieces of morphology from the bottom up, then its site types. */
final class InitialState {

    private final Scenario scenario;
    private final LatticeGeometry geometry;

    private InitialState(Scenario scenario, LatticeGeometry geometry) {
        this.scenario = scenario;
        this.geometry = geometry;
    }

    /**
     * Builds it.
     *
     * @param random for what is drawn by lot
     * @throws IllegalArgumentException if a piece does not fit the box, or a file it needs cannot be read
     */
    static Lattice build(Scenario scenario, LatticeGeometry geometry, UniformRandomProvider random) {
        return new InitialState(scenario, geometry).build(random);
    }

    private Lattice build(UniformRandomProvider random) {
        Lattice lattice = new Lattice(geometry);
        for (Morphology piece : scenario.initial()) {
            piece(piece).apply(lattice, random);
        }
        if (!scenario.sites().isEmpty()) {
            lattice = lattice.withSiteTypes();
        }
        for (SitePattern pattern : scenario.sites()) {
            dev.kossel.scenarios.file.LayerRange range = pattern.layers();
            LayerRange layers = range == null ? LayerRange.all(geometry) : new LayerRange(range.from(), range.to());
            pattern(pattern).apply(lattice, touching(pattern, layers.sites(geometry), lattice), random);
        }
        if (scenario.transport() instanceof Transport.Explicit explicit) {
            dissolve(explicit.reservoir(), lattice, random);
        }
        return lattice;
    }

    /** Lets vacant sites hold the ions that the reservoir holds, by lot. */
    private void dissolve(Map<String, Transport.Bath> ions, Lattice lattice, UniformRandomProvider random) {
        Map<String, Double> occupancies = new LinkedHashMap<>();
        ions.forEach((name, bath) -> occupancies.put(
                name, ExplicitIons.occupancy(bath, geometry, scenario.lattice().atomsPerSite())));
        for (var sites = geometry.sites(); sites.hasNext(); ) {
            int site = sites.nextInt();
            if (lattice.species(site) == 0) {
                double left = random.nextDouble();
                for (Map.Entry<String, Double> ion : occupancies.entrySet()) {
                    if (left >= 0 && left < ion.getValue()) {
                        lattice.setSpecies(site, species(ion.getKey()));
                    }
                    left -= ion.getValue();
                }
            }
        }
    }

    /** Of some sites those that the pattern is meant for: all, or the vacant ones beside given species. */
    private int[] touching(SitePattern pattern, int[] sites, Lattice lattice) {
        List<String> names = pattern instanceof SitePattern.All all
                ? all.touching()
                : pattern instanceof SitePattern.Random random ? random.touching() : List.of();
        if (names.isEmpty()) {
            return sites;
        }
        BitSet wanted = new BitSet();
        names.forEach(name -> wanted.set(species(name)));
        return IntStream.of(sites)
                .filter(site -> lattice.species(site) == 0
                        && IntStream.range(0, geometry.nearestCount())
                                .map(k -> geometry.neighbor(site, k))
                                .anyMatch(neighbor -> neighbor >= 0 && wanted.get(lattice.species(neighbor))))
                .toArray();
    }

    private InitialMorphology piece(Morphology piece) {
        Placement middle = Placement.At.of(geometry.widthNm() / 2, geometry.depthNm() / 2);
        if (piece instanceof Morphology.Layers layers) {
            return new InitialMorphology.FullLayers(species(layers.species()), layers.count());
        } else if (piece instanceof Morphology.Rough rough) {
            return new InitialMorphology.Rough(
                    species(rough.species()),
                    rough.mean().nanometres(),
                    rough.rms().nanometres(),
                    rough.correlation().nanometres());
        } else if (piece instanceof Morphology.Pits pits) {
            return new InitialMorphology.Pits(
                    Form.ELLIPSOID,
                    pits.radius().nanometres(),
                    pits.depth().nanometres(),
                    new Placement.Random(pits.count()));
        } else if (piece instanceof Morphology.Protrusion tip) {
            return new InitialMorphology.Protrusion(
                    species(tip.species()),
                    Form.valueOf(tip.form().name()),
                    tip.radius().nanometres(),
                    tip.height().nanometres(),
                    middle);
        } else if (piece instanceof Morphology.Particles particles) {
            return new InitialMorphology.Particles(
                    species(particles.species()),
                    particles.radius().nanometres(),
                    new Placement.Random(particles.count()));
        } else if (piece instanceof Morphology.Points points) {
            return new InitialMorphology.Points(species(points.species()), places(points.at()));
        } else if (piece instanceof Morphology.Dispersed dispersed) {
            return new InitialMorphology.Dispersed(species(dispersed.species()), dispersed.fraction());
        } else if (piece instanceof Morphology.Snapshot snapshot) {
            return new InitialMorphology.CopyOf(snapshot(snapshot.file()));
        }
        throw new IllegalStateException("no initial morphology for " + piece);
    }

    private Lattice snapshot(Path file) {
        try {
            Lattice lattice = SnapshotReader.readLatest(file).lattice();
            int known = scenario.speciesNames().size();
            for (int site = 0; site < geometry.siteCount(); site++) {
                if (site < lattice.speciesArray().length && lattice.species(site) >= known) {
                    return withoutTwins(lattice, SnapshotReader.speciesOf(file));
                }
            }
            return lattice;
        } catch (IOException e) {
            throw new IllegalArgumentException("the snapshot " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Isolated twins have numbers of their own in each run: what they are twins of, their names say. */
    private Lattice withoutTwins(Lattice lattice, List<String> names) throws IOException {
        for (int site = 0; site < lattice.speciesArray().length; site++) {
            String name = names.get(lattice.species(site)).replace(IsolatedTwins.SUFFIX, "");
            if (species(name) < 0) {
                throw new IOException("it holds " + name + ", which is no species of the scenario");
            }
            lattice.setSpecies(site, species(name));
        }
        return lattice;
    }

    private dev.kossel.lattice.SitePattern pattern(SitePattern pattern) {
        if (pattern instanceof SitePattern.All all) {
            return new dev.kossel.lattice.SitePattern.All(type(all.type()));
        } else if (pattern instanceof SitePattern.Random random) {
            return new dev.kossel.lattice.SitePattern.Random(random.fractions().entrySet().stream()
                    .map(entry ->
                            new dev.kossel.lattice.SitePattern.Random.Share(type(entry.getKey()), entry.getValue()))
                    .toList());
        } else if (pattern instanceof SitePattern.Checkerboard board) {
            return new dev.kossel.lattice.SitePattern.Checkerboard(
                    type(board.types().get(0)),
                    type(board.types().get(1)),
                    board.period().nanometres());
        } else if (pattern instanceof SitePattern.Stripes stripes) {
            return new dev.kossel.lattice.SitePattern.Stripes(
                    type(stripes.type()),
                    stripes.width().nanometres(),
                    stripes.period().nanometres(),
                    dev.kossel.lattice.SitePattern.Axis.valueOf(stripes.along().name()));
        } else if (pattern instanceof SitePattern.Discs discs) {
            return new dev.kossel.lattice.SitePattern.Discs(
                    type(discs.type()),
                    discs.radius().nanometres(),
                    discs.arrangement() == SitePattern.Arrangement.GRID
                            ? new Placement.Grid(discs.count())
                            : new Placement.Random(discs.count()));
        } else if (pattern instanceof SitePattern.GrainBoundary boundary) {
            boolean alongX = boundary.along() == SitePattern.Axis.X;
            double at = boundary.position().nanometres();
            return new dev.kossel.lattice.SitePattern.GrainBoundary(
                    type(boundary.type()),
                    alongX ? new Placement.Point(0, at) : new Placement.Point(at, 0),
                    alongX ? 0 : 90,
                    boundary.width().nanometres());
        } else if (pattern instanceof SitePattern.Mask mask) {
            Raster picture = Raster.read(mask.file());
            boolean[] dark = new boolean[picture.brightness().length];
            for (int pixel = 0; pixel < dark.length; pixel++) {
                dark[pixel] = picture.brightness()[pixel] < mask.threshold();
            }
            return dev.kossel.lattice.SitePattern.Mask.of(type(mask.type()), picture.width(), picture.height(), dark);
        } else if (pattern instanceof SitePattern.Points points) {
            return new dev.kossel.lattice.SitePattern.Nearest(type(points.type()), places(points.at()));
        }
        throw new IllegalStateException("no site pattern for " + pattern);
    }

    private List<Place> places(List<List<Double>> points) {
        double a = geometry.latticeConstantNm();
        return points.stream()
                .map(p -> new Place(p.get(0) * a, p.get(1) * a, p.get(2) * a))
                .toList();
    }

    private int species(String name) {
        return scenario.speciesNames().indexOf(name);
    }

    private int type(String name) {
        return scenario.siteTypeNames().indexOf(name);
    }
}
