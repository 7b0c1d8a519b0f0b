package dev.kossel.scenarios.file;

import dev.kossel.scenarios.units.Measure;
import dev.kossel.scenarios.units.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * An edge of the box: a number of cells or a length.
 *
 * @param cells the number of cells, or 0 if a length is given
 */
@Text("a number of cells, or a length")
public record Extent(int cells, @Nullable Quantity length) {

    /**
     * Reads {@code 64} or {@code 20 nm}.
     *
     * @throws IllegalArgumentException with the rest of a sentence that begins with the text
     */
    public static Extent parse(String text) {
        if (text.matches("[1-9]\\d{0,8}")) {
            return new Extent(Integer.parseInt(text), null);
        }
        if (text.matches("[-+.\\d]+")) {
            throw new IllegalArgumentException("is not a whole number of cells from 1 on, nor a length such as 20 nm");
        }
        Quantity length = Quantity.parse(text, Measure.LENGTH);
        if (length.nanometres() <= 0) {
            throw new IllegalArgumentException("is out of range: expected more than 0 nm");
        }
        return new Extent(0, length);
    }

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
