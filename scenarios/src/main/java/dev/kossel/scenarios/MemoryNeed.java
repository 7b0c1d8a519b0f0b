package dev.kossel.scenarios;

import dev.kossel.engine.process.RateTable;
import dev.kossel.engine.process.StateRates;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.Morphology;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.Transport;

/**
 * The memory that a run takes, from its box and its tables, before anything as large as the box is made: what the heap holds, or somewhat more.
 *
 * <p>What observers number sites by reaches as high as the deposit does. It is reckoned up to {@value #GROWTH_LAYERS} layers above the initial surface; a
 * deposit that grows higher takes another {@value #BY_HEIGHT} bytes for each site up to its top, and {@value #CHANGED} where it has grown.
 *
 * @param siteCount sites of the box
 * @param simulationBytes of the lattice at time 0 and now, the rates and what selects events
 * @param recordingBytes on top of that, as far as nothing else has become free meanwhile, of the replica that observers read and of what they keep
 */
public record MemoryNeed(int siteCount, long simulationBytes, long recordingBytes) {

    /** The species of a site at time 0. */
    private static final int INITIAL = 1;
    /** Where a site stands in the list of its rate class, and how many sites of a column have a place for that: those of the bricks near the surface. */
    private static final int PLACE = 4;

    private static final int PLACES_IN_COLUMN = 8;
    /** The sites of the cells of fields, where there are any. */
    private static final int CELL = 4;
    /** The bin of a site's rate, where rates are enumerated. */
    private static final int BIN = 2;
    /** The piece of metal that a site belongs to, during a search for contact. */
    private static final int PIECE = 2;
    /** The sites of a pattern, and the urn they are drawn from, while the pattern is laid. */
    private static final int PATTERN = 8;
    /**
     * Near the surface, where sites have changed: what has been handed to the observers, what a site held at the snapshot before, and since when it is
     * filled.
     */
    private static final int CHANGED = 3;

    /** So many layers more than the deposit has, as this goes by pages. */
    private static final int CHANGED_BESIDE = 4;

    /** What the observers see. */
    private static final int REPLICA = 1;
    /** Up to the top of the deposit: the numbers that clusters, sites at the surface and places in branches share. */
    private static final int BY_HEIGHT = 4;

    private static final int GROWTH_LAYERS = 8;
    /** Pieces of metal and of electrolyte where contact is followed. */
    private static final int CLUSTERS = 4;
    /** Some four listed sites a column, with room for the lists to grow. */
    private static final int LISTED_IN_COLUMN = 24;
    /** One or two, where classes that are hardly ever drawn are not listed: these are, until enough has been drawn to tell. */
    private static final int LISTED_OF_FEW_CLASSES = 8;
    /** By site of a layer: the initial surface, height maps, islands, tips, rows of sites, and what is known of an exposed site. */
    private static final int MEASURED_IN_STACK = 120;

    /**
     * The need of a scenario; compiles its tables and nothing else.
     *
     * @throws IllegalArgumentException if the scenario cannot be carried out
     */
    public static MemoryNeed of(Scenario scenario) {
        return ModelCompiler.memoryNeed(scenario);
    }

    /** @param followsContact whether isolated twins of species are to be added to the table */
    static MemoryNeed of(Scenario scenario, RateTable table, boolean followsContact) {
        LatticeGeometry geometry = table.geometry();
        long sites = geometry.siteCount();
        boolean typed = !scenario.sites().isEmpty();
        boolean enumerated = table.looseness() > StateRates.LOOSEST;
        int states = stateBytes(followsContact ? 2L * table.stateCount() : table.stateCount());
        boolean hasFields = scenario.transport() instanceof Transport.Continuum;
        long running = states + (enumerated ? BIN : 0) + (followsContact ? PIECE : 0) + (hasFields ? CELL : 0);
        long kept = INITIAL + (typed ? 1 : 0);
        long recording = REPLICA + (followsContact ? CLUSTERS : 0);
        long layers = geometry.layerCount() < 2 ? 0 : layersInUse(scenario, geometry);
        long pattern = typed ? Math.max(0, PATTERN - running) : 0;
        long observed = sites * recording
                + geometry.sitesPerLayer()
                        * (layers * BY_HEIGHT
                                + Math.min(GROWTH_LAYERS + CHANGED_BESIDE, geometry.layerCount()) * CHANGED
                                + MEASURED_IN_STACK);
        return new MemoryNeed(
                geometry.siteCount(),
                sites * (kept + running + pattern)
                        + (long) geometry.columnCount()
                                * ((table.isTallied() ? LISTED_OF_FEW_CLASSES : LISTED_IN_COLUMN)
                                        + PLACE * Math.min(PLACES_IN_COLUMN, geometry.cellsZ())),
                // What the pattern took is free again by then.
                Math.max(0, observed - sites * pattern));
    }

    /** Up to where a deposit is reckoned with: full layers say how high they are; other initial states may reach to the top. */
    private static long layersInUse(Scenario scenario, LatticeGeometry geometry) {
        long layers = GROWTH_LAYERS;
        for (Morphology piece : scenario.initial()) {
            layers += piece instanceof Morphology.Layers full ? full.count() : geometry.layerCount();
        }
        return Math.min(layers, geometry.layerCount());
    }

    private static int stateBytes(long stateCount) {
        return stateCount <= 1 << 8 ? 1 : stateCount <= 1 << 16 ? 2 : 4;
    }

    /** Simulation and recording. */
    public long bytes() {
        return simulationBytes + recordingBytes;
    }
}
