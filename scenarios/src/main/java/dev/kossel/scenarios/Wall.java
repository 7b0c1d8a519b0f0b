package dev.kossel.scenarios;

/**
 * What lies between the middle of a cell, where a field is solved for, and the solid that bounds the cell, at which things react at rates {@code absorption · u − source} that are linear in the
 * value there. Conductances are those of {@link dev.kossel.engine.field.OpenSpace#wallNm} times the field's own; where one is 0 nothing bounds the cell, and what reacts has the value in the middle.
 */
final class Wall {

    private Wall() {}

    /** To which part absorption and source come as seen from the middle. */
    static double part(double conductance, double absorption) {
        return conductance > 0 ? conductance / (conductance + absorption) : 1;
    }

    /** The value at the solid that goes with one in the middle. */
    static double value(double conductance, double absorption, double source, double middle) {
        return conductance > 0 ? (conductance * middle + source) / (conductance + absorption) : middle;
    }
}
