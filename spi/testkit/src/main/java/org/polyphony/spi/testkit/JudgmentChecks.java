package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// What makes a table of judgments well formed.
final class JudgmentChecks {

    private JudgmentChecks() {}

    static void assertWellFormed(PreferenceData data) {
        assertCandidates(data.judgments().candidates());
        assertJudgments(data.judgments());
        data.truth().ifPresent(truth -> assertTruth(data.judgments(), truth));
    }

    private static void assertCandidates(Candidates candidates) {
        assertInByteOrder("items", candidates.items());
        assertOffsets(
                "offsets of candidates", candidates.offsets(), candidates.ids().size());
        TensorAssert.assertThat(candidates.declaredUnsafe())
                .as("declaredUnsafe")
                .isFlags();
        for (int b = 0; b < candidates.items().size(); b++) {
            int first = candidates.first(b);
            String what = "candidates of item " + candidates.items().get(b);
            assertInByteOrder(what, candidates.ids().subList(first, first + candidates.count(b)));
        }
        for (var attribute : candidates.attributes()) {
            assertThat(attribute.values()).as(attribute.name()).hasSameSizeAs(candidates.items());
        }
    }

    private static void assertJudgments(Judgments judgments) {
        int n = judgments.count();
        assertInByteOrder("annotators", judgments.annotators());
        assertIndices(
                "items", judgments.items(), 0, judgments.candidates().items().size());
        assertIndices(
                "annotator", judgments.annotator(), 0, judgments.annotators().size());
        assertOffsets(
                "offsets of entries",
                judgments.offsets(),
                Math.toIntExact(judgments.entries().size()));
        TensorAssert.assertThat(judgments.levels())
                .hasShape(n, judgments.attributes().size());
        TensorAssert.assertThat(judgments.values()).as("values").isFinite();
        TensorAssert.assertThat(judgments.weights()).as("weights").isBetween(Double.MIN_VALUE, Double.MAX_VALUE);
        judgments
                .times()
                .ifPresent(times -> TensorAssert.assertThat(times)
                        .as("times")
                        .hasType(ElementType.INT64)
                        .hasShape(n));
        for (int i = 0; i < n; i++) {
            assertLevels(judgments, i);
            assertEntries(judgments, i);
        }
    }

    private static void assertLevels(Judgments judgments, int n) {
        for (int g = 0; g < judgments.attributes().size(); g++) {
            var attribute = judgments.attributes().get(g);
            assertThat(judgments.level(n, g))
                    .as("level of judgment %s, attribute %s", n, attribute.name())
                    .isBetween(-1, attribute.levels().size() - 1);
        }
    }

    private static void assertEntries(Judgments judgments, int n) {
        int from = judgments.offsets().getInt(n);
        int to = judgments.offsets().getInt(n + 1L);
        int count = judgments.candidates().count(judgments.items().getInt(n));
        var entries = new int[to - from];
        for (int e = from; e < to; e++) {
            entries[e - from] = judgments.entries().getInt(e);
            assertThat(entries[e - from]).as("entry of judgment %s", n).isBetween(0, count - 1);
            double value = judgments.values().getDouble(e);
            switch (judgments.form(n)) {
                case PAIR, APPROVAL ->
                    assertThat(value).as("value of judgment %s", n).isIn(0.0, 0.5, 1.0);
                case RANKING, RATING -> {}
            }
        }
        assertThat(Arrays.stream(entries).distinct().count())
                .as("judgment %s names a candidate once", n)
                .isEqualTo(entries.length);
        switch (judgments.form(n)) {
            case PAIR -> {
                assertThat(entries).as("a pair has two candidates").hasSize(2);
                double sum =
                        judgments.values().getDouble(from) + judgments.values().getDouble(from + 1L);
                assertThat(sum).as("values of a pair").isEqualTo(1);
            }
            case RANKING ->
                assertThat(entries).as("a ranking orders two or more").hasSizeGreaterThan(1);
            case RATING, APPROVAL -> assertThat(entries).as("judgment %s", n).isNotEmpty();
        }
    }

    private static void assertTruth(Judgments judgments, GroundTruth truth) {
        int attribute = judgments.attribute(truth.attribute());
        assertThat(attribute)
                .as("the judgments know the attribute %s", truth.attribute())
                .isNotNegative();
        assertThat(judgments.attributes().get(attribute).levels()).containsAll(truth.groups());
        assertThat(truth.preferences().stakeholders()).isEqualTo(truth.groups());
        for (var bucket : truth.preferences().buckets()) {
            PreferenceChecks.assertBucket(bucket, truth.groups().size());
        }
    }

    private static void assertOffsets(String what, Tensor offsets, int end) {
        TensorAssert.assertThat(offsets).as(what).hasType(ElementType.INT32);
        assertThat(offsets.getInt(0)).as("%s start", what).isZero();
        for (int i = 1; i < offsets.size(); i++) {
            assertThat(offsets.getInt(i)).as("%s ascend", what).isGreaterThanOrEqualTo(offsets.getInt(i - 1L));
        }
        assertThat(offsets.getInt(offsets.size() - 1)).as("%s end", what).isEqualTo(end);
    }

    private static void assertIndices(String what, Tensor indices, int low, int end) {
        TensorAssert.assertThat(indices).as(what).hasType(ElementType.INT32);
        for (long i = 0; i < indices.size(); i++) {
            assertThat(indices.getInt(i)).as("%s[%s]", what, i).isBetween(low, end - 1);
        }
    }

    private static void assertInByteOrder(String what, List<String> ids) {
        for (int i = 1; i < ids.size(); i++) {
            var before = ids.get(i - 1).getBytes(StandardCharsets.UTF_8);
            var after = ids.get(i).getBytes(StandardCharsets.UTF_8);
            assertThat(Arrays.compareUnsigned(before, after))
                    .as("%s are distinct and in byte order: %s before %s", what, ids.get(i - 1), ids.get(i))
                    .isNegative();
        }
    }
}
