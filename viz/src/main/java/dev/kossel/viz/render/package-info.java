/**
 * Pictures of a morphology, drawn without a display: a shaded 3D view
 * ({@link dev.kossel.viz.render.MorphologyRenderer}) and a height map seen from above
 * ({@link dev.kossel.viz.render.HeightMapImage}).
 *
 * <p>Everything runs on the calling thread in software, on {@link java.awt.image.BufferedImage}, so that a picture
 * costs the same on a laptop and on a cluster node, and the same input gives the same bytes (of pixels; lettering
 * follows the machine's fonts). On a machine without any font pictures come out without lettering.
 */
@NullMarked
package dev.kossel.viz.render;

import org.jspecify.annotations.NullMarked;
