package dev.kossel.engine.record;

import dev.kossel.lattice.Lattice;

/**
 * A lattice at a moment, as read from a file.
 *
 * @param lattice species and site types of every site
 * @param stamp when
 * @param filled since when the sites hold their species; {@link FillTimes#unknown} in files that do not say
 */
public record Snapshot(Lattice lattice, SnapshotStamp stamp, FillTimes filled) {

    /** Of which it is not known when its sites were filled. */
    public Snapshot(Lattice lattice, SnapshotStamp stamp) {
        this(lattice, stamp, FillTimes.unknown());
    }
}
