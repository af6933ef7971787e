package org.polyphony.plugin.evaluator.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;

/// Studies in which something is missing: they are measured as far as they go, and nothing is claimed.
final class OddStudiesTest {
    private static final EvaluatorSettings SETTINGS = new EvaluatorSettings(
            5,
            new ModelGrid(0.3, 1, List.of(3.0)),
            new CycleGrid(List.of(5.0), 1),
            new Draws(10, 10, 2, 5, 199),
            Optional.empty(),
            200);

    /// Every judge says a judgment of `form` about the only item: the candidates in the order of their
    /// numbers.
    private static Judgments judgments(int judges, int candidates, JudgmentForm form, int groups, double worst) {
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int k = 0; k < candidates; k++) {
            ids.add("k" + k);
        }
        int entries = judges * candidates;
        byte[] forms = new byte[judges];
        int[] annotator = new int[judges];
        int[] levels = new int[judges];
        int[] offsets = new int[judges + 1];
        int[] entry = new int[entries];
        double[] values = new double[entries];
        double[] weights = new double[judges];
        for (int n = 0; n < judges; n++) {
            names.add(String.format("j%03d", n));
            forms[n] = form.code();
            annotator[n] = n;
            levels[n] = n % groups;
            offsets[n + 1] = (n + 1) * candidates;
            weights[n] = 1;
            for (int k = 0; k < candidates; k++) {
                entry[n * candidates + k] = k;
                values[n * candidates + k] = k == 0 ? 1 : worst;
            }
        }
        return Judgments.of(
                Candidates.of(
                        List.of("item"), List.of(""), ids, java.util.Collections.nCopies(candidates, ""), new int[] {
                            0, candidates
                        }),
                new Judges(names, List.of(new Judges.GroupAttribute("group", List.of("a", "b", "empty")))),
                JudgmentColumns.of(
                        Tensor.ofBytes(forms, judges),
                        Tensor.ofInts(new int[judges], judges),
                        Tensor.ofInts(annotator, judges),
                        Tensor.ofInts(levels, judges, 1),
                        Tensor.ofDoubles(weights, judges)),
                new Entries(
                        Tensor.ofInts(offsets, judges + 1),
                        Tensor.ofInts(entry, entries),
                        Tensor.ofDoubles(values, entries),
                        true));
    }

    private static Result evaluate(Judgments judgments) {
        return Result.of(
                Studies.of(
                        judgments, Result.all(judgments.count()), "group", 3, 0.1, Optional.empty(), Optional.empty()),
                SETTINGS);
    }

    @Test
    void evaluate_oneAnnotator_claimsNothingAboutGroups() {
        Result result = evaluate(judgments(1, 3, JudgmentForm.RANKING, 1, 0));
        assertThat(result.codes("all"))
                .contains("groups.cannot-tell", "policies.not-compared")
                .doesNotContain("policies.winners-and-losers", "groups.differs");
        assertThat(result.metric("fit.log-loss", "partition", "all", "model", "population", "stakeholder", "pooled")
                        .low())
                .as("nobody could have been drawn instead")
                .isEmpty();
    }

    @Test
    void evaluate_oneCandidate_measuresWhatThereIs() {
        Result result = evaluate(judgments(12, 1, JudgmentForm.APPROVAL, 2, 0));
        assertThat(result.codes("all"))
                .contains("fit.nothing-to-score", "groups.cannot-tell")
                .doesNotContain("winner.bootstrap");
        assertThat(result.text("groups.cannot-tell", "all")).contains("nobody with a seat compared anything");
        assertThat(result.value("policy.effective-candidates", "partition", "all", "policy", "population"))
                .isEqualTo(1);
        assertThat(result.metrics("fit.log-loss", "all")).isEmpty();
    }

    @Test
    void evaluate_onlyTies_hasNothingToScore() {
        Result result = evaluate(judgments(30, 3, JudgmentForm.RATING, 2, 1));
        assertThat(result.codes("all")).contains("fit.nothing-to-score").doesNotContain("groups.differs");
    }

    @Test
    void evaluate_emptyGroup_leavesItsFiguresOut() {
        Result result = evaluate(judgments(40, 3, JudgmentForm.APPROVAL, 2, 0));
        assertThat(result.metrics("groups.gain", "all"))
                .noneMatch(metric -> "empty".equals(metric.labels().get("stakeholder")));
        assertThat(result.codes("all")).contains("groups.cannot-tell", "policies.no-winner-named");
    }

    @Test
    void evaluate_approvals_measuresVotesToo() {
        Result result = evaluate(judgments(40, 3, JudgmentForm.APPROVAL, 2, 0));
        assertThat(result.value("approval.gain", "partition", "all")).isLessThan(0.01);
        assertThat(result.metrics("approval.placebo.gain", "all")).hasSize(1);
        assertThat(result.metrics("approval.gain", "all")).hasSize(2);
    }

    @Test
    void evaluate_pairsInUnknownOrder_saysThatOrderWasNotExamined() {
        Judgments told = Arms.generate(3, 4, 40, 10, 0).judgments();
        Entries entries = told.entries();
        Judgments untold = new Judgments(
                told.candidates(),
                told.judges(),
                told.criteria(),
                told.columns(),
                new Entries(entries.offsets(), entries.candidate(), entries.value(), false));
        assertThat(examined(told).codes("all")).doesNotContain("groups.order-not-examined");
        assertThat(examined(untold).text("groups.order-not-examined", "all"))
                .contains("(the source does not know it)", "pairs are compared whatever their order");
    }

    private static Result examined(Judgments judgments) {
        return Result.of(
                Studies.of(
                        judgments, Result.all(judgments.count()), "role", 10, 0.1, Optional.empty(), Optional.empty()),
                SETTINGS);
    }

    @Test
    void evaluate_manyItems_leavesSingleItemsOutAndSaysSo() {
        Arms arms = Arms.generate(3, 4, 40, 10, 0);
        var request = Studies.of(
                arms.judgments(),
                Result.all(arms.judgments().count()),
                "role",
                10,
                0.1,
                Optional.empty(),
                Optional.empty());
        Result result = Result.of(
                request,
                new EvaluatorSettings(
                        3,
                        new ModelGrid(0.3, 1, List.of(3.0)),
                        new CycleGrid(List.of(5.0), 1),
                        new Draws(10, 10, 2, 5, 199),
                        Optional.empty(),
                        7));
        assertThat(result.metrics("winner.probability", "all")).isEmpty();
        assertThat(result.result().sentences())
                .anyMatch(finding -> finding.code().equals("items.left-out"));
    }
}
