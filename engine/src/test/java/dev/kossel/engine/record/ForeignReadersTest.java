package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens all formats of all lattices in VTK, ASE and pandas by {@code docs/check-formats.py}; passed over where these are not installed. How to run it is said
 * there.
 */
@Tag("slow")
class ForeignReadersTest {

    private static final String PYTHON = "/usr/bin/python3";

    private static final List<SpeciesLabel> SPECIES = List.of(
            new SpeciesLabel("electrolyte", false, true, 0xFFFFFF),
            new SpeciesLabel("Zn", true, false, 0x7D80B0),
            new SpeciesLabel("Zn2+·6H2O", false, false, 0x0000FF),
            new SpeciesLabel("SEI film", false, false, 0x00FF00));

    @TempDir
    private Path directory;

    private final Map<String, Map<String, Object>> expected = new TreeMap<>();

    @Test
    void shouldBeReadByTheProgramsTheFormatsAreFor() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON))
                        && run(PYTHON, "-c", "import vtk, ase.io, pandas; print('there')")
                                .contains("there"),
                "needs python3-vtk9, python3-ase and python3-pandas");
        for (LatticeKind kind : LatticeKind.values()) {
            for (String orientation : LatticeGeometry.orientations(kind)) {
                LatticeGeometry geometry =
                        LatticeGeometry.of(kind, orientation, 0.3, 1.856, 6, 5, orientation.equals("2d") ? 1 : 7);
                write(kind + "-" + orientation, geometry);
            }
        }
        write("large", LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 90, 91, 92));
        try (OutputStream out = Files.newOutputStream(directory.resolve("expected.json"))) {
            Json.write(out, expected);
        }
        assertThat(run(PYTHON, script().toString(), directory.toString()))
                .doesNotContain("BAD")
                .contains(expected.size() + " files, 0 failures");
    }

    private void write(String name, LatticeGeometry geometry) throws IOException {
        Lattice lattice = SnapshotTest.random(geometry, true);
        SnapshotStamp stamp = new SnapshotStamp(0.125, 1L << 40, Map.of("charge_C_per_m2", 12.5));
        Map<String, Integer> counts = new TreeMap<>();
        int solid = 0;
        double sum = 0;
        double filledSum = 0;
        double[] bounds = {1e9, -1e9, 1e9, -1e9, 1e9, -1e9};
        for (int site = 0; site < geometry.siteCount(); site++) {
            int species = lattice.species(site);
            if (species > 0) {
                counts.merge(Integer.toString(species), 1, Integer::sum);
                filledSum += site;
                solid++;
                double[] position = {geometry.xNm(site), geometry.yNm(site), geometry.zNm(site)};
                for (int axis = 0; axis < 3; axis++) {
                    sum += position[axis];
                    bounds[2 * axis] = Math.min(bounds[2 * axis], position[axis]);
                    bounds[2 * axis + 1] = Math.max(bounds[2 * axis + 1], position[axis]);
                }
            }
        }
        boolean image = SnapshotWriter.extension(geometry).equals("vti");
        String vtk = name + "." + SnapshotWriter.extension(geometry);
        export(ExportFormat.VTK, vtk, lattice, stamp);
        expect(vtk, "type", image ? "vtkImageData" : "vtkPolyData");
        expect(vtk, "points", image ? geometry.siteCount() : solid);
        expect(vtk, "species", counts);
        expect(vtk, "time_s", 0.125);
        expect(vtk, "events", 1L << 40);
        expect(vtk, "position_sum_nm", sum);
        expect(vtk, "charge_C_per_m2", 12.5);
        expect(vtk, "filled_at_sum_s", filledSum);
        if (!image) {
            expect(vtk, "bounds_nm", bounds);
            expect(vtk, "vertices", 1);
        }
        double[] cell = {geometry.widthNm(), geometry.depthNm(), geometry.heightNm()};
        for (String file : List.of(name + ".xyz", name + ".lammpstrj.gz")) {
            export(file.endsWith("xyz") ? ExportFormat.EXTXYZ : ExportFormat.LAMMPS, file, lattice, stamp);
            expect(file, "frames", 2);
            expect(file, "atoms", solid);
            expect(file, "cell_nm", cell);
            expect(file, "pbc", new boolean[] {true, true, false});
            expect(file, "position_sum_nm", sum);
        }
        expect(name + ".xyz", "species", counts);
        expect(name + ".xyz", "filled_at_sum_s", filledSum);
        expect(name + ".xyz", "time_s", 0.125);
        expect(name + ".xyz", "events", 1L << 40);
        expect(name + ".xyz", "symbols", List.of("X", "Zn"));
        export(ExportFormat.CSV, name + ".csv", lattice, stamp);
        expect(name + ".csv", "rows", solid);
        expect(name + ".csv", "species", counts);
        expect(name + ".csv", "filled_at_sum_s", filledSum);
        expect(name + ".csv", "position_sum_nm", sum);
        export(ExportFormat.STL, name + ".stl", lattice, stamp);
        expect(name + ".stl", "open_edges", 0);
        export(ExportFormat.PLY, name + ".ply", lattice, stamp);
        expect(name + ".ply", "colours", 3);
        export(ExportFormat.GLB, name + ".glb", lattice, stamp);
        expect(name + ".glb", "materials", 3);
    }

    private void export(ExportFormat format, String name, Lattice lattice, SnapshotStamp stamp) throws IOException {
        try (FrameWriter writer = format.open(directory.resolve(name), SPECIES)) {
            if (format.multiFrame()) {
                writer.write(new Snapshot(lattice, SnapshotStamp.initial()));
            }
            writer.write(new Snapshot(lattice, stamp, filled(lattice)));
        }
    }

    /** As if every site had been filled at the time of its number. */
    private static FillTimes filled(Lattice lattice) {
        float[] seconds = new float[lattice.geometry().siteCount()];
        for (int site = 0; site < seconds.length; site++) {
            seconds[site] = site;
        }
        return FillTimes.of(seconds);
    }

    private void expect(String file, String key, Object value) {
        expected.computeIfAbsent(file, name -> new LinkedHashMap<>()).put(key, value);
    }

    /** What a program printed. */
    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Path script() {
        Path here = Path.of("").toAbsolutePath();
        return (Files.isDirectory(here.resolve("docs")) ? here : here.getParent()).resolve("docs/check-formats.py");
    }
}
