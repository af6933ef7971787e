package org.polyphony.support.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.plugin.NoSettings;
import org.polyphony.spi.plugin.Setting;

class SettingsBinderTest {

    enum Method {
        EXACT,
        PRM_PLUS
    }

    record Window(
            @Setting(description = "First index") int from,

            @Setting(description = "Last index", defaultValue = "9")
            int to) {

        Window {
            if (from > to) {
                throw new IllegalArgumentException("from must be at most to, got " + from + " and " + to);
            }
        }
    }

    record Everything(
            @Setting(description = "Name of the run") String name,

            @Setting(description = "Steps", defaultValue = "100")
            int maxSteps,

            @Setting(description = "Bytes", defaultValue = "8589934592")
            long bytes,

            @Setting(description = "Weight of the KL divergence", defaultValue = "0.1")
            double tau,

            @Setting(description = "Whether to anneal", defaultValue = "true")
            boolean annealed,

            @Setting(description = "How to solve", defaultValue = "prm-plus")
            Method method,

            @Setting(description = "Longest step", defaultValue = "PT30S")
            Duration limit,

            @Setting(description = "A seed of its own") Optional<Long> seed,

            @Setting(description = "Seats", defaultValue = "same,opposite")
            List<String> seats,

            @Setting(description = "Weights of seats") Map<String, Double> weights,
            @Setting(description = "Which to look at") Window window,
            @Setting(description = "Further windows") List<Window> more) {}

    private static List<String> messages(List<Issue> issues) {
        return issues.stream().map(i -> i.location() + ": " + i.message()).toList();
    }

    private static BoundSettings<Everything> everything(Map<String, ?> tree) {
        return SettingsBinder.bind(Everything.class, tree, "algorithm");
    }

    @Test
    void bind_onlyRequired_takesDefaults() {
        var bound = everything(Map.of("name", "a", "window", Map.of("from", 3)));

        assertThat(bound.issues()).isEmpty();
        assertThat(bound.value())
                .contains(new Everything(
                        "a",
                        100,
                        8_589_934_592L,
                        0.1,
                        true,
                        Method.PRM_PLUS,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        List.of("same", "opposite"),
                        Map.of(),
                        new Window(3, 9),
                        List.of()));
    }

    @Test
    void bind_everyType_readsIt() {
        var bound = everything(Map.ofEntries(
                Map.entry("name", "b"),
                Map.entry("max-steps", 7.0),
                Map.entry("bytes", "12"),
                Map.entry("tau", 2),
                Map.entry("annealed", "false"),
                Map.entry("method", "EXACT"),
                Map.entry("limit", "5m"),
                Map.entry("seed", 4),
                Map.entry("seats", List.of("x")),
                Map.entry("weights", Map.of("x", 0.25)),
                Map.entry("window", Map.of("from", 0, "to", 1)),
                Map.entry("more", List.of(Map.of("from", 2)))));

        assertThat(bound.issues()).isEmpty();
        assertThat(bound.value())
                .contains(new Everything(
                        "b",
                        7,
                        12,
                        2.0,
                        false,
                        Method.EXACT,
                        Duration.ofMinutes(5),
                        Optional.of(4L),
                        List.of("x"),
                        Map.of("x", 0.25),
                        new Window(0, 1),
                        List.of(new Window(2, 9))));
    }

