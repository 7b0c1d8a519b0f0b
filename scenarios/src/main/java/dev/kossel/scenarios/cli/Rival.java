package dev.kossel.scenarios.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Another program that does the same work, timed by running a command line in the shell.
 *
 * @param commandLine for {@code sh -c}; {@code {size}} in it stands for the edge of the box, {@code {time}} for the simulated time, s
 * @param events how many events the program makes, for one that prints no {@code ns/ev=}; null if it does
 */
record Rival(String commandLine, @Nullable Double events) {

    /** What such programs print of themselves: {@code ns/ev=49.1}, {@code ns/event: 49.1}. */
    private static final Pattern NANOS_PER_EVENT =
            Pattern.compile("ns/ev(?:ent)?\\s*[=:]\\s*([0-9][0-9.]*(?:[eE][-+]?\\d+)?)");

    /** The last line that POSIX' {@code times} prints: {@code 0m1.23s 0m0.05s}. */
    private static final Pattern CHILD_TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s$");

    private static final int TAIL = 500;

    /**
     * One run.
     *
     * @param cpuSeconds processor time of the whole program, setting up included; NaN where the shell does not tell
     * @param nanosPerEvent as the program prints it, else its wall-clock time over its events; NaN where neither is known
     */
    record Result(double wallSeconds, double cpuSeconds, double nanosPerEvent) {

        /** Processor time an event, on the assumption that the events had as large a share of a processor as the whole program. */
        double cpuNanosPerEvent() {
            return nanosPerEvent * Math.min(1, cpuSeconds / wallSeconds);
        }
    }

    /** @throws CommandFailure if the command fails */
    Result time(int size, double timeSeconds) {
        String command =
                commandLine.replace("{size}", Integer.toString(size)).replace("{time}", Double.toString(timeSeconds));
        try {
            long before = System.nanoTime();
            Process process = new ProcessBuilder("sh", "-c", "{ " + command + "; } && times")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            double seconds = (System.nanoTime() - before) * 1e-9;
            if (exitCode != 0) {
                throw CommandFailure.failed("'" + command + "' ended with exit code " + exitCode + ": "
                        + output.substring(Math.max(0, output.length() - TAIL)).strip());
            }
            return new Result(
                    seconds,
                    childSeconds(output),
                    nanosPerEvent(output).orElse(events == null ? Double.NaN : seconds * 1e9 / events));
        } catch (IOException e) {
            throw CommandFailure.failed("'" + command + "' cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted while '" + command + "' ran");
        }
    }

    /** User and system time of what a shell has started, from what its {@code times} prints last; NaN if it is not there. */
    static double childSeconds(String output) {
        Matcher matcher = CHILD_TIMES.matcher(output.stripTrailing());
        if (!matcher.find()) {
            return Double.NaN;
        }
        double seconds = 0;
        for (int group = 1; group <= 3; group += 2) {
            seconds += 60 * Double.parseDouble(matcher.group(group)) + Double.parseDouble(matcher.group(group + 1));
        }
        return seconds;
    }

    /** The last figure of nanoseconds an event that an output names. */
    static OptionalDouble nanosPerEvent(String output) {
        Matcher matcher = NANOS_PER_EVENT.matcher(output);
        OptionalDouble last = OptionalDouble.empty();
        while (matcher.find()) {
            last = OptionalDouble.of(Double.parseDouble(matcher.group(1)));
        }
        return last;
    }
}
