package org.polyphony.verify;

/// A formulation in words, for terminals, pages and documentation.
///
/// @param formulation what studies, algorithms and the command line call it: lower-case words joined by hyphens
/// @param title a few words for a heading
/// @param sentence what is deployed; it goes on after the name and a colon
/// @param gap what [Certificate#gap()] is: zero exactly at a solution; empty where nothing is proved
/// @param gapTau what [Certificate#gapTau()] is; empty where nothing is proved
public record Wording(String formulation, String title, String sentence, String gap, String gapTau) {

    /// Of a formulation that has the same gap at every tau.
    Wording(String formulation, String title, String sentence, String gap) {
        this(formulation, title, sentence, gap, gap);
    }

    /// Of a formulation that nobody proves.
    public static Wording unproved(String formulation, String title, String sentence) {
        return new Wording(formulation, title, sentence, "", "");
    }

    /// Whether it has a certifier, and so gaps to speak of.
    public boolean proved() {
        return !gap.isEmpty();
    }
}
