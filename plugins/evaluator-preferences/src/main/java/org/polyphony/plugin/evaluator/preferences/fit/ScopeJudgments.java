package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.Map;
import java.util.function.IntPredicate;
import org.polyphony.plugin.evaluator.preferences.EvaluatorSettings;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.plugin.evaluator.preferences.study.Scope;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.score.JudgeBootstrap;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.tensor.Tensor;

/// The judgments about the items of one scope, and what every measurement of them shares.
///
/// @param study what was asked
/// @param scope the items
/// @param pairs their judgments; items keep their numbers
/// @param learned one a row: whether the profiles learned from it
/// @param resampling how its judges are divided and drawn
/// @param settings how the evidence is resampled
/// @param context seeds, threads, cancellation
public record ScopeJudgments(
        EvaluatedStudy study,
        Scope scope,
        Pairs pairs,
        boolean[] learned,
        Resampling resampling,
        EvaluatorSettings settings,
        PluginContext context) {

    /// How judges are divided and drawn.
    ///
    /// @param foldOfJudge fold of every judge
    /// @param halfOfJudge 0 for judges who train, 1 for judges who test
    /// @param draws draws of the scope's judges
    public record Resampling(int[] foldOfJudge, int[] halfOfJudge, JudgeBootstrap draws) {}

    /// The judgments of a scope.
    public static ScopeJudgments of(
            EvaluatedStudy study, Scope scope, EvaluatorSettings settings, PluginContext context) {
        Pairs all = study.pairs();
        IntPredicate inScope = row -> scope.contains()[all.item(row)];
        Pairs pairs = scope.isAll() ? all : all.select(inScope);
        boolean[] learned = chosen(study, scope, study::learned);
        return new ScopeJudgments(
                study,
                scope,
                pairs,
                learned,
                new Resampling(
                        study.parts(settings.folds()),
                        study.parts(2),
                        JudgeBootstrap.of(pairs, _ -> true, settings.draws().bootstrapDraws(), context.seed())),
                settings,
                context);
    }

    /// One a row: whether its judgment counts by other weights than those of the study.
    ///
    /// @param weights FLOAT64, one a judgment of the study
    boolean[] learned(Tensor weights) {
        return chosen(study, scope, row -> weights.getDouble(study.judgment(row)) > 0);
    }

    private static boolean[] chosen(EvaluatedStudy study, Scope scope, IntPredicate rows) {
        boolean[] chosen = new boolean
                [study.pairs().count(row -> scope.contains()[study.pairs().item(row)])];
        int kept = 0;
        for (int row = 0; row < study.pairs().size(); row++) {
            if (scope.contains()[study.pairs().item(row)]) {
                chosen[kept++] = rows.test(row);
            }
        }
        return chosen;
    }

    /// The labels that every metric of this scope carries.
    public Map<String, String> labels() {
        return Map.of("partition", scope.name());
    }

    /// The plugin's own threads. Not to be used inside itself.
    public Parallel parallel() {
        return (count, body) -> context.parallel(count, index -> {
            context.checkCancelled();
            body.accept(index);
            return index;
        });
    }

    /// Number of judges who gave a decided judgment that satisfies a condition on the row.
    public int judges(IntPredicate rows) {
        boolean[] seen = new boolean[pairs.judges()];
        int count = 0;
        for (int row = 0; row < pairs.size(); row++) {
            if (pairs.decided(row) && !seen[pairs.judge(row)] && rows.test(row)) {
                seen[pairs.judge(row)] = true;
                count++;
            }
        }
        return count;
    }

    /// Whether a row carries a group.
    public boolean seated(int row) {
        return pairs.group(row) != Pairs.NO_GROUP;
    }
}
