/**
 * Pure measures of a morphology: what a microscope, a tomograph or a balance would find on a {@link
 * dev.kossel.lattice.LatticeView} at one moment.
 *
 * <p>Every measure is one class. It is built once, from the {@link dev.kossel.lattice.morphology.Substrate} (or the
 * geometry) and the {@link dev.kossel.lattice.SpeciesSet} that counts, and allocates its buffers there; {@code
 * measure(view)} then fills it anew, and its accessors answer for the last view measured. A measure belongs to one
 * thread, reads the view and keeps no reference to it, and knows no time, so any observer or tool may use it.
 *
 * <p><b>Stacks.</b> The lateral unit of all measures is the <em>stack</em>: one site of every layer, the ones nearest
 * above each other. On sc a stack is a column of the geometry. Elsewhere the columns of equal (x, y) hold a site only in
 * every second or third layer, so that a perfectly flat bcc(100) face would show a roughness of a quarter of the lattice
 * constant; a stack zigzags through them instead. Hence a full layer is flat, an adatom raises exactly one stack by one
 * layer, and without overhangs the sum of the stack heights in layers is the number of atoms.
 */
@NullMarked
package dev.kossel.lattice.morphology;

import org.jspecify.annotations.NullMarked;
