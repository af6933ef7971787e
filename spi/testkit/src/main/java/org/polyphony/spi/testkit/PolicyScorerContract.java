package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.ArtefactVersions;

/// What every [PolicyScorer] must do. Implement [#scorer], [#policy] and [#featureSize] and inherit the
/// tests.
public interface PolicyScorerContract extends PluginContract {

    /// How far the sum of a row of probabilities may be from 1.
    double ROUNDING = 1e-9;

    /// A fresh instance of the scorer under test.
    PolicyScorer scorer();

    /// A policy that the scorer opens.
    Artefact policy();

    /// D, the number of features of a candidate that the policy takes.
    int featureSize();

    @Override
    default Object plugin() {
        return scorer();
    }

    @Test
    default void open_itsOwnPolicy_isOfATypeItDeclares() {
        var policy = policy();
        assertThat(ArtefactVersions.parse(String.join(",", declared().reads())))
                .as(
                        "@Plugin must say what it reads, or no study finds it: %s version %s",
                        policy.type(), policy.version())
                .anyMatch(known -> known.includes(policy));
    }

    @Test
    default void score_candidates_isADistributionOverThoseAllowed() {
        var policy = policy();
        for (int candidates : new int[] {4, 5}) {
            var flags = flags(3, candidates, 3);
            var scores = score(policy, features(3, candidates), flags, 2);
            TensorAssert.assertThat(scores).hasType(ElementType.FLOAT64).hasShape(3, candidates);
            for (int b = 0; b < 3; b++) {
                assertDistribution(scores.slice(b, 1).toDoubles(), flags.slice(b, 1));
            }
        }
    }

    @Test
    default void score_noneAllowed_isAllMinusInfinity() {
        var scores = score(features(1, 3), Tensor.ofBytes(new byte[3], 1, 3), 1);
        assertThat(scores.toDoubles()).containsOnly(Double.NEGATIVE_INFINITY);
    }

    @Test
    default void score_noItems_scoresNone() {
        assertThat(score(features(0, 3), Tensor.ofBytes(new byte[0], 0, 3), 1).size())
                .isZero();
    }

    @Test
    default void score_anItemAlone_asAmongOthers() {
        var features = features(6, 4);
        var flags = flags(6, 4, 7);
        var policy = policy();
        var all = score(policy, features, flags, 2);
        for (int n = 0; n < 6; n++) {
            var alone = score(policy, features.slice(n, 1), flags.slice(n, 1), 1);
            TensorAssert.assertThat(alone).as("item %s", n).isCloseTo(1e-12, all.toDoubles(n * 4L, 4));
        }
    }

    @Test
    default void score_moreThreads_givesTheSameBytes() {
        assumePromised(Determinism.EXACT);
        var policy = policy();
        var one = score(policy, features(50, 4), flags(50, 4, 7), 1);
        TensorAssert.assertThat(score(policy, features(50, 4), flags(50, 4, 7), 5))
                .hasContentOf(one);
    }

    @Test
    default void score_calledAtOnce_answersAsAlone() {
        assumePromised(Determinism.SEEDED);
        try (var store = context()) {
            var opened = opened(scorer(), store.share(policy()));
            var answers = PluginContract.atOnce(() -> {
                try (var context = context()) {
                    return PluginContract.taken(opened.score(features(8, 4), flags(8, 4, 5), context));
                }
            });
            answers.forEach(answer -> TensorAssert.assertThat(answer).hasContentOf(answers.getFirst()));
        }
    }

    @Test
    default void score_littleMemory_isToldAsSuch() {
        var scorer = scorer();
        var policy = policy();
        PluginContract.assertBearsLittleMemory(
                this::context,
                context -> scorer.open(context.share(policy), context)
                        .score(context.share(features(4, 5)), context.share(flags(4, 5, 3)), context));
    }

    @Test
    default void open_once_answersManyCallsAsOpenedForEach() {
        try (var store = context()) { // the artefact lives as long as what was opened from it
            var stored = store.share(policy());
            ScoredPolicy opened;
            try (var opening = context()) {
                opened = scorer().open(stored, opening);
            }
            for (int call = 0; call < 3; call++) {
                try (var context = context()) {
                    var once = PluginContract.taken(opened.score(features(3, 4), flags(3, 4, 5), context));
                    var again = scorer().open(stored, context).score(features(3, 4), flags(3, 4, 5), context);
                    TensorAssert.assertThat(once)
                            .as("call %s of a policy that was opened once", call)
                            .hasContentOf(again);
                }
            }
        }
    }

    /// What is opened is closed once, after its last answer, while another that was opened from the same artefact goes
    /// on. An answer afterwards is refused, or as it was.
    @Test
    default void close_oneOfTwo_isQuietAndLeavesTheOther() {
        try (var store = context()) {
            var stored = store.share(policy());
            var scorer = scorer();
            var first = opened(scorer, stored);
            var second = opened(scorer, stored);
            var before = asked(first);
            PluginContract.assertClosesQuietly(first);
            PluginContract.assertSame(asked(second), before, "the other is open still");
            PluginContract.assertClosesQuietly(second);
            PluginContract.assertRefusedOrSame(() -> asked(second), before);
        }
    }

    private ScoredPolicy opened(PolicyScorer scorer, Artefact stored) {
        try (var opening = context()) {
            return scorer.open(stored, opening);
        }
    }

    private Tensor asked(ScoredPolicy policy) {
        try (var context = context()) {
            return PluginContract.taken(policy.score(features(3, 4), flags(3, 4, 5), context));
        }
    }

    @Test
    default void open_unknownVersionOrType_isRefused() {
        var known = policy();
        var newer = Artefact.of(known.type(), known.version() + 1000, known.texts(), known.tensors());
        var other = Artefact.of("somebody.else", known.version(), known.texts(), known.tensors());
        for (var artefact : List.of(newer, other)) {
            try (var context = context()) {
                assertThatExceptionOfType(AlignmentException.class)
                        .isThrownBy(() -> scorer().open(artefact, context))
                        .satisfies(f -> assertThat(f.code()).isEqualTo(StandardErrorCode.ARTEFACT_UNREADABLE));
            }
        }
    }

    private static void assertDistribution(double[] logs, Tensor allowed) {
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            assertThat(logs[k])
                    .as("log-probability of candidate %s", k)
                    .isLessThanOrEqualTo(allowed.getByte(k) == 1 ? ROUNDING : Double.NEGATIVE_INFINITY);
            sum += Math.exp(logs[k]);
        }
        assertThat(Math.abs(sum - 1))
                .as("the probabilities sum to %s, must be 1", sum)
                .isLessThan(ROUNDING);
    }

    private Tensor score(Tensor features, Tensor allowed, int threads) {
        return score(policy(), features, allowed, threads);
    }

    // making a policy may take a fit
    private Tensor score(Artefact policy, Tensor features, Tensor allowed, int threads) {
        try (var context = context().withThreads(threads)) {
            var opened = scorer().open(context.share(policy), context);
            return PluginContract.taken(opened.score(context.share(features), context.share(allowed), context));
        }
    }

    private Tensor features(int items, int candidates) {
        var values = new double[items * candidates * featureSize()];
        var random = KeyedRandom.of(61, "testkit.features", 0);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return Tensor.ofDoubles(values, items, candidates, featureSize());
    }

    // every `each`-th candidate is not allowed
    private static Tensor flags(int items, int candidates, int each) {
        var flags = new byte[items * candidates];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = (byte) (i % each == each - 1 ? 0 : 1);
        }
        return Tensor.ofBytes(flags, items, candidates);
    }
}
