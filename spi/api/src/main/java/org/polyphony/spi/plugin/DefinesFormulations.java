package org.polyphony.spi.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What several [DefinesFormulation] on one class become.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DefinesFormulations {

    /// The definitions.
    DefinesFormulation[] value();
}
