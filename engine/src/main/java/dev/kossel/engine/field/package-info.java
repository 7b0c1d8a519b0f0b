/**
 * Scalar fields in the space that a morphology leaves open: concentrations that diffuse, a potential that drives a current. Numbers on a coarse grid; what
 * they stand for is the caller's business.
 */
@NullMarked
package dev.kossel.engine.field;

import org.jspecify.annotations.NullMarked;
