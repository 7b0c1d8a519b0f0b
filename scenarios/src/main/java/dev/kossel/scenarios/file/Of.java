package dev.kossel.scenarios.file;

import dev.kossel.scenarios.units.Measure;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a {@link dev.kossel.scenarios.units.Quantity} measures. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
@interface Of {
    Measure value();
}
