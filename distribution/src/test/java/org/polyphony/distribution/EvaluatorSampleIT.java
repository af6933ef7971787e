package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An evaluator from outside, `samples/evaluator-plugin`: what it finds stands in report, terminal and page, and the
/// page can be read by everybody, on a phone, by keyboard and on paper.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluatorSampleIT {

    private Path folder = Path.of("");
    private String terminal = "";

    @BeforeAll
    void buildAndRun(@TempDir Path given) throws IOException {
        folder = SampleProject.copy("evaluator-plugin", given).built().folder();
        // beside our own evaluator, so that every kind of picture is on the page
        Files.writeString(
                folder.resolve("both.yaml"),
                Files.readString(folder.resolve("study.yaml"))
                        .replace("evaluators:\n", "evaluators:\n  - plugin: preferences\n"));
        var run = Distribution.run(folder, List.of("study", "run", "both.yaml", "--plugins", "target", "--out", "out"));
        assertThat(run.code()).as(run.err()).isZero();
        terminal = run.out();
    }

    @Test
    void terminal_saysWhatTheEvaluatorFound() {
        assertThat(terminal).contains("goes with the majority; people are most divided about");
    }

    @Test
    void report_holdsItsSectionAndSentence() throws IOException {
        var report =
                new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
        assertThat(report.path("sections").findValuesAsText("id")).contains("majority", "groups");
        assertThat(report.path("findings").findValuesAsText("code")).contains("example.majority");
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Page {

        private static final String UNDRAWN =
                "[...document.querySelectorAll('figure')].filter(f => !f.querySelector('svg'))";

        private Browser browser;

        @BeforeAll
        void open(@TempDir Path profile) throws Exception {
            var chromium = Browser.find();
            assumeTrue(chromium.isPresent(), "Chromium is not installed, so no page is looked at");
            browser = Browser.open(chromium.orElseThrow(), profile);
        }

        @AfterAll
        void close() {
            if (browser != null) {
                browser.close();
            }
        }

        @BeforeEach
        void show() throws InterruptedException {
            browser.media("");
            browser.show(page(), 1100);
        }

        @Test
        void opened_drawsEverySectionWithoutNetworkAndWithoutErrors() {
            assertThat(browser.errors()).isEmpty();
            assertThat(texts("section h2")).contains("How much the majority decides", "Do the groups differ");
            assertThat(texts("#findings li")).anyMatch(text -> text.contains("goes with the majority"));
            assertThat(browser.evaluate("document.querySelectorAll('#majority figure').length")
                            .asInt())
                    .isEqualTo(2);
        }

        @Test
        void pictures_belowTheFold_areDrawnWhenScrolledToInTheirRoom() {
            assertThat(browser.evaluate(UNDRAWN + ".length").asInt()).isPositive();
            assertThat(browser.evaluate("typeof Plot").asText())
                    .as("nothing is drawn yet")
                    .isEqualTo("undefined");
            assertThat(browser.evaluate(UNDRAWN + ".every(f => f.querySelector('figcaption').checkVisibility() &&"
                                    + " f.querySelector('.words').textContent.length > 20)")
                            .asBoolean())
                    .as("title and words are there before the picture")
                    .isTrue();
            int height = height();

            scrollToAll();

            assertThat(browser.evaluate(UNDRAWN + ".length").asInt()).isZero();
            assertThat(height()).as("its room was kept").isCloseTo(height, within(1));
            assertThat(browser.errors()).isEmpty();
        }

        @Test
        void pictures_all_haveATitleAndSayInWordsWhatTheyShow() {
            scrollToAll();
            var words = browser.evaluate("[...document.querySelectorAll('figure')].map(f => ["
                    + "f.querySelector('figcaption').firstChild.textContent, f.querySelector('svg').getAttribute('role'),"
                    + " f.querySelector('svg').getAttribute('aria-label')])");
            assertThat(words.size()).isGreaterThan(4);
            for (var picture : words) {
                assertThat(picture.get(0).asText()).isNotBlank();
                assertThat(picture.get(1).asText()).isEqualTo("img");
                assertThat(picture.get(2).asText())
                        .startsWith(picture.get(0).asText())
                        .hasSizeGreaterThan(20);
            }
        }

        @Test
        void axe_findsNothingSerious() throws IOException {
            scrollToAll();
            try (var axe =
                    Objects.requireNonNull(EvaluatorSampleIT.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
                browser.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; true");
            }
            var violations = browser.evaluate("axe.run().then(r => r.violations.filter(v => v.impact === 'serious' ||"
                    + " v.impact === 'critical').map(v => v.id + ': ' + v.nodes.map(n => n.target).join(', ')))");
            assertThat(violations).as(violations.toString()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {390, 768})
        void narrowScreen_nothingIsWiderThanIt(int width) throws InterruptedException {
            browser.show(page(), width);
            int height = height();
            scrollToAll();
            assertThat(height()).as("rooms of pictures were kept").isCloseTo(height, within(1));
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(width);
            var pictures = browser.evaluate("[...document.querySelectorAll('figure svg')].map(s =>"
                    + " [s.getBoundingClientRect().width, s.parentElement.getBoundingClientRect().width])");
            for (JsonNode picture : pictures) {
                assertThat(picture.get(0).asDouble())
                        .isLessThanOrEqualTo(picture.get(1).asDouble() + 1);
            }
            assertThat(browser.evaluate("Math.min(...[...document.querySelectorAll('figure svg')].map(s =>"
                                    + " s.getBoundingClientRect().width / s.viewBox.baseVal.width))")
                            .asDouble())
                    .as("text is drawn for the width, not shrunk with it")
                    .isGreaterThan(0.95);
        }

        @Test
        void keyboard_reachesWhatCanBeUsedAndShowsWhereItIs() {
            browser.press("Tab", 9, "");
            assertThat(focused()).isEqualTo("skip");
            int usable = browser.evaluate("[...document.querySelectorAll('a, select, input, summary, [tabindex]')]"
                            + ".filter(n => n.checkVisibility()).length")
                    .asInt();
            var seen = new java.util.HashSet<String>();
            for (int i = 1; i < usable; i++) {
                browser.press("Tab", 9, "");
                assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                                .asText())
                        .as("outline of %s", focused())
                        .isNotEqualTo("none");
                seen.add(browser.evaluate("document.activeElement.tagName").asText());
            }
            assertThat(seen).contains("A", "SELECT", "SUMMARY", "DIV");
            browser.evaluate("document.querySelector('details summary').focus()");
            browser.press("Enter", 13, "\r");
            assertThat(browser.evaluate("document.querySelector('details').open")
                            .asBoolean())
                    .isTrue();
        }

        @Test
        void print_holdsTheSectionsAndNoNavigation() {
            browser.media("print");
            // the page hears of it a little later
            browser.evaluate("(async () => {for (let i = 0; i < 600"
                    + " && ![...document.querySelectorAll('details')].every(d => d.open); i++)"
                    + " await new Promise(then => setTimeout(then, 50));})()");
            assertThat(browser.evaluate("getComputedStyle(document.querySelector('nav')).display")
                            .asText())
                    .isEqualTo("none");
            assertThat(browser.evaluate("[...document.querySelectorAll('details')].every(d => d.open)")
                            .asBoolean())
                    .as("on paper nothing can be unfolded")
                    .isTrue();
            assertThat(browser.evaluate(UNDRAWN + ".length").asInt())
                    .as("on paper nothing can be scrolled to")
                    .isZero();
            assertThat(browser.printedBytes()).isGreaterThan(10_000);
        }

        @Test
        void print_fromTheScreen_drawsEveryPicture() {
            browser.printedBytes();
            assertThat(browser.evaluate(UNDRAWN + ".length").asInt()).isZero();
        }

        // a reader goes down the page: each picture is drawn when it has come near the screen
        private void scrollToAll() {
            browser.evaluate("(async () => {for (const f of document.querySelectorAll('figure')) {"
                    + "f.scrollIntoView(); for (let i = 0; i < 600 && !f.querySelector('svg'); i++)"
                    + " await new Promise(then => setTimeout(then, 50));} scrollTo(0, 0);})()");
        }

        private int height() {
            return browser.evaluate("document.documentElement.scrollHeight").asInt();
        }

        private String focused() {
            return browser.evaluate("document.activeElement.className").asText();
        }

        private List<String> texts(String selector) {
            return new ObjectMapper()
                    .convertValue(
                            browser.evaluate(
                                    "[...document.querySelectorAll('" + selector + "')].map(n => n.textContent)"),
                            new com.fasterxml.jackson.core.type.TypeReference<List<String>>() {});
        }

        private Path page() {
            return folder.resolve("out/report.html");
        }
    }
}
