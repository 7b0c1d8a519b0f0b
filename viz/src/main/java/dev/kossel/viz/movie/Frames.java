package dev.kossel.viz.movie;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** The pictures of a movie in order, each made when it is asked for. One thread. */
interface Frames {

    int count();

    /** Of all frames, pixels. */
    int width();

    int height();

    /** The next frame; asked for {@link #count} times. */
    BufferedImage next() throws IOException;

    /** A frame out of order, such as to choose colours by. */
    BufferedImage sample(int index) throws IOException;
}
