package org.polyphony.support.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the known name a person probably meant.
public final class NearestName {

    private static final int SHOWN = 20;

    private NearestName() {}

    /// The known name with the fewest edits from `typed`, if it takes at most a third of its letters, rounded
    /// up; the first in alphabetical order among equals.
    public static Optional<String> of(String typed, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(typed, name) <= Math.max(1, (Math.max(typed.length(), name.length()) + 2) / 3))
                .min(Comparator.<String>comparingInt(name -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// A clause for messages, for example `; did you mean 'tau'?`, or nothing.
    public static String hint(String typed, Collection<String> known) {
        return of(typed, known).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /// Names for a message, cut after the first twenty.
    public static String list(Collection<String> names) {
        String shown = String.join(", ", names.stream().limit(SHOWN).toList());
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    // Levenshtein distance, ignoring case; one row at a time
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal
                        + (Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
