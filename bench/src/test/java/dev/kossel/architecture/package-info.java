/**
 * The rules of ARCHITECTURE.md as tests. Every rule holds for {@code dev.kossel}, and every rule is shown to catch the classes written to
 * break it, in {@code dev.kossel.architecture.violations}.
 */
@NullMarked
package dev.kossel.architecture;

import org.jspecify.annotations.NullMarked;
