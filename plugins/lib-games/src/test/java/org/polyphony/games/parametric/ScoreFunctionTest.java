package org.polyphony.games.parametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreFunctionTest {

    static Stream<ScoreFunction> functions() {
        return Stream.of(new LinearScore(1), new LinearScore(6), new PerceptronScore(1, 1), new PerceptronScore(6, 5));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void addGradient_anyDirection_isTheCentralDifference(ScoreFunction function) {
        var random = new SplittableRandom(11);
        double[] theta = random.doubles(function.parameters(), -1, 1).toArray();
        double[] phi = random.doubles(7L * function.features(), -2, 2).toArray();
        double[] slopes = random.doubles(7, -1, 1).toArray();
        var gradient = new double[theta.length];
        function.addGradient(theta, phi, slopes, gradient);

        for (int n = 0; n < theta.length; n++) {
            double h = 1e-5;
            double before = theta[n];
            theta[n] = before + h;
            double above = dot(function.scores(theta, phi), slopes);
            theta[n] = before - h;
            double below = dot(function.scores(theta, phi), slopes);
            theta[n] = before;
            assertThat(gradient[n]).as("parameter %s", n).isCloseTo((above - below) / (2 * h), within(1e-8));
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void initial_scoresNothing_soThePolicyStartsAtTheReference(ScoreFunction function) {
        double[] theta = function.initial(new SplittableRandom(3));

        assertThat(theta).hasSize(function.parameters());
        assertThat(function.scores(theta, new double[4 * function.features()])).containsOnly(0, 0, 0, 0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
