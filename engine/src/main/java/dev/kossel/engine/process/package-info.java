/** What can happen: species, elementary processes, rate laws, compiled into rate tables of primitive arrays. */
@NullMarked
package dev.kossel.engine.process;

import org.jspecify.annotations.NullMarked;
