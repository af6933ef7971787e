package org.polyphony.preferences.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;

/// Expected values are self-computed from the definition: Laplace's evidence of all utilities of an item together,
/// dense matrices, Newton to 1e-13, a grid of 60 points and ternary search (numpy, 3 December 2026).
class ShrinkageEvidenceTest {
    private static final int BLANK = Pairs.NO_GROUP;

    @Test
    void deviation_ofGroupsThatPartlyDisagree_isWhereTheEvidenceIsLargest() {
        PairsBuilder builder = Pairs.builder(new int[] {3, 2}, 1, 2);
        says(builder, 0, 0, 1, 0, 6, 1);
        says(builder, 0, 0, 1, 1, 1, 5);
        says(builder, 0, 1, 2, 0, 4, 2);
        says(builder, 0, 1, 2, 1, 2, 4);
        says(builder, 0, 0, 2, 0, 3, 0);
        says(builder, 0, 0, 2, 1, 0, 3);
        says(builder, 0, 0, 2, BLANK, 2, 1);
        says(builder, 1, 0, 1, 0, 5, 2);
        says(builder, 1, 0, 1, 1, 4, 2);
        says(builder, 1, 0, 1, BLANK, 3, 0);

        assertThat(ShrinkageEvidence.deviation(builder.build(), Ties.DROP, Parallel.SEQUENTIAL))
                .isCloseTo(1.1615329821885063, within(1e-3 * 1.17));
    }

    @Test
    void deviation_ofGroupsThatSayTheSame_isTheLeast() {
        PairsBuilder builder = Pairs.builder(new int[] {3}, 1, 2);
        for (int group = 0; group < 2; group++) {
            says(builder, 0, 0, 1, group, 3, 2);
            says(builder, 0, 1, 2, group, 2, 2);
        }

        assertThat(ShrinkageEvidence.deviation(builder.build(), Ties.DROP, Parallel.SEQUENTIAL))
                .isCloseTo(0.005, within(1e-5));
    }

    @Test
    void deviation_ofGroupsThatContradictEachOther_isTheMost() {
        PairsBuilder builder = Pairs.builder(new int[] {2, 2}, 1, 2);
        says(builder, 0, 0, 1, 0, 400, 0);
        says(builder, 0, 0, 1, 1, 0, 400);
        says(builder, 1, 0, 1, 1, 400, 0);
        says(builder, 1, 0, 1, 0, 0, 400);

        assertThat(ShrinkageEvidence.deviation(builder.build(), Ties.DROP, Parallel.SEQUENTIAL))
                .isCloseTo(5, within(0.01));
    }

    private static void says(PairsBuilder builder, int item, int low, int high, int group, double won, double lost) {
        builder.pair(item, low, high, 1, 0, group, won).pair(item, low, high, 0, 0, group, lost);
    }
}
