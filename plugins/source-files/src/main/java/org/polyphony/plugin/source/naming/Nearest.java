package org.polyphony.plugin.source.naming;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was probably meant.
public final class Nearest {

    private Nearest() {}

    /// The name closest to `wanted` by Levenshtein distance, letter case aside; empty if none is close.
    public static Optional<String> of(String wanted, Collection<String> names) {
        String best = null;
        int least = Math.max(2, wanted.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /// A sentence such as ` — did you mean worker?`, or nothing.
    public static String hint(String wanted, Collection<String> names) {
        return of(wanted, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /// `names` as a list for a message, cut after the first twenty.
    public static String list(Collection<String> names) {
        String shown = String.join(", ", names.stream().limit(20).toList());
        return names.size() > 20 ? shown + " and " + (names.size() - 20) + " more" : shown;
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
