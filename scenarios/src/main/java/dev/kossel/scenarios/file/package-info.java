/** Scenario files: the records a file is read into, the reader with its checks, and the writer. */
@NullMarked
package dev.kossel.scenarios.file;

import org.jspecify.annotations.NullMarked;
