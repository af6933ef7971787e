package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;

/// What every [PolicyScorer] must do. Implement [#scorer], [#policy] and [#featureSize] and inherit the
/// tests.
public interface PolicyScorerContract extends PluginContract {

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
    default void score_candidates_isADistributionOverThoseAllowed() {
        var scores = score(features(4, 5), flags(4, 5, 3), 2);
        TensorAssert.assertThat(scores).hasShape(4, 5);
        for (int b = 0; b < 4; b++) {
            double sum = 0;
            for (int k = 0; k < 5; k++) {
                sum += Math.exp(scores.at(b, k));
                if ((b * 5 + k) % 3 == 2) {
                    assertThat(scores.at(b, k)).as("not allowed").isEqualTo(Double.NEGATIVE_INFINITY);
                }
            }
            assertThat(Math.abs(sum - 1)).as("row %s sums to %s", b, sum).isLessThan(1e-9);
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
        var all = score(features(6, 4), flags(6, 4, 24), 2);
        var alone = score(features(1, 4), flags(1, 4, 24), 1);
        TensorAssert.assertThat(alone).isCloseTo(1e-12, all.toDoubles(0, 4));
    }

    @Test
    default void score_moreThreads_givesTheSameBytes() {
        var one = score(features(50, 4), flags(50, 4, 7), 1);
        TensorAssert.assertThat(score(features(50, 4), flags(50, 4, 7), 5)).hasContentOf(one);
    }

    @Test
    default void score_calledAtOnce_answersAsAlone() {
        try (var opening = context()) {
            var opened = scorer().open(opening.share(policy()), opening);
            var answers = PluginContract.atOnce(() -> {
                try (var context = context()) {
                    return SpiValues.copy(opened.score(features(8, 4), flags(8, 4, 5), context));
                }
            });
            answers.forEach(answer -> TensorAssert.assertThat(answer).hasContentOf(answers.getFirst()));
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

    private Tensor score(Tensor features, Tensor allowed, int threads) {
        try (var context = context().withThreads(threads)) {
            var opened = scorer().open(context.share(policy()), context);
            return SpiValues.copy(opened.score(context.share(features), context.share(allowed), context));
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
