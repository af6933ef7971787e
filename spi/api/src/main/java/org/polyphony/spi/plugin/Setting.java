package org.polyphony.spi.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Declares one setting of a plugin, on a component of its settings record.
///
/// Components may be `String`, `int`, `long`, `double`, `boolean`, an enum, `Duration`, `Optional` of
/// these, `List` or `Map<String, …>` of these, or another record with `@Setting` components. In files a
/// component `maxSteps` is written `max-steps`. The record's compact constructor validates and throws
/// `IllegalArgumentException` with the value.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /// What the setting does, with its unit. Copied into the generated reference.
    String description();

    /// Text form of the value used when the setting is absent. Empty means: required, unless the component
    /// is an `Optional`, a `List` or a `Map`, which are then empty.
    String defaultValue() default "";
}
