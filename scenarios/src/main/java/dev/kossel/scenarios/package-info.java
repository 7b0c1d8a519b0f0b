/** Experiments: from a scenario file to a model, a simulation and a run directory. */
@NullMarked
package dev.kossel.scenarios;

import org.jspecify.annotations.NullMarked;
