package dev.kossel.viz.movie;

import dev.kossel.engine.record.AtomicFile;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An animated GIF: one palette, repeated for ever; of each frame but the first only the rectangle that changes, and in it
 * only the pixels that do.
 *
 * <p>Memory: two frames.
 *
 * @see <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF89a</a>
 */
final class GifMovie {

    private static final int SAMPLES = 6;
    private static final String STREAM_FORMAT = "javax_imageio_gif_stream_1.0";
    private static final String IMAGE_FORMAT = "javax_imageio_gif_image_1.0";
    private static final int CENTISECONDS = 100;

    private final Frames frames;
    private final double framesPerSecond;
    private final int holdCentiseconds;
    private final GifPalette palette;
    private final IndexColorModel model;
    private final int width;
    private final int height;
    private final byte[] shown;
    private final byte[] now;

    private GifMovie(Frames frames, double framesPerSecond, double holdSeconds) throws IOException {
        this.frames = frames;
        this.framesPerSecond = framesPerSecond;
        holdCentiseconds = (int) Math.round(CENTISECONDS * holdSeconds);
        width = frames.width();
        height = frames.height();
        shown = new byte[width * height];
        now = new byte[width * height];
        GifPalette.Histogram histogram = new GifPalette.Histogram();
        int samples = Math.min(SAMPLES, frames.count());
        for (int i = 0; i < samples; i++) {
            histogram.add(frames.sample(samples == 1 ? 0 : i * (frames.count() - 1) / (samples - 1)));
        }
        palette = new GifPalette(histogram);
        model = palette.model();
    }

    static void write(Path file, Frames frames, double framesPerSecond, double holdSeconds) throws IOException {
        GifMovie movie = new GifMovie(frames, framesPerSecond, holdSeconds);
        AtomicFile.write(file, movie::write);
    }

    private void write(OutputStream out) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        // In memory: the default goes through a file in a temporary directory; what is written of it is passed on.
        try (MemoryCacheImageOutputStream buffer = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(buffer);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
            IIOMetadata screen = writer.getDefaultStreamMetadata(param);
            screen.mergeTree(STREAM_FORMAT, screen());
            writer.prepareWriteSequence(screen);
            for (int i = 0; i < frames.count(); i++) {
                index(frames.next());
                Rectangle part = i == 0 ? new Rectangle(0, 0, width, height) : changed();
                BufferedImage image = part(part, i > 0);
                IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
                metadata.mergeTree(IMAGE_FORMAT, description(i, part));
                writer.writeToSequence(new IIOImage(image, null, metadata), param);
                buffer.flushBefore(buffer.getStreamPosition());
                System.arraycopy(now, 0, shown, 0, now.length);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private void index(BufferedImage frame) {
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            frame.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                now[y * width + x] = (byte) palette.entry(row[x]);
            }
        }
    }

    /** The smallest rectangle in which frames differ; a single pixel where none does. */
    private Rectangle changed() {
        int top = 0;
        while (top < height - 1 && isSame(top)) {
            top++;
        }
        int bottom = height - 1;
        while (bottom > top && isSame(bottom)) {
            bottom--;
        }
        int left = width - 1;
        int right = 0;
        for (int y = top; y <= bottom; y++) {
            int first = Arrays.mismatch(now, y * width, (y + 1) * width, shown, y * width, (y + 1) * width);
            if (first < 0) {
                continue;
            }
            left = Math.min(left, first);
            int last = width - 1;
            while (now[y * width + last] == shown[y * width + last]) {
                last--;
            }
            right = Math.max(right, last);
        }
        return right < left ? new Rectangle(0, 0, 1, 1) : new Rectangle(left, top, right - left + 1, bottom - top + 1);
    }

    private boolean isSame(int y) {
        return Arrays.equals(now, y * width, (y + 1) * width, shown, y * width, (y + 1) * width);
    }

    /** @param sparing whether what has not changed is left transparent */
    private BufferedImage part(Rectangle part, boolean sparing) {
        BufferedImage image = new BufferedImage(part.width, part.height, BufferedImage.TYPE_BYTE_INDEXED, model);
        byte[] row = new byte[part.width];
        for (int y = 0; y < part.height; y++) {
            int from = (part.y + y) * width + part.x;
            for (int x = 0; x < part.width; x++) {
                boolean same = sparing && now[from + x] == shown[from + x];
                row[x] = same ? (byte) GifPalette.TRANSPARENT : now[from + x];
            }
            image.getRaster().setDataElements(0, y, part.width, 1, row);
        }
        return image;
    }

    /** The size of the movie and its palette; a frame's own palette, being the same, is then left out. */
    private IIOMetadataNode screen() {
        IIOMetadataNode root = new IIOMetadataNode(STREAM_FORMAT);
        IIOMetadataNode size = new IIOMetadataNode("LogicalScreenDescriptor");
        size.setAttribute("logicalScreenWidth", Integer.toString(width));
        size.setAttribute("logicalScreenHeight", Integer.toString(height));
        size.setAttribute("colorResolution", "8");
        size.setAttribute("pixelAspectRatio", "0");
        root.appendChild(size);
        IIOMetadataNode table = new IIOMetadataNode("GlobalColorTable");
        table.setAttribute("sizeOfGlobalColorTable", Integer.toString(GifPalette.COLORS + 1));
        table.setAttribute("backgroundColorIndex", "0");
        table.setAttribute("sortFlag", "FALSE");
        for (int entry = 0; entry <= GifPalette.COLORS; entry++) {
            IIOMetadataNode color = new IIOMetadataNode("ColorTableEntry");
            color.setAttribute("index", Integer.toString(entry));
            color.setAttribute("red", Integer.toString(model.getRed(entry)));
            color.setAttribute("green", Integer.toString(model.getGreen(entry)));
            color.setAttribute("blue", Integer.toString(model.getBlue(entry)));
            table.appendChild(color);
        }
        root.appendChild(table);
        return root;
    }

    private IIOMetadataNode description(int i, Rectangle part) {
        IIOMetadataNode root = new IIOMetadataNode(IMAGE_FORMAT);
        IIOMetadataNode place = new IIOMetadataNode("ImageDescriptor");
        place.setAttribute("imageLeftPosition", Integer.toString(part.x));
        place.setAttribute("imageTopPosition", Integer.toString(part.y));
        place.setAttribute("imageWidth", Integer.toString(part.width));
        place.setAttribute("imageHeight", Integer.toString(part.height));
        place.setAttribute("interlaceFlag", "FALSE");
        root.appendChild(place);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "TRUE");
        control.setAttribute("transparentColorIndex", Integer.toString(GifPalette.TRANSPARENT));
        control.setAttribute("delayTime", Integer.toString(delay(i)));
        root.appendChild(control);
        if (i == 0) {
            IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
            IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
            loop.setAttribute("applicationID", "NETSCAPE");
            loop.setAttribute("authenticationCode", "2.0");
            // Sub-block 1: how often, 0 being for ever.
            loop.setUserObject(new byte[] {1, 0, 0});
            extensions.appendChild(loop);
            root.appendChild(extensions);
        }
        return root;
    }

    /** Hundredths of a second; rounded so that the sum is right. */
    private int delay(int i) {
        long begin = Math.round(CENTISECONDS * i / framesPerSecond);
        long end = Math.round(CENTISECONDS * (i + 1) / framesPerSecond);
        return (int) Math.min(65535, end - begin + (i + 1 == frames.count() ? holdCentiseconds : 0));
    }
}
