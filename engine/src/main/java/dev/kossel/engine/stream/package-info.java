/** Threads: the ring that carries samples and events from the loop to the observers. */
@NullMarked
package dev.kossel.engine.stream;

import org.jspecify.annotations.NullMarked;
