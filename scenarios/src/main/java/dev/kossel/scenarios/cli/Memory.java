package dev.kossel.scenarios.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Whether a box fits the memory that Java may use, and what to do where it does not. */
final class Memory {

    /** What the garbage collector and everything small want on top. */
    private static final double HEADROOM = 1.1;

    private static final double GIGABYTE = 1L << 30;

    private Memory() {}

    /** @throws CommandFailure if a box needs more than there is; nothing of it has been made then */
    static void require(String name, int sites, long bytes) {
        long allowed = Runtime.getRuntime().maxMemory();
        if (bytes * HEADROOM > allowed) {
            throw CommandFailure.usage(refusal(name, sites, bytes, allowed, machineBytes()));
        }
    }

    static String refusal(String name, int sites, long bytes, long allowed, long machine) {
        long wanted = (long) Math.ceil(bytes * HEADROOM / GIGABYTE);
        String remedy = wanted < machine / GIGABYTE
                ? "allow more with KOSSEL_JAVA_OPTS=-Xmx" + wanted + "g, or take a smaller box"
                : "take a smaller box, or a larger machine and KOSSEL_JAVA_OPTS=-Xmx" + wanted + "g";
        return String.format(
                Locale.ROOT,
                "%s: a box of %,d sites needs %.1f GB, %.1f bytes a site, but Java may use %.1f of the %.1f GB of this machine: %s",
                name,
                sites,
                bytes / GIGABYTE,
                (double) bytes / sites,
                allowed / GIGABYTE,
                machine / GIGABYTE,
                remedy);
    }

    private static long machineBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
