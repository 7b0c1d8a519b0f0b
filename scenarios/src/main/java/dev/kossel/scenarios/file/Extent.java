package dev.kossel.scenarios.file;

import dev.kossel.scenarios.units.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * An edge of the box: a number of cells or a length.
 *
 * @param cells the number of cells, or 0 if a length is given
 */
public record Extent(int cells, @Nullable Quantity length) {

    /** The number of whole cells, at least one, that comes nearest. */
    int cells(double cellNm) {
        return length == null
                ? cells
                : (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.rint(length.nanometres() / cellNm)));
    }

    @Override
    public String toString() {
        return length == null ? Integer.toString(cells) : length.toString();
    }
}
