package org.polyphony.spi.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;

/// Says what a formulation is that a bundle's algorithms offer and Polyphony does not prove, so that `polyphony algo
/// list`, the terminal and the report explain it. Stands on an algorithm's class, once for each of its formulations,
/// and is read from the jar. Its policies stand as `VALID`.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(DefinesFormulations.class)
@Capability(
        namespace = DefinesFormulation.NAMESPACE,
        attribute = {"id=\"${#id}\"", "title=\"${#title}\"", "sentence=\"${#sentence}\""})
public @interface DefinesFormulation {

    /// The capability namespace under which formulations are found.
    String NAMESPACE = "org.polyphony.formulation";

    /// The name that studies use: lower-case words joined by hyphens, behind the vendor's and a slash, for example
    /// `acme/utilitarian`, so that no two vendors mean different things by one word.
    String id();

    /// A few words for a heading. No double quotes.
    String title();

    /// What is deployed, in one sentence that goes on after the name and a colon: "the candidate that …". No double
    /// quotes.
    String sentence();
}
