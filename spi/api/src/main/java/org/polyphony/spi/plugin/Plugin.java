package org.polyphony.spi.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;

/// Declares that a class is a plugin, or several: one that carries it more than once learns from
/// [org.polyphony.spi.context.PluginContext#plugin] as which it is called. It becomes a capability of the bundle, read
/// from the jar, so that all that is declared here is known before anything of the plugin runs. The engine constructs
/// the class with its public no-argument constructor, or through the bundle's own Guice module where the manifest
/// names one (`Plugin-Module`). One instance serves all calls and must be thread-safe.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Plugins.class)
@Capability(
        namespace = Plugin.NAMESPACE,
        attribute = {
            "id=${#id}",
            "role=${#role}",
            "settings=${#settings}",
            "class=${@class}",
            "summary=\"${#summary}\"",
            "formulations:List<String>=\"${#formulations}\"",
            "writes=\"${#writes}\"",
            "reads=\"${#reads}\"",
            "needs:List<String>=\"${#needs}\"",
            "claims:List<String>=\"${#claims}\"",
            "generalises=${#generalises}",
            "determinism=${#determinism}"
        })
public @interface Plugin {

    /// The capability namespace under which plugins are found.
    String NAMESPACE = "org.polyphony.plugin";

    /// Every claim, among [#claims].
    String ALL = "*";

    /// The role interface, for example `AlignmentAlgorithm.class`.
    Class<?> role();

    /// The name used in studies and on the command line: lower-case words joined by hyphens. Where two installed
    /// plugins of a role share it, it is written `vendor/id` or `vendor/id@version`; see [PluginId].
    String id();

    /// The settings record; [NoSettings] if there is nothing to set.
    Class<? extends Record> settings() default NoSettings.class;

    /// One sentence for `polyphony algo list`. No double quotes.
    String summary();

    /// The formulations an algorithm solves, of [org.polyphony.spi.alignment.Formulation] or its own, which
    /// [DefinesFormulation] explains; at least one. Other roles have none.
    String[] formulations() default {};

    /// The types of artefact that an algorithm's fitted policies are, each with the version of its layout,
    /// for example `acme.policy.linear;version=2`. None of an algorithm that fits nothing.
    String[] writes() default {};

    /// The types of artefact that a scorer opens, each with a range of versions, for example
    /// `acme.policy.linear;version=[1,3)`. The scorer of a policy is found by its type, not by a name: several
    /// algorithms and scorers can share one.
    String[] reads() default {};

    /// What it cannot work without.
    Need[] needs() default {};

    /// The verified claims that a safety layer is shown, for example `role`; all others are withheld from it. [#ALL]
    /// shows all to a layer whose rules are settings.
    String[] claims() default {};

    /// Whether a profiler answers items that were not in the fit, given features. One that does not is never asked.
    boolean generalises() default false;

    /// What two equal calls have in common. The contract tests hold an [Determinism#EXACT] plugin to its word.
    Determinism determinism() default Determinism.EXACT;
}
