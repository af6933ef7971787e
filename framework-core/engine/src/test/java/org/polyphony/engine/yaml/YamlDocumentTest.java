package org.polyphony.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.error.AlignmentException;

class YamlDocumentTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static Map<String, Object> root(String text) {
        return YamlDocument.parse("study.yaml", text).root();
    }

    private static void refuses(String text, String... words) {
        assertThatThrownBy(() -> YamlDocument.parse("study.yaml", text))
                .as(text.length() > 100 ? text.substring(0, 100) : text)
                .isInstanceOf(AlignmentException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
    }

    // spring-projects/spring-boot#9186, tomasz-c/nft-blackhole#4, alibaba/nacos#12969
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "no",
                "NO",
                "on",
                "off",
                "y",
                "n",
                "True",
                "FALSE",
                "null",
                "~",
                "007",
                "08",
                "0o14",
                "0x10",
                "1_000",
                "12:30",
                "1:20:30",
                "1.0",
                "1e3",
                ".inf",
                "2024-01-01",
                "2024-01-01T12:00:00Z",
                "0b101",
                "+1",
                "="
            })
    void parse_wordsThatYaml11Rewrites_stayWhatWasWritten(String word) {
        assertThat(root("levels: [" + word + ", other]").get("levels")).isEqualTo(List.of(word, "other"));
        assertThat(root("values:\n  " + word + ": first").get("values")).isEqualTo(Map.of(word, "first"));
        assertThat(root("values: {'" + word + "': first}").get("values")).isEqualTo(Map.of(word, "first"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "NO", "007", "12:30", "2024-01-01", "1e3", "-0", "''"})
    void parse_valueOfAKey_staysWhatWasWritten(String word) {
        assertThat(root("a: " + word)).containsEntry("a", word.equals("''") ? "" : word);
    }

    @Test
    void parse_keyWithoutValue_isEmpty() {
        assertThat(root("a:\nb: ~\nc: null\nd: 'null'"))
                .containsEntry("a", "")
                .containsEntry("b", "")
                .containsEntry("c", "")
                .containsEntry("d", "null");
    }

    @Test
    void parse_alias_standsForWhatItNames() {
        assertThat(root("a: &x [1, 2]\nb: *x\nc: &y text\nd: *y"))
                .containsEntry("b", List.of("1", "2"))
                .containsEntry("d", "text");
    }

    @Test
    void parse_mergeKey_isAKeyLikeAnyOther() {
        assertThat(root("a: &x {b: 1}\nc:\n  <<: *x").get("c")).isEqualTo(Map.of("<<", Map.of("b", "1")));
    }

    @Test
    void parse_whatIsNoDocumentOfOurs_saysWhereAndWhy() {
        refuses("a: 1\nb: 2\na: 3", "study.yaml:3:1", "duplicate key a");
        refuses("a: {b: 1, b: 2}", "study.yaml:1:11", "duplicate key b");
        refuses("a: {\"b\": 1, b: 2}", "duplicate key b");
        refuses("a: &x [1, *x]", "study.yaml:1:11", "refers to itself");
        refuses("a: &x {b: {c: *x}}", "refers to itself");
        refuses("a: *nothing", "*nothing");
        refuses("a: 1\n---\nb: 2", "study.yaml:2:1", "a second document");
        refuses("a:\n\t- b", "study.yaml:2:1", "TAB");
        refuses("a: 1\nb: x\u0000y", "study.yaml:2:5", "U+0000");
        refuses("a: \u001b[31m", "study.yaml:1:4", "U+001B");
        refuses("a: [1, 2", "study.yaml:1:", "is not valid YAML");
        refuses(
                "a: !!python/object:os.system x",
                "study.yaml:1:4",
                "the tag tag:yaml.org,2002:python/object:os.system");
        refuses("a: !own {b: 1}", "the tag !own");
        refuses("? [a, b]\n: c", "study.yaml:1:3", "a key that is no text");
        refuses("- a\n- b", "holds a list", "'study: NAME'");
        refuses("text", "holds a text");
        refuses("# nothing", "holds nothing");
        refuses("", "holds nothing");
    }

    @Test
    void parse_deepOrHuge_isRefusedBeforeItFillsAnything() {
        refuses("a: " + "[".repeat(100_000), "nested more than 32 levels deep");
        refuses("a: " + "{b: ".repeat(40) + "1" + "}".repeat(40), "nested more than 32 levels deep");
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
        }
        refuses(bomb.toString(), "study.yaml:", "aliases");
        refuses("a: &x [" + "1,".repeat(5000) + "]\nb: [" + "*x,".repeat(30) + "]", "more than 100000 values");
    }

    @Test
    void read_whatIsNoText_isRefused() throws IOException {
        var file = folder.resolve("study.yaml");
        Files.write(file, "study: x\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> YamlDocument.read(file, "study")).hasMessageContaining("is not UTF-8 text");
        Files.writeString(file, "# " + "x".repeat(YamlParser.MAX_BYTES));
        assertThatThrownBy(() -> YamlDocument.read(file, "study")).hasMessageContaining("it may have at most 262144");
        Files.writeString(file, "\uFEFFstudy: x\n");
        assertThat(YamlDocument.read(file, "study").root()).containsEntry("study", "x");
        var device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            assertThatThrownBy(() -> YamlDocument.read(device, "study")).hasMessageContaining("is a pipe or a device");
        }
    }

    @Test
    void with_values_areReadAsInAFile() {
        var document = YamlDocument.parse("study.yaml", "a: {b: 1}\nc: [{d: 1}]");
        assertThat(document.with("a.b", "NO").root().get("a")).isEqualTo(Map.of("b", "NO"));
        assertThat(document.with("a.e.f", "[1, on]").root().get("a"))
                .isEqualTo(Map.of("b", "1", "e", Map.of("f", List.of("1", "on"))));
        assertThat(document.with("c[0].d", "007").root().get("c")).isEqualTo(List.of(Map.of("d", "007")));
        assertThatThrownBy(() -> document.with("a.b", "[1"))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("--set a.b");
        // the document itself has not changed
        assertThat(document.root().get("a")).isEqualTo(Map.of("b", "1"));
    }
}
