package dev.kossel.scenarios.file;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a record that stands in the file as a piece of text: it has a {@code public static parse(String)}, which throws
 * {@link IllegalArgumentException} with the rest of a sentence that begins with the text, and a {@code toString} that {@code parse} understands.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Text {

    /** What may be given, for the reference page. */
    String value();
}
