package org.polyphony.spi.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;

/// Declares that a class is a plugin. It becomes a capability of the bundle; the engine constructs the
/// class with its public no-argument constructor, or through the bundle's own Guice module where the
/// manifest names one (`Plugin-Module`). One instance serves all calls and must be thread-safe.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Capability(
        namespace = Plugin.NAMESPACE,
        attribute = {
            "id=${#id}",
            "role=${#role}",
            "settings=${#settings}",
            "class=${@class}",
            "summary=\"${#summary}\"",
            "formulations:List<String>=\"${#formulations}\""
        })
public @interface Plugin {

    /// The capability namespace under which plugins are found.
    String NAMESPACE = "org.polyphony.plugin";

    /// The role interface, for example `AlignmentAlgorithm.class`.
    Class<?> role();

    /// The name used in studies and on the command line: lower case, unique among installed plugins of the
    /// role.
    String id();

    /// The settings record; [NoSettings] if there is nothing to set.
    Class<? extends Record> settings() default NoSettings.class;

    /// One sentence for `polyphony algo list`. No double quotes.
    String summary();

    /// The formulations an algorithm solves, of [org.polyphony.spi.alignment.Formulation] or its own, which
    /// [DefinesFormulation] explains. Read from the jar, so that it is known what is offered before anything of it
    /// runs.
    String[] formulations() default {};
}
