package dev.kossel.engine.process;

/**
 * What can sit on a site; a species' number is its place in the catalogue's list.
 *
 * @param name as in the scenario file
 * @param phase the kind of matter
 */
public record Species(String name, Phase phase) {}
