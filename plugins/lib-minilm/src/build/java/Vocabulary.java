import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Writes the vocabulary of a tokenizer file, which has one token and its id per line, as a list in the order of the
/// ids. Reads this one pinned file, no JSON in general.
final class Vocabulary {

    private static final Pattern ENTRY = Pattern.compile(" *\"((?:[^\"\\\\]|\\\\[\"\\\\])+)\": (\\d+),?");

    private Vocabulary() {}

    public static void main(String[] arguments) throws IOException {
        var tokens = new TreeMap<Integer, String>();
        boolean inside = false;
        for (var line : Files.readAllLines(Path.of(arguments[0]))) {
            if (inside && line.strip().startsWith("}")) {
                break;
            }
            var entry = ENTRY.matcher(line);
            if (inside && !entry.matches()) {
                throw new IllegalStateException("no token and id: " + line);
            }
            if (inside) {
                tokens.put(Integer.valueOf(entry.group(2)), entry.group(1).replaceAll("\\\\(.)", "$1"));
            }
            inside |= line.strip().equals("\"vocab\": {");
        }
        if (tokens.isEmpty() || tokens.lastKey() != tokens.size() - 1) {
            throw new IllegalStateException("the ids are not 0 … n-1 but " + tokens.size() + " of them");
        }
        Files.writeString(Path.of(arguments[1]), String.join("\n", tokens.values()) + "\n");
    }
}
