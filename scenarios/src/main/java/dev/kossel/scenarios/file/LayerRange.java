package dev.kossel.scenarios.file;

/** Atomic layers from the bottom, the lowest being 0; both ends belong to the range. */
public record LayerRange(int from, int to) {

    @Override
    public String toString() {
        return "[" + from + ", " + to + "]";
    }
}
