/** Exact and settled results, and the scenarios that must reproduce them: what {@code kossel validate} runs. */
@NullMarked
package dev.kossel.scenarios.validation;

import org.jspecify.annotations.NullMarked;
