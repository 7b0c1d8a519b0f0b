package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.units.Measure.LENGTH;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.scenarios.units.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lattice and the box cut out of it. */
@Doc("The lattice and the box. x and y are periodic; z points from the substrate to the electrolyte.")
public record Box(
        @Key(value = "Crystal lattice.", example = "bcc") LatticeKind type,

        @Key(
                value =
                        "Plane normal to z: sc 100; bcc 110, 100; fcc 111, 100, 110; hcp 002 (basal), 100, 110 (prismatic). The first is the default.",
                example = "'110'")
        @Nullable
        String orientation,

        @Key(value = "Lattice constant a.", example = "0.4291 nm", min = 0.01, max = 1e6, physical = true) @Of(LENGTH)
        Quantity constant,

        @Key(
                value = "c/a of an hcp lattice; without it, the ideal √(8/3).",
                example = "1.856",
                min = 0.5,
                max = 3,
                physical = true)
        @Nullable
        Double axialRatio,

        @Key(
                value = "Edges of the box along x, y and z, in cells or as lengths, which are rounded to whole cells.",
                example = "[64, 64, 24]",
                count = 3)
        List<Extent> size,

        @Key(
                value = "Atoms that a site stands for: more than 1 makes the model a coarse one, of parcels.",
                example = "1000",
                fallback = "1",
                min = 1,
                max = 1e9)
        long atomsPerSite) {

    static final double IDEAL_AXIAL_RATIO = Math.sqrt(8.0 / 3);

    /** The axial ratio, also where the file leaves it out. */
    public double cOverA() {
        return axialRatio != null ? axialRatio : IDEAL_AXIAL_RATIO;
    }

    /** The orientation, also where the file leaves it out. */
    public String plane() {
        return orientation != null
                ? orientation
                : LatticeGeometry.orientations(type).get(0);
    }

    /**
     * The geometry of the box.
     *
     * @throws IllegalArgumentException if the box does not fit the lattice
     */
    public LatticeGeometry geometry() {
        double a = constant.nanometres();
        double[] edges = LatticeGeometry.cellEdges(type, plane(), cOverA());
        return LatticeGeometry.of(
                type,
                plane(),
                a,
                cOverA(),
                size.get(0).cells(a * edges[0]),
                size.get(1).cells(a * edges[1]),
                size.get(2).cells(a * edges[2]));
    }
}
