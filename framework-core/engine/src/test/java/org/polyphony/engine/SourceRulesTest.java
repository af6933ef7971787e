package org.polyphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules about the sources of every module that a compiler does not know.
class SourceRulesTest {

    private static final Path CHECKOUT = Path.of(System.getProperty("basedir", ""), "..", "..");
    private static final List<String> ROOMS = List.of("spi", "framework-core", "plugins", "samples");

    // their order is salted in every process, and sooner or later it is an order of bytes or of messages
    @Test
    void main_noMapOrSet_isCopiedInASaltedOrder() throws IOException {
        assertThat(places("Map\\.copyOf\\(|Set\\.copyOf\\(|toUnmodifiable(Map|Set)\\("))
                .isEmpty();
    }

    private static List<String> places(String wanted) throws IOException {
        var pattern = Pattern.compile(wanted);
        var places = new ArrayList<String>();
        for (var room : ROOMS) {
            try (Stream<Path> files = Files.walk(CHECKOUT.resolve(room))) {
                for (var file :
                        files.filter(SourceRulesTest::isMainSource).sorted().toList()) {
                    for (var line : Files.readAllLines(file)) {
                        if (pattern.matcher(line).find() && !line.strip().startsWith("//")) {
                            places.add(file + ": " + line.strip());
                        }
                    }
                }
            }
        }
        return places;
    }

    private static boolean isMainSource(Path file) {
        var name = file.toString().replace('\\', '/');
        return name.endsWith(".java") && name.contains("/src/main/java/");
    }
}
