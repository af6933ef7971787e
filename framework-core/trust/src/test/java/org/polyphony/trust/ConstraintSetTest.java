package org.polyphony.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintSetTest {

    private static final String SMALL = """
            polyphony-constraints 1
            set small
            version 3
            constraints 2

            # a comment
            let ask = how to | guide to
            constraint X1.one
            reason the first
            within 5
            all $ask | steps to
            all tea

            constraint X2.two
            reason the second
            within 1
            all herbal tea*

            end
            """;

    static ConstraintSet set(String name, String id, String phrase) {
        return parse("""
                polyphony-constraints 1
                set %s
                version 1
                constraints 1
                constraint %s
                reason a test
                within 5
                all %s
                end
                """.formatted(name, id, phrase));
    }

    private static ConstraintSet parse(String text) {
        return ConstraintSet.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void parse_smallSet_readsAllOfIt() {
        var set = parse(SMALL);

        assertThat(set.name()).isEqualTo("small");
        assertThat(set.version()).isEqualTo(3);
        assertThat(set.constraints()).extracting(Constraint::id).containsExactly("X1.one", "X2.two");
        assertThat(set.constraints().getFirst().groups().getFirst()).containsExactly("how to", "guide to", "steps to");
        assertThat(set.digest()).matches("[0-9a-f]{64}");
        assertThat(parse(SMALL + "\n").digest()).isNotEqualTo(set.digest());
    }

    @Test
    void parse_fileCutAnywhere_isNoSet() {
        for (int length = 0; length < SMALL.lastIndexOf("end") + 2; length++) {
            String cut = SMALL.substring(0, length);
            assertThatThrownBy(() -> parse(cut)).as("cut at %d", length).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void parse_shippedFileCutAnywhere_isNoSet() throws IOException {
        byte[] whole = shippedFile();
        for (int length = 0; length < whole.length - 4; length += 37) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ConstraintSet.parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void parse_anyLineMissing_isNoSetOrAnotherSet() {
        var lines = SMALL.lines().toList();
        for (int missing = 0; missing < lines.size(); missing++) {
            var kept = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                if (i != missing) {
                    kept.append(lines.get(i)).append('\n');
                }
            }
            String line = lines.get(missing);
            if (line.isBlank() || line.startsWith("#")) {
                assertThat(parse(kept.toString()).constraints())
                        .isEqualTo(parse(SMALL).constraints());
            } else if (line.equals("all tea") || line.startsWith("all $ask")) {
                // still well-formed, and broader; its digest shows that it is not the same file
                assertThat(parse(kept.toString()).digest())
                        .isNotEqualTo(parse(SMALL).digest());
            } else {
                assertThatThrownBy(() -> parse(kept.toString()))
                        .as("without '%s'", line)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "polyphony-constraints 1>polyphony-constraints 2",
                "polyphony-constraints 1>",
                "set small>set",
                "version 3>version three",
                "version 3>version 99999999999",
                "constraints 2>constraints 1",
                "constraints 2>constraints 3",
                "constraint X2.two>constraint X1.one",
                "constraint X2.two>constraint",
                "reason the second>raeson the second",
                "reason the second>disabled true",
                "within 1>within 0",
                "within 1>within -1",
                "within 1>within 1.5",
                "within 1>within 1\npriority 5",
                "all tea>all tea |",
                "all tea>all | tea",
                "all tea>all ...",
                "all tea>all \u200b",
                "all tea>all $unknown",
                "all tea>any tea",
                "all herbal tea*>#all herbal tea*",
                "let ask = how to>let ask how to",
                "let ask = how to>let ask =",
                "let ask = how to>let ask = a\nlet ask = how to",
                "\nend\n>\n",
                "\nend\n>\nend\nconstraint X3.three\n",
                "\nend\n>\nENDE\n"
            })
    void parse_damagedSet_isNoSet(String edit) {
        var parts = edit.split(">", 2);
        String damaged = SMALL.replace(parts[0], parts[1]);
        assertThat(damaged).isNotEqualTo(SMALL);

        assertThatThrownBy(() -> parse(damaged)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_bytesThatAreNotUtf8_areNoSet() {
        assertThatThrownBy(() -> ConstraintSet.parse(new byte[] {(byte) 0xC3, 0x28}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_error_namesTheLineAndTheRemedy() {
        assertThatThrownBy(() -> parse(SMALL.replace("reason the second", "raeson the second")))
                .hasMessage("constraint set, line 15: expected 'reason …', got 'raeson the second'");
        assertThatThrownBy(() -> parse(SMALL + "\n\nmore\n"))
                .hasMessage("constraint set, line 22: text after 'end'; remove it");
    }

    static byte[] shippedFile() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ConstraintSet.class.getResourceAsStream("universal-constraints.txt"))) {
            return in.readAllBytes();
        }
    }
}
