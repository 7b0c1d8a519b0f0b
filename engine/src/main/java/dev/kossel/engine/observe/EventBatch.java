package dev.kossel.engine.observe;

/**
 * Consecutive events, oldest first. A slot that is filled again and again: an observer may read it until its {@code
 * onEvents} returns.
 *
 * <p>Filled by the loop's thread, then read by observers' threads; nobody writes while somebody reads. Footprint: 20
 * bytes an event.
 */
public final class EventBatch {

    /** {@link #target} of an event that changed its own site only. */
    public static final int NO_TARGET = -1;

    private final double[] timesSeconds;
    private final int[] sites;
    private final int[] targets;
    private final int[] processes;
    private int size;

    /** @param capacity how many events it holds */
    public EventBatch(int capacity) {
        timesSeconds = new double[capacity];
        sites = new int[capacity];
        targets = new int[capacity];
        processes = new int[capacity];
    }

    /** Appends an event; allocates nothing. Call only while not {@link #full}. */
    public void add(double timeSeconds, int site, int target, int process) {
        int i = size;
        timesSeconds[i] = timeSeconds;
        sites[i] = site;
        targets[i] = target;
        processes[i] = process;
        size = i + 1;
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public boolean full() {
        return size == sites.length;
    }

    /** Simulated time of the i-th event. */
    public double timeSeconds(int i) {
        return timesSeconds[i];
    }

    public int site(int i) {
        return sites[i];
    }

    /** The second site of a pair event, or {@link #NO_TARGET}. */
    public int target(int i) {
        return targets[i];
    }

    public int process(int i) {
        return processes[i];
    }
}
