/** Bytes: the run directory and its formats, writers and readers. */
@NullMarked
package dev.kossel.engine.record;

import org.jspecify.annotations.NullMarked;
