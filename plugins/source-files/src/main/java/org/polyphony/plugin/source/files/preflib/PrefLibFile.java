package org.polyphony.plugin.source.files.preflib;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.spi.error.AlignmentException;

/// A PrefLib file: alternatives, numbered from 1, and how many voters gave each order.
///
/// The format is that of preflib.github.io/format: lines `# KEY: value`, then lines `count: order`, best
/// first, alternatives separated by commas, ties in braces.
///
/// @param title the file's title; empty if it has none
/// @param names names of the alternatives, the first is alternative 1
/// @param ballots the orders
record PrefLibFile(String title, List<String> names, List<Ballot> ballots) {

    // more alternatives than any election has; a larger number is a damaged header
    private static final int MOST_ALTERNATIVES = 10_000;

    /// An order that several voters gave.
    ///
    /// @param count how many
    /// @param ranks alternatives from 1, best rank first, those of one rank together
    record Ballot(double count, List<List<Integer>> ranks) {}

    /// Reads `file`.
    static PrefLibFile of(DataFile file) {
        try (BufferedReader lines = file.lines()) {
            return new Parser(file.name()).parse(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(file.name() + " was read before and now is not", e);
        }
    }

    private static final List<String> ORDERS = List.of("soc", "soi", "toc", "toi");

    private static final class Parser {
        private final String name;
        private final Map<String, String> header = new HashMap<>();
        private final List<Ballot> ballots = new ArrayList<>();
        private int line;
        private int alternatives = -1;
        private double voters;

        private Parser(String name) {
            this.name = name;
        }

        private PrefLibFile parse(BufferedReader lines) throws IOException {
            for (String read = lines.readLine(); read != null; read = lines.readLine()) {
                line++;
                String text = line == 1 && read.startsWith("\uFEFF") ? read.substring(1) : read;
                if (text.startsWith("#")) {
                    int colon = text.indexOf(':');
                    if (colon > 0) {
                        header.put(
                                text.substring(1, colon).strip(),
                                text.substring(colon + 1).strip());
                    }
                } else if (!text.isBlank()) {
                    ballot(text);
                }
            }
            checkComplete();
            var names = new ArrayList<String>();
            for (int a = 1; a <= alternatives; a++) {
                names.add(header.getOrDefault("ALTERNATIVE NAME " + a, "alternative " + a));
            }
            return new PrefLibFile(header.getOrDefault("TITLE", ""), names, ballots);
        }

        private void ballot(String text) {
            if (alternatives < 0) {
                alternatives = alternatives();
                requireOrders();
            }
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw malformed("expected 'count: order', got '" + clip(text) + "'");
            }
            double count = positive(text.substring(0, colon).strip());
            voters += count;
            ballots.add(new Ballot(count, ranks(text.substring(colon + 1).strip())));
        }

        private List<List<Integer>> ranks(String order) {
            boolean[] seen = new boolean[alternatives + 1];
            var ranks = new ArrayList<List<Integer>>();
            int at = 0;
            while (at < order.length()) {
                boolean tied = order.charAt(at) == '{';
                int end = tied ? order.indexOf('}', at) : order.indexOf(',', at);
                if (tied && end < 0) {
                    throw malformed("the brace in '" + clip(order) + "' is not closed");
                }
                end = end < 0 ? order.length() : end;
                var rank = new ArrayList<Integer>();
                for (String number : order.substring(tied ? at + 1 : at, end).split(",", -1)) {
                    if (!number.isBlank() || !tied) {
                        rank.add(alternative(number.strip(), seen));
                    }
                }
                // PrefLib writes {} for an empty rank
                if (!rank.isEmpty()) {
                    ranks.add(List.copyOf(rank));
                }
                at = tied ? end + 1 : end;
                if (at < order.length() && order.charAt(at) != ',') {
                    throw malformed("expected a comma in '" + clip(order) + "'");
                }
                at++;
            }
            return ranks;
        }

        private int alternative(String number, boolean[] seen) {
            int alternative;
            try {
                alternative = Integer.parseInt(number);
            } catch (NumberFormatException e) {
                throw malformed("alternative '" + clip(number) + "' is not a number");
            }
            if (alternative < 1 || alternative > alternatives) {
                throw malformed("alternative " + alternative + " is not one of 1 to " + alternatives);
            }
            if (seen[alternative]) {
                throw malformed("alternative " + alternative + " is ranked twice");
            }
            seen[alternative] = true;
            return alternative;
        }

        private int alternatives() {
            String text = header.getOrDefault("NUMBER ALTERNATIVES", "");
            try {
                int number = Integer.parseInt(text);
                if (number >= 1 && number <= MOST_ALTERNATIVES) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // answered below
            }
            throw malformed("the header has no NUMBER ALTERNATIVES from 1 to " + MOST_ALTERNATIVES + ", got '" + text
                    + "'; expected a PrefLib file of 2021 or later");
        }

        private double positive(String text) {
            try {
                double count = Double.parseDouble(text);
                if (count > 0 && Double.isFinite(count)) {
                    return count;
                }
            } catch (NumberFormatException e) {
                // answered below
            }
            throw malformed("the number of voters '" + clip(text) + "' is not positive");
        }

        // a file cut off between two lines shows only here
        private void checkComplete() {
            if (alternatives < 0) {
                alternatives = alternatives();
            }
            String declared = header.get("NUMBER VOTERS");
            if (declared != null && !declared.isEmpty() && differ(positive(declared), voters)) {
                throw malformed("the ballots add up to " + voters + " voters, the header says " + declared
                        + "; the file is incomplete, fetch it again");
            }
        }

        // sums of fractions are not exact
        private static boolean differ(double declared, double counted) {
            return Math.abs(declared - counted) > 1e-9 * Math.max(declared, counted);
        }

        private void requireOrders() {
            String type = header.getOrDefault("DATA TYPE", "").toLowerCase(Locale.ROOT);
            if (!type.isEmpty() && !ORDERS.contains(type)) {
                throw malformed("DATA TYPE is " + clip(type) + "; files of orders are read, which are "
                        + String.join(", ", ORDERS));
            }
        }

        private AlignmentException malformed(String what) {
            return new AlignmentException(FILE_MALFORMED, name + ", line " + line + ": " + what);
        }

        private static String clip(String text) {
            return text.length() > 60 ? text.substring(0, 60) + "…" : text;
        }
    }
}
