package org.polyphony.spi.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Declares one setting of a plugin, on a component of its settings record.
///
/// Components may be `String`, `int`, `long`, `double`, `boolean`, an enum, `Duration`, `Optional` of
/// these, `List` or `Map<String, …>` of these, or another record of settings. In files a
/// component `maxSteps` is written `max-steps`. The record's compact constructor validates and throws
/// `IllegalArgumentException` with the value.
///
/// A record *with* `@Setting` is written as a map below its own name. A record *without* it groups what belongs
/// together in code alone: in files its settings stand beside the others, in the order of the components. No two
/// settings of one place may have the same name.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /// What the setting does, with its unit. Copied into the generated reference.
    String description();

    /// Text form of the value used when the setting is absent. Empty means: required, unless the component
    /// is an `Optional`, a `List` or a `Map`, which are then empty.
    String defaultValue() default "";
}
