package dev.kossel.scenarios.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns the first SIGINT (Ctrl-C) or SIGTERM into a request, and lets the second end the JVM at once.
 *
 * <p>Through {@code sun.misc.Signal}, which every JDK exports but javac warns of, hence by reflection. Where it is missing, signals do what they do
 * without: the run ends and loses what came after its last checkpoint. {@link #close} puts the former handlers back. Thread-safe.
 */
final class StopSignals implements AutoCloseable {

    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);

    private final AtomicInteger received = new AtomicInteger();
    private final Map<Object, Object> former = new LinkedHashMap<>();
    private @Nullable Method handle;

    StopSignals() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            handle = signal.getMethod("handle", signal, handler);
            for (Map.Entry<String, Integer> entry : NUMBERS.entrySet()) {
                int number = entry.getValue();
                Object request = Proxy.newProxyInstance(
                        handler.getClassLoader(), new Class<?>[] {handler}, (self, called, args) -> {
                            if (called.getName().equals("handle")) {
                                receive(number);
                            }
                            return null;
                        });
                Object of = signal.getConstructor(String.class).newInstance(entry.getKey());
                former.put(of, handle.invoke(null, of, request));
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Not on this JVM, or the signal is taken by the JVM itself (-Xrs).
            handle = null;
        }
    }

    private void receive(int number) {
        if (!received.compareAndSet(0, number)) {
            Runtime.getRuntime().halt(exitCode(number));
        }
    }

    /** Whether a signal has come. */
    boolean received() {
        return received.get() != 0;
    }

    /** 128 + the number of the signal, as shells have it. */
    int exitCode() {
        return exitCode(received.get());
    }

    private static int exitCode(int number) {
        return 128 + number;
    }

    @Override
    public void close() {
        if (handle == null) {
            return;
        }
        for (Map.Entry<Object, Object> entry : former.entrySet()) {
            try {
                handle.invoke(null, entry.getKey(), entry.getValue());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
