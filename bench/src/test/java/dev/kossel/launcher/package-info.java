/** The launcher, tried on a source tree of three files with a Maven that only pretends. */
@NullMarked
package dev.kossel.launcher;

import org.jspecify.annotations.NullMarked;
