/** JMH benchmarks. How to run them, and what they gave: bench/README.md. */
@NullMarked
package dev.kossel.bench;

import org.jspecify.annotations.NullMarked;
