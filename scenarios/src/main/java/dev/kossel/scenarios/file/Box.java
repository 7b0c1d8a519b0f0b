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
                        "Plane normal to z: sc 100; bcc 100, 110; fcc 100, 110, 111; hcp 002 (basal), 100 (prismatic). The first is the default.",
                example = "'110'")
        @Nullable
        String orientation,

        @Key(value = "Lattice constant a.", example = "0.4291 nm", min = 0.01, max = 1e6, physical = true) @Of(LENGTH)
        Quantity constant,

        @Key(
                value = "c/a of an hcp lattice.",
                example = "1.856",
                fallback = "1.6329931618554521",
                min = 0.5,
                max = 3,
                physical = true)
        double axialRatio,

        @Key(
                value = "Edges of the box along x, y and z, in cells or as lengths, which are rounded to whole cells.",
                example = "[64, 64, 24]")
        List<Extent> size,

        @Key(
                value = "Atoms that a site stands for: more than 1 makes the model a coarse one, of parcels.",
                example = "1000",
                fallback = "1",
                min = 1)
        double atomsPerSite) {

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
        LatticeGeometry cell = LatticeGeometry.of(type, plane(), constant.nanometres(), axialRatio, 1, 1, 1);
        return LatticeGeometry.of(
                type,
                plane(),
                constant.nanometres(),
                axialRatio,
                size.get(0).cells(cell.widthNm()),
                size.get(1).cells(cell.depthNm()),
                size.get(2).cells(cell.heightNm()));
    }
}
