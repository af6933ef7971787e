package org.polyphony.preferences.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Ties;

/// Σ over planes of σ (u vᵀ − v uᵀ) is the skew-symmetric residual itself, so planes are checked against residuals
/// written by hand.
class ResidualPlanesTest {
    private static final double LENGTH = 0.5;

    /// Wins of 3 more and of 1 more than half, of two pairs that share no candidate: singular values 3 and 1.
    @Test
    void leading_ofTwoPairs_areTheirPlanesTheLargerFirst() {
        WinCounts counts = counts(4, new double[][] {{0, 1, 5, 11}, {2, 3, 3, 1}});
        double[][] planes = ResidualPlanes.leading(counts, new double[4], 2, LENGTH);

        assertThat(planes.length).isEqualTo(4);
        assertSkew(planes, 0, 0, 1, -1);
        assertSkew(planes, 1, 2, 3, 1);
        for (double[] row : planes) {
            assertThat(length(row)).isCloseTo(LENGTH, within(1e-9));
        }
    }

    /// What the utilities explain is no residual: at θ = (ln 3, 0) of 8 comparisons 6 are expected.
    @Test
    void leading_ofWhatUtilitiesExplain_areNone() {
        WinCounts counts = counts(2, new double[][] {{0, 1, 6, 2}});
        double[][] none = ResidualPlanes.leading(counts, new double[] {Math.log(3), 0}, 1, LENGTH);
        double[][] some = ResidualPlanes.leading(counts, new double[2], 1, LENGTH);

        assertThat(length(none[0])).isZero();
        assertThat(length(none[1])).isZero();
        assertSkew(some, 0, 0, 1, 1);
    }

    /// One cycle of three: the residual is a rotation about (1, 1, 1).
    @Test
    void leading_ofACycle_isTheCycle() {
        WinCounts counts = counts(3, new double[][] {{0, 1, 4, 0}, {1, 2, 4, 0}, {0, 2, 0, 4}});
        double[][] planes = ResidualPlanes.leading(counts, new double[3], 1, LENGTH);

        // R = 2 · (0 1 −1; −1 0 1; 1 −1 0), whose singular value is 2√3
        double expected = LENGTH * LENGTH / Math.sqrt(3);
        assertThat(turned(planes, 0, 0, 1)).isCloseTo(expected, within(1e-9));
        assertThat(turned(planes, 0, 1, 2)).isCloseTo(expected, within(1e-9));
        assertThat(turned(planes, 0, 0, 2)).isCloseTo(-expected, within(1e-9));
        assertThat(planes[0][0] + planes[0][1] + planes[0][2]).isCloseTo(0, within(1e-9));
    }

    /// More planes than the residual has are left at zero.
    @Test
    void leading_beyondTheRank_areZero() {
        double[][] planes = ResidualPlanes.leading(counts(4, new double[][] {{1, 3, 4, 0}}), new double[4], 2, LENGTH);

        assertSkew(planes, 0, 1, 3, 1);
        assertThat(length(planes[2])).isZero();
        assertThat(length(planes[3])).isZero();
    }

    private static void assertSkew(double[][] planes, int plane, int i, int j, int sign) {
        int k = planes[0].length;
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                double expected = a == i && b == j ? 1 : a == j && b == i ? -1 : 0;
                assertThat(turned(planes, plane, a, b)).isCloseTo(sign * expected * LENGTH * LENGTH, within(1e-9));
            }
        }
    }

    private static double turned(double[][] planes, int plane, int i, int j) {
        double[] u = planes[2 * plane];
        double[] v = planes[2 * plane + 1];
        return u[i] * v[j] - v[i] * u[j];
    }

    private static double length(double[] row) {
        double sum = 0;
        for (double x : row) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    /// @param rows lower candidate, higher candidate, wins of the lower, wins of the higher
    private static WinCounts counts(int candidates, double[][] rows) {
        PairsBuilder builder = Pairs.builder(new int[] {candidates}, 1, 0);
        for (double[] row : rows) {
            builder.pair(0, (int) row[0], (int) row[1], 1, 0, Pairs.NO_GROUP, row[2])
                    .pair(0, (int) row[0], (int) row[1], 0, 0, Pairs.NO_GROUP, row[3]);
        }
        return WinCounts.of(builder.build(), Ties.DROP)[0];
    }
}
