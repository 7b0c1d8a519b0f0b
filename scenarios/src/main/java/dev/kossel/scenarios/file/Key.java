package dev.kossel.scenarios.file;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of a scenario file, on the record component that receives its value.
 *
 * <p>The name of the key is that of the component in kebab-case. The component's type says what may be given; this annotation says the rest, and it is
 * the one place for it: the reader, the JSON Schema and the reference page are all derived from it. A component without a fallback is required unless
 * it is {@code @Nullable}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {

    /** What the key means, in a sentence or two. */
    String value();

    /** A value as one would write it, in YAML. */
    String example();

    /** The value when the key is left out, in YAML. */
    String fallback() default "";

    /** The range, for numbers as they are and for quantities in the unit of their measure. */
    double min() default Double.NEGATIVE_INFINITY;

    double max() default Double.POSITIVE_INFINITY;

    /** Whether {@link #min} itself is out of range. */
    boolean aboveMin() default false;

    /** How many entries a list must have; -1 for any number. */
    int count() default -1;

    /** Whether the numbers under the key are claims about nature, of which {@code check} lists the sources. */
    boolean physical() default false;
}
