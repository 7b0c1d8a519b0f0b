package dev.kossel.lattice;

/**
 * A group of symmetry-equivalent neighbours of a site.
 *
 * <p>Every lattice has {@code 1NN} and {@code 2NN}. In hcp the nearest neighbours form two shells, {@code 1NN-basal} (six in the basal plane) and
 * {@code 1NN-pyramidal} (six in the planes above and below it along c), because their bonds may differ.
 *
 * @param name the name used in scenario files
 * @param size how many neighbours a bulk site has in it
 * @param distance their distance in units of the lattice constant a
 */
public record Shell(String name, int size, double distance) {}
