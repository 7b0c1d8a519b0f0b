package dev.kossel.engine.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A file format for other programs. Lengths are in ångström where the format's readers expect that (extended XYZ,
 * LAMMPS), else in nm.
 */
public enum ExportFormat {
    /**
     * Extended XYZ, one frame after another: {@code species} (chemical symbol, X where the name is none), {@code pos}
     * (Å), {@code kind} (species name), {@code kind_number}, {@code site}, {@code site_type} and, where it is known,
     * {@code filled_at} (s). Read by ASE and OVITO.
     *
     * @see <a href="https://github.com/libAtoms/extxyz">libAtoms: extended XYZ</a>
     */
    EXTXYZ("xyz", true),
    /**
     * LAMMPS text dump, one frame after another: {@code id type element x y z site_type}, with {@code type} the species
     * number. Read by ASE and OVITO.
     */
    LAMMPS("lammpstrj", true),
    /** VTK XML, see {@link SnapshotWriter}; lossless. */
    VTK("vti", false),
    /** One line a site that is not vacant: {@code site,x_nm,y_nm,z_nm,layer,species,species_number,site_type,filled_at_s}. */
    CSV("csv", false),
    /**
     * The surface of everything that is not vacant, as a closed triangle mesh; see {@link SurfaceMesh}. Binary STL, nm.
     */
    STL("stl", false),
    /** The same surface as {@link #STL}, its vertices coloured by species. Binary PLY, nm. */
    PLY("ply", false),
    /** The same surface as {@link #STL}, with a material a species. Binary glTF 2.0; a unit is 1 nm. */
    GLB("glb", false);

    private static final int BUFFER_BYTES = 1 << 16;

    private final String extension;
    private final boolean multiFrame;

    ExportFormat(String extension, boolean multiFrame) {
        this.extension = extension;
        this.multiFrame = multiFrame;
    }

    /**
     * The usual ending of a file name, without dot. {@link #VTK} uses {@code vtp} for lattices that are not images:
     * {@link SnapshotWriter#extension}.
     */
    public String extension() {
        return extension;
    }

    /** Whether a file can hold more than one frame. */
    public boolean multiFrame() {
        return multiFrame;
    }

    /**
     * Begins a file, which appears under its name, complete, when the writer is closed. A name ending in {@code .gz} is
     * compressed.
     *
     * @param species in the order of their numbers
     * @throws IllegalArgumentException if the name ends in {@code .gz} and the format is {@link #VTK}, which is
     *     compressed already
     */
    public FrameWriter open(Path file, List<SpeciesLabel> species) throws IOException {
        return new FrameWriter(this, file, species);
    }

    /**
     * Writes a single frame to a stream, such as the answer to a request. The stream is flushed and left open. Memory:
     * for the surfaces, the mesh; for the others, a buffer.
     *
     * @param species in the order of their numbers
     * @throws UnsupportedOperationException for {@link #VTK}, which is written with steps back; a run's snapshots are
     *     in this format as they are
     */
    public void write(OutputStream out, Snapshot snapshot, List<SpeciesLabel> species) throws IOException {
        FrameWriter.Format frames = frames(species);
        OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        frames.write(buffered, snapshot);
        buffered.flush();
    }

    FrameWriter.Format frames(List<SpeciesLabel> species) {
        return switch (this) {
            case EXTXYZ -> new ExtendedXyz(species);
            case LAMMPS -> new LammpsDump(species);
            case CSV -> new SiteTable(species);
            case STL -> new StlSurface(species);
            case PLY -> new PlySurface(species);
            case GLB -> new GlbSurface(species);
            case VTK -> throw new UnsupportedOperationException("VTK cannot be streamed: send the snapshot's own file");
        };
    }
}
