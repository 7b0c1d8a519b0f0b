/** Selection of one item out of many with a probability proportional to its rate. Knows numbers only. */
@NullMarked
package dev.kossel.engine.select;

import org.jspecify.annotations.NullMarked;
