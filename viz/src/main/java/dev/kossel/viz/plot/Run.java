package dev.kossel.viz.plot;

/**
 * Consecutive points of a curve that fall into one pixel column: its mean position and the span of its ordinates.
 *
 * @param x mean abscissa, pixels
 * @param y mean ordinate, pixels
 * @param top smallest ordinate in pixels, the highest point
 * @param bottom largest ordinate in pixels
 * @param startsPiece whether a gap lies before it
 */
record Run(double x, double y, double top, double bottom, boolean startsPiece) {}
