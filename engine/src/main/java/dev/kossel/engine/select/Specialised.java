package dev.kossel.engine.select;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.function.Function;

/**
 * Loads a class anew, under no name, with data of its own: what its static final fields take from the data is constant
 * to the just-in-time compiler, which then needs no register for the address of an array and no load for its length.
 *
 * <p>Costs a class and its compilation: for loops that run for tenths of a second.
 */
public final class Specialised {

    /**
     * A new copy of a class.
     *
     * @param lookup of a class in the template's package, with full access
     * @param template the class to copy; one that reads its data by {@link #data}, with a constructor that takes an {@code argument}
     * @param data for its static initialiser
     * @return makes instances of the copy
     */
    public static <A, T> Function<A, T> copy(
            Lookup lookup, Class<? extends T> template, Class<T> type, Class<A> argument, Object data) {
        String file = template.getSimpleName() + ".class";
        try (InputStream in = Objects.requireNonNull(template.getResourceAsStream(file), file)) {
            Lookup copy = lookup.defineHiddenClassWithClassData(in.readAllBytes(), data, true);
            MethodHandle constructor =
                    copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class, argument));
            return of -> {
                try {
                    return type.cast(constructor.invoke(of));
                } catch (Throwable e) {
                    throw new IllegalStateException("cannot make a specialised " + template, e);
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalStateException("cannot specialise " + template, e);
        }
    }

    /** What a copy was given; for static initialisers of templates. */
    public static <T> T data(Lookup lookup, Class<T> type) {
        try {
            return Objects.requireNonNull(
                    MethodHandles.classData(lookup, "_", type), "a template must be loaded by Specialised.copy");
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Specialised() {}
}
