/** What to keep of a run: observers and instruments. */
@NullMarked
package dev.kossel.engine.observe;

import org.jspecify.annotations.NullMarked;
