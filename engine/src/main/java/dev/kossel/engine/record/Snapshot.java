package dev.kossel.engine.record;

import dev.kossel.lattice.Lattice;

/**
 * A lattice at a moment, as read from a file.
 *
 * @param lattice species and site types of every site
 * @param stamp when
 * @param filled since when the sites hold their species; {@link FillTimes#unknown} in files that do not say
 * @param fields numbers of the sites at the surface; {@link SiteFields#none} in files that hold none
 */
public record Snapshot(Lattice lattice, SnapshotStamp stamp, FillTimes filled, SiteFields fields) {

    /** Of which it is not known when its sites were filled. */
    public Snapshot(Lattice lattice, SnapshotStamp stamp) {
        this(lattice, stamp, FillTimes.unknown(), SiteFields.none());
    }

    /** Of a run that computes no fields. */
    public Snapshot(Lattice lattice, SnapshotStamp stamp, FillTimes filled) {
        this(lattice, stamp, filled, SiteFields.none());
    }
}
