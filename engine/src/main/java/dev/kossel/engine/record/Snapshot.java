package dev.kossel.engine.record;

import dev.kossel.lattice.Lattice;

/**
 * A lattice at a moment, as read from a file.
 *
 * @param lattice species and site types of every site
 * @param stamp when
 */
public record Snapshot(Lattice lattice, SnapshotStamp stamp) {}