    @Test
    void bind_manyProblems_tellsAllAtOnceWithTheirPaths() {
        var bound = everything(Map.of(
                "max-steps",
                1.5,
                "tau",
                "fast",
                "method",
                "prm-puls",
                "limit",
                30,
                "weights",
                Map.of("x", "heavy"),
                "more",
                List.of(Map.of("from", 1), Map.of("from", 20)),
                "max-step",
                3));

        assertThat(bound.value()).isEmpty();
        assertThat(messages(bound.issues()))
                .containsExactly(
                        "algorithm.name: 'name' must be given: Name of the run (text)",
                        "algorithm.max-steps: expected a whole number below 2147483648, got 1.5",
                        "algorithm.tau: expected a finite number, got 'fast'",
                        "algorithm.method: expected one of exact, prm-plus; did you mean 'prm-plus'?, got 'prm-puls'",
                        "algorithm.limit: expected a duration such as 500ms, 30s, 5m, 2h or PT1M30S, got 30",
                        "algorithm.weights.x: expected a finite number, got 'heavy'",
                        "algorithm.window.from: 'from' must be given: First index (whole number)",
                        "algorithm.more[1]: from must be at most to, got 20 and 9",
                        "algorithm.max-step: there is no setting 'max-step'; did you mean 'max-steps'?; known are"
                                + " name, max-steps, bytes, tau, annealed, method, limit, seed, seats, weights, window,"
                                + " more");
        assertThat(bound.issues()).allMatch(i -> i.code().equals("SETTING_INVALID"));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "1e999", "''", "0x10"})
    void bind_numberThatIsNone_isAnIssue(String text) {
        var bound = everything(Map.of("name", "a", "window", Map.of("from", 0), "max-steps", text));

        assertThat(messages(bound.issues())).singleElement().asString().contains("max-steps");
    }

    @Test
    void bind_hugeExponent_isRejectedWithoutWritingItOut() {
        var bound = everything(Map.of("name", "a", "window", Map.of("from", 0), "bytes", "1e999999999"));

        assertThat(messages(bound.issues()))
                .containsExactly("algorithm.bytes: expected a whole number, got '1e999999999'");
    }

    @Test
    void bind_numberWhereTextIsMeant_asksForQuotes() {
        var bound = everything(Map.of("name", 5, "window", Map.of("from", 0)));

        assertThat(messages(bound.issues())).containsExactly("algorithm.name: expected a text, got 5");
    }

    @Test
    void bind_recordThatRejects_reportsItsMessage() {
        var bound = SettingsBinder.bind(Window.class, Map.of("from", 3, "to", 2), "");

        assertThat(bound.issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).isEqualTo("from must be at most to, got 3 and 2"));
    }

    @Test
    void bind_noSettings_refusesEveryKey() {
        var bound = SettingsBinder.bind(NoSettings.class, Map.of("x", 1), "safety");

        assertThat(messages(bound.issues()))
                .containsExactly("safety.x: there is no setting 'x'; nothing can be set here");
    }

    record Stop(
            @Setting(description = "Steps", defaultValue = "9")
            int steps,

            Window window) {}

    record Grouped(
            @Setting(description = "First of all", defaultValue = "a")
            String first,

            Stop stop,

            @Setting(description = "Last of all") Optional<String> last) {

        Grouped {
            if (first.length() > stop.steps()) {
                throw new IllegalArgumentException("first must not be longer than steps, got " + first);
            }
        }
    }

    @Test
    void bind_groups_standBesideTheOthers() {
        var bound = SettingsBinder.bind(Grouped.class, Map.of("from", 2, "last", "z"), "");

        assertThat(bound.issues()).isEmpty();
        assertThat(bound.value()).contains(new Grouped("a", new Stop(9, new Window(2, 9)), Optional.of("z")));
        assertThat(SettingsBinder.inEffect(bound.value().orElseThrow()).toString())
                .isEqualTo("{first=a, steps=9, from=2, to=9, last=z}");
    }

    @Test
    void bind_problemsInGroups_areToldAtTheirKeysInOrder() {
        var bound = SettingsBinder.bind(Grouped.class, Map.of("first", List.of(), "to", "x", "form", 1), "algorithm");

        assertThat(messages(bound.issues()))
                .containsExactly(
                        "algorithm.first: expected a text, got []",
                        "algorithm.from: 'from' must be given: First index (whole number)",
                        "algorithm.to: expected a whole number below 2147483648, got 'x'",
                        "algorithm.form: there is no setting 'form'; did you mean 'from'?; known are first, steps, from,"
                                + " to, last");
    }

    @Test
    void bind_groupThatRejects_isBlamedWhereItStands() {
        assertThat(messages(SettingsBinder.bind(Grouped.class, Map.of("from", 10), "algorithm")
                        .issues()))
                .containsExactly("algorithm: from must be at most to, got 10 and 9");
        assertThat(messages(
                        SettingsBinder.bind(Grouped.class, Map.of("from", 1, "first", "aa", "steps", 1), "algorithm")
                                .issues()))
                .containsExactly("algorithm: first must not be longer than steps, got aa");
    }

    @Test
    void describe_groups_areFlat() {
        assertThat(SettingsBinder.describe(Grouped.class))
                .extracting(SettingDescription::name, SettingDescription::required)
                .containsExactly(
                        tuple("first", false),
                        tuple("steps", false),
                        tuple("from", true),
                        tuple("to", false),
                        tuple("last", false));
    }

    record Below(
            @Setting(description = "A group of its own") Grouped grouped) {}

    @Test
    void bind_groupsOfASettingThatIsARecord_standBelowItsName() {
        var bound = SettingsBinder.bind(Below.class, Map.of("grouped", Map.of("from", 1, "steps", 2)), "");

        assertThat(bound.value())
                .contains(new Below(new Grouped("a", new Stop(2, new Window(1, 9)), Optional.empty())));
        assertThat(messages(SettingsBinder.bind(Below.class, Map.of("grouped", 1), "")
                        .issues()))
                .containsExactly("grouped: expected a map with first, steps, from, to, last, got 1");
    }

    record Twice(
            Window window, @Setting(description = "Again") int to) {}

    record Itself(Itself itself) {}

    @Test
    void bind_nameGivenTwiceOrEndlessly_blamesThePlugin() {
        assertThatThrownBy(() -> SettingsBinder.bind(Twice.class, Map.of("from", 1), ""))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("component to of the settings record")
                .hasMessageContaining("there is another setting 'to'");
        assertThatThrownBy(() -> SettingsBinder.describe(Itself.class))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("component itself of the settings record")
                .hasMessageContaining("a part of itself");
    }

    record Undescribed(int bare) {}

    record Odd(@Setting(description = "x") Thread thread) {}

    @Test
    void bind_recordThatCannotHoldSettings_blamesThePlugin() {
        assertThatThrownBy(() -> SettingsBinder.bind(Undescribed.class, Map.of(), ""))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("component bare")
                .hasMessageContaining("add @Setting");
        assertThatThrownBy(() -> SettingsBinder.bind(Odd.class, Map.of(), ""))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void describe_everything_givesNamesTypesAndDefaults() {
        var described = SettingsBinder.describe(Everything.class);

        assertThat(described)
                .extracting(SettingDescription::name, SettingDescription::type, SettingDescription::required)
                .contains(
                        tuple("name", "text", true),
                        tuple("method", "one of exact, prm-plus", false),
                        tuple("weights", "map from name to: number", false),
                        tuple("window", "group", true));
        assertThat(described.get(10).nested())
                .extracting(SettingDescription::name, SettingDescription::defaultText)
                .containsExactly(tuple("from", ""), tuple("to", "9"));
    }
}
