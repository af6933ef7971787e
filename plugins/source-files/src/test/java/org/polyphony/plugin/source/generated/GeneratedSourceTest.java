package org.polyphony.plugin.source.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.testkit.PreferenceSourceContract;
import org.polyphony.spi.testkit.TestContext;

class GeneratedSourceTest implements PreferenceSourceContract {

    private static final int GROUPS = 4;

    @TempDir
    Path root;

    @Override
    public PreferenceSource source() {
        return new GeneratedSource();
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public TestContext context() {
        return TestContext.of(
                new GeneratedSettings(1, new DataSize(6, 3, 5, 4, 8), new Strengths(0.8, 0.8, 0.8), 0.5, 0.3));
    }

    @Test
    void read_defaults_hasTheAskedSizes() {
        try (var context = TestContext.forPlugin(source())) {
            var data = read(context);
            var judgments = data.judgments();
            assertThat(judgments.count()).isEqualTo(4 * 150 * 60);
            assertThat(judgments.judges().ids())
                    .hasSize(600)
                    .startsWith("counsellor-001")
                    .endsWith("pharmacist-150");
            var candidates = judgments.candidates();
            assertThat(candidates.items()).hasSize(40);
            assertThat(candidates.prompts()).doesNotHaveDuplicates().allMatch(prompt -> prompt.endsWith("?"));
            assertThat(candidates.attributes().ofItems().getFirst().name()).isEqualTo("arm");
            assertThat(candidates.attributes().ofItems().getFirst().values().stream()
                            .filter("control"::equals))
                    .hasSize(20);
            assertThat(candidates.attributes().ofItems().getLast().name()).isEqualTo("topic");
            assertThat(candidates.attributes().ofItems().getLast().values().stream()
                            .distinct())
                    .hasSize(20);
            int unsafe = 0;
            for (int m = 0; m < candidates.ids().size(); m++) {
                assertThat(candidates.texts().get(m)).isNotBlank().doesNotContain("{");
                boolean reckless = candidates.ids().get(m).equals("reckless");
                assertThat(candidates.declaredUnsafe().getByte(m)).isEqualTo((byte) (reckless ? 1 : 0));
                unsafe += reckless ? 1 : 0;
            }
            assertThat(unsafe).isEqualTo(12);
            for (int b = 0; b < 40; b++) {
                assertThat(candidates.count(b)).isBetween(6, 8);
            }
            assertThat(context.issues()).isEmpty();
        }
    }

    @Test
    void read_controlArm_groupsAgreeWithoutCycles() {
        try (var context = TestContext.forPlugin(source())) {
            var data = read(context);
            var arms = data.judgments()
                    .candidates()
                    .attributes()
                    .ofItems()
                    .getFirst()
                    .values();
            double between = 0;
            double circular = 0;
            long pairs = 0;
            for (PreferenceBucket bucket :
                    data.truth().orElseThrow().preferences().pairs()) {
                for (int b = 0; b < bucket.items().size(); b++) {
                    boolean control = arms.get(bucket.items().getInt(b)).equals("control");
                    for (int i = 0; i < bucket.candidates(); i++) {
                        for (int j = 0; j < bucket.candidates(); j++) {
                            if (i == j) {
                                continue;
                            }
                            double difference = differences(bucket, b, i, j);
                            double triad = triad(bucket, b, i, j);
                            if (control) {
                                assertThat(difference).isZero();
                                assertThat(triad).isCloseTo(0, within(1e-9));
                            } else {
                                between += difference;
                                circular += triad * triad;
                                pairs++;
                            }
                        }
                    }
                }
            }
            // a pair's logit differs between two groups by four deviations: variance 4 σ_d²; the part that
            // styles explain (0.8²) adds up to zero over the groups, which adds a third of it
            assertThat(Math.sqrt(between / pairs / 4 / (1 + 0.64 / 3)))
                    .as("σ_d")
                    .isBetween(0.7, 0.9);
            assertThat(Math.sqrt(circular / pairs)).as("circular part").isGreaterThan(0.8);
        }
    }

    @Test
    void read_judgments_followTheTruth() {
        try (var context = TestContext.forPlugin(source())) {
            var data = read(context);
            var judgments = data.judgments();
            double chiSquare = 0;
            int cells = 0;
            for (PreferenceBucket bucket :
                    data.truth().orElseThrow().preferences().pairs()) {
                int k = bucket.candidates();
                for (int b = 0; b < bucket.items().size(); b++) {
                    double[][][] wins = wins(data, bucket.items().getInt(b), k);
                    for (int g = 0; g < GROUPS; g++) {
                        for (int i = 0; i < k; i++) {
                            for (int j = i + 1; j < k; j++) {
                                double n = wins[g][i][j] + wins[g][j][i];
                                double p = bucket.p().at(b, g, i, j);
                                if (n > 0) {
                                    double off = wins[g][i][j] - n * p;
                                    chiSquare += off * off / (n * p * (1 - p));
                                    cells++;
                                }
                            }
                        }
                    }
                }
            }
            assertThat(judgments.count()).isEqualTo(36_000);
            // each cell contributes mean 1; the sum of thousands of cells stays within five standard deviations
            assertThat(chiSquare / cells).isCloseTo(1, within(5 * Math.sqrt(3.0 / cells)));
        }
    }

    @Test
    void read_anotherSeedOfTheData_givesOtherJudgments_andTheRunsSeedDoesNot() {
        var settings = small(2, 0.5);
        try (var one = TestContext.of(settings);
                var two = TestContext.of(settings).withSeed(99);
                var three = TestContext.of(small(3, 0.5))) {
            double[] first = read(one).judgments().entries().value().toDoubles();
            assertThat(read(two).judgments().entries().value().toDoubles()).isEqualTo(first);
            assertThat(read(three).judgments().entries().value().toDoubles()).isNotEqualTo(first);
        }
    }

    @Test
    void read_noGroupDeviationNoCycles_controlAndDifferenceAreAlike() {
        try (var context = TestContext.of(small(1, 0))) {
            var bucket =
                    read(context).truth().orElseThrow().preferences().pairs().getFirst();
            for (int g = 1; g < GROUPS; g++) {
                assertThat(bucket.p().at(0, g, 0, 1)).isEqualTo(bucket.p().at(0, 0, 0, 1));
            }
        }
    }

    @Test
    void settings_outOfRange_areRefusedWithTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new GeneratedSettings(1, new DataSize(2, 3, 3, 2, 7), new Strengths(1, 1, 1), 0.5, 0.5))
                .withMessageContaining("judgments-per-annotator")
                .withMessageContaining("got 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GeneratedSettings(
                        1, new DataSize(2, 3, 3, 2, 6), new Strengths(1, Double.NaN, 1), 0.5, 0.5))
                .withMessageContaining("group-deviation");
    }

    @Test
    void topics_all_areCompleteAndDistinct() {
        List<Topic> topics = Topic.all();
        assertThat(topics).hasSize(20);
        assertThat(topics).extracting(Topic::id).isSorted().doesNotHaveDuplicates();
    }

    private static GeneratedSettings small(long seed, double deviation) {
        return new GeneratedSettings(seed, new DataSize(4, 3, 4, 5, 6), new Strengths(1, deviation, 0), 0, 0);
    }

    private static PreferenceData read(TestContext context) {
        return new GeneratedSource().read(new SourceRequest("."), context);
    }

    private static double logit(PreferenceBucket bucket, int b, int g, int i, int j) {
        double p = bucket.p().at(b, g, i, j);
        return Math.log(p / (1 - p));
    }

    // mean square, over pairs of groups, of what the logits of a pair of answers differ by
    private static double differences(PreferenceBucket bucket, int b, int i, int j) {
        double square = 0;
        for (int g = 0; g < GROUPS; g++) {
            for (int h = 0; h < g; h++) {
                double difference = logit(bucket, b, g, i, j) - logit(bucket, b, h, i, j);
                square += difference * difference;
            }
        }
        return square / (GROUPS * (GROUPS - 1) / 2.0);
    }

    // zero if the group's logits are differences of strengths
    private static double triad(PreferenceBucket bucket, int b, int i, int j) {
        int k = 0;
        while (k == i || k == j) {
            k++;
        }
        return logit(bucket, b, 0, i, j) + logit(bucket, b, 0, j, k) + logit(bucket, b, 0, k, i);
    }

    private static double[][][] wins(PreferenceData data, int item, int k) {
        var judgments = data.judgments();
        double[][][] wins = new double[GROUPS][k][k];
        for (int n = 0; n < judgments.count(); n++) {
            if (judgments.item(n) == item) {
                int at = judgments.entries().first(n);
                int a = judgments.entries().candidate(at);
                int b = judgments.entries().candidate(at + 1);
                boolean first = judgments.entries().value(at) == 1;
                wins[judgments.level(n, 0)][first ? a : b][first ? b : a]++;
            }
        }
        return wins;
    }
}
