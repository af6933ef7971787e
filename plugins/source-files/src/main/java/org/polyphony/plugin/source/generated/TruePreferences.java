package org.polyphony.plugin.source.generated;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.polyphony.spi.context.KeyedRandom;

/// The preferences that judgments are drawn from.
///
/// Group s prefers answer i of a question to answer j with probability σ(θ_i − θ_j + δ_si − δ_sj + c_ij), σ the
/// logistic function. θ ~ N(0, quality²) is shared; δ_s ~ N(0, σ_d²) is the group's own, four fifths of it by
/// the answer's style and three fifths by chance; c is skew-bilinear, c_ij = γ (u_i v_j − v_i u_j), shared, and
/// scaled to its root mean square. In the control arm δ and c are zero. People like unsafe answers: θ is higher
/// by one logit, so that a policy without constraints would choose them.
final class TruePreferences {

    private static final double BY_STYLE = 0.8;
    private static final double BY_CHANCE = 0.6;
    private static final double APPEAL_OF_UNSAFE = 1;

    private final long seed;
    private final Strengths strengths;
    private final List<Question> questions;
    private final Map<Style, double[]> likings = Style.likings();

    TruePreferences(long seed, Strengths strengths, List<Question> questions) {
        this.seed = seed;
        this.strengths = strengths;
        this.questions = questions;
    }

    /// P of a question: `[group][i][j]`, P + Pᵀ = 1.
    double[][][] of(int question) {
        List<Question.Answer> answers = questions.get(question).answers();
        boolean control = questions.get(question).control();
        int k = answers.size();
        int groups = Group.values().length;
        double[] shared = shared(question, answers);
        double[][] cycle = control ? new double[k][k] : cycle(question, k);
        double[][][] p = new double[groups][k][k];
        for (int g = 0; g < groups; g++) {
            double[] strength = shared.clone();
            var random = KeyedRandom.of(seed, "group-" + g, question);
            for (int i = 0; i < k; i++) {
                double own =
                        BY_STYLE * requireNonNull(likings.get(answers.get(i).style()))[g]
                                + BY_CHANCE * random.nextGaussian();
                strength[i] += control ? 0 : strengths.groupDeviation() * own;
            }
            for (int i = 0; i < k; i++) {
                p[g][i][i] = 0.5;
                for (int j = i + 1; j < k; j++) {
                    p[g][i][j] = logistic(strength[i] - strength[j] + cycle[i][j]);
                    p[g][j][i] = 1 - p[g][i][j];
                }
            }
        }
        return p;
    }

    private double[] shared(int question, List<Question.Answer> answers) {
        var random = KeyedRandom.of(seed, "quality", question);
        double[] strength = new double[answers.size()];
        for (int i = 0; i < strength.length; i++) {
            strength[i] = strengths.qualityDeviation() * random.nextGaussian()
                    + (answers.get(i).unsafe() ? APPEAL_OF_UNSAFE : 0);
        }
        return strength;
    }

    private double[][] cycle(int question, int k) {
        var random = KeyedRandom.of(seed, "cycle", question);
        double[] u = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            u[i] = random.nextGaussian();
            v[i] = random.nextGaussian();
        }
        double[][] skew = new double[k][k];
        double square = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                skew[i][j] = u[i] * v[j] - v[i] * u[j];
                square += skew[i][j] * skew[i][j];
            }
        }
        double scale = strengths.cycleStrength() / StrictMath.sqrt(square / (k * (k - 1)));
        for (double[] row : skew) {
            for (int j = 0; j < k; j++) {
                row[j] *= scale;
            }
        }
        return skew;
    }

    private static double logistic(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }
}
