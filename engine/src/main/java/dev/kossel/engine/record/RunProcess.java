package dev.kossel.engine.record;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where a run was computed.
 *
 * @param host name of the machine
 * @param pid process number there
 * @param java the Java runtime
 * @param machine operating system, architecture, processors and memory
 */
public record RunProcess(String host, long pid, String java, String machine) {

    /** This process. */
    public static RunProcess current() {
        Runtime runtime = Runtime.getRuntime();
        return new RunProcess(
                hostName(),
                ProcessHandle.current().pid(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch") + ", " + runtime.availableProcessors() + " processors, "
                        + (runtime.maxMemory() >> 20) + " MB heap");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
