/** The viewer: a read-only HTTP server on loopback and the page it serves. It knows run directories, not the simulator. */
@NullMarked
package dev.kossel.viz.server;

import org.jspecify.annotations.NullMarked;
