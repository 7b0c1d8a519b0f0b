package dev.kossel.viz.movie;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Draws frames on several threads, as many ahead as there are threads, and hands them out in order. Holds no more frames
 * than that.
 */
final class DrawnAhead implements Frames, AutoCloseable {

    /** What drawing a frame takes besides the snapshot: buffers of the rasterizer and spheres. */
    private static final long BYTES_PER_FRAME = 250L << 20;

    private static final long BYTES_PER_SITE = 16;

    private final Movie.Scenes scenes;
    private final IntConsumer done;
    private final int threads;
    private final ExecutorService executor;
    private final ArrayDeque<Future<BufferedImage>> ahead = new ArrayDeque<>();
    private int begun;
    private int handedOut;

    /** @param done is told how many frames have been handed out */
    DrawnAhead(Movie.Scenes scenes, IntConsumer done) {
        this.scenes = scenes;
        this.done = done;
        Runtime machine = Runtime.getRuntime();
        long fit = machine.maxMemory() / 2 / (BYTES_PER_FRAME + BYTES_PER_SITE * scenes.sites());
        threads = (int) Math.max(1, Math.min(machine.availableProcessors(), fit));
        executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "render");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int count() {
        return scenes.count();
    }

    @Override
    public int width() {
        return scenes.width();
    }

    @Override
    public int height() {
        return scenes.height();
    }

    @Override
    public BufferedImage next() throws IOException {
        while (begun < count() && ahead.size() <= threads) {
            int index = begun++;
            ahead.add(executor.submit(() -> scenes.image(index)));
        }
        try {
            BufferedImage image = ahead.remove().get();
            done.accept(++handedOut);
            return image;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public BufferedImage sample(int index) throws IOException {
        return scenes.image(index);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
