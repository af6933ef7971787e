package org.polyphony.games.loss;

import java.util.Arrays;
import java.util.Optional;
import org.polyphony.games.LinearSystem;
import org.polyphony.games.LogPolicies;

/// A squared loss on every pair of one game's K candidates, quadratic in the logits f of the policy that is
/// fitted: L(f) = Σ_ij W_ij (g_i − g_j − c_ij)² with g = f − anchor, W symmetric and c skew.
///
/// * [#softLabel]: c_ij = s (P_ij − 1/2), the mean of the hard-label loss of INPO over labels. Its minimiser
///   depends on W: with W = π_t π_tᵀ, which is [#onPolicy], it is the mirror-descent step anchor + s P π_t;
///   **with uniform W it is a step towards the Borda scores, not towards an equilibrium**.
/// * [#winRate]: c_ij = s (w_i − w_j) with w = P π_t. Its minimiser is the mirror-descent step for any W that
///   connects the candidates, and its least value is zero.
///
/// Only differences of logits matter, so f may be logits or log-probabilities, and the gradient is with
/// respect to either; its entries sum to zero. Candidates that are not allowed leave before, see
/// `Candidates`: every log-probability is finite. Immutable.
public final class TensorLoss {

    private final int k;
    private final double[] weights;
    private final double[] targets;
    private final double[] anchor;
    private final Optional<double[]> factor;

    private TensorLoss(int k, double[] weights, double[] targets, double[] anchor, Optional<double[]> factor) {
        requireFinite(anchor, k, "log-probability of the anchor");
        this.k = k;
        this.weights = weights;
        this.targets = targets;
        this.anchor = anchor.clone();
        this.factor = factor;
    }

    /// s τ log μ + (1 − s τ) log π_t, the centre of a mirror-descent step in the regularised game. For `tau`
    /// 0 the last policy, for s τ = 1 the reference.
    public static double[] anchor(double[] logReference, double[] logLast, double step, double tau) {
        double pull = MarginRegression.of(step, tau).pull();
        requireFinite(logLast, logReference.length, "log-probability of the last policy");
        requireFinite(logReference, logReference.length, "log-probability of the reference");
        var anchor = new double[logReference.length];
        for (int i = 0; i < anchor.length; i++) {
            anchor[i] = pull * logReference[i] + (1 - pull) * logLast[i];
        }
        return anchor;
    }

    /// The soft-label loss with the pair weights of the last policy, W_ij = π_t(i) π_t(j).
    ///
    /// @param p preferences, shape (K, K)
    /// @param logLast log π_t, normalised, shape (K)
    /// @param anchor shape (K)
    public static TensorLoss onPolicy(double[] p, double[] logLast, double[] anchor, double step) {
        int k = logLast.length;
        double[] last = probabilities(logLast);
        var weights = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                weights[i * k + j] = last[i] * last[j];
            }
        }
        return new TensorLoss(k, weights, margins(p, k, step), anchor, Optional.of(last));
    }

    /// The soft-label loss with any pair weights.
    ///
    /// @param p preferences, shape (K, K)
    /// @param weights how much each pair counts, shape (K, K), not negative; pairs (i, j) and (j, i) share
    ///     theirs
    /// @param anchor shape (K)
    public static TensorLoss softLabel(double[] p, double[] weights, double[] anchor, double step) {
        int k = anchor.length;
        return new TensorLoss(k, symmetric(weights, k), margins(p, k, step), anchor, Optional.empty());
    }

    /// The win-rate loss with any pair weights.
    ///
    /// @param p preferences, shape (K, K)
    /// @param weights how much each pair counts, shape (K, K), not negative; pairs (i, j) and (j, i) share
    ///     theirs
    /// @param logLast log π_t, normalised, shape (K)
    /// @param anchor shape (K)
    public static TensorLoss winRate(double[] p, double[] weights, double[] logLast, double[] anchor, double step) {
        int k = logLast.length;
        double[] last = probabilities(logLast);
        double[] margins = margins(p, k, step);
        var targets = new double[k * k];
        var rate = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                rate[i] += margins[i * k + j] * last[j];
            }
        }
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                targets[i * k + j] = rate[i] - rate[j];
            }
        }
        return new TensorLoss(k, symmetric(weights, k), targets, anchor, Optional.empty());
    }

    /// K.
    public int candidates() {
        return k;
    }

    /// L(f).
    public double value(double[] logits) {
        return evaluate(logits, new double[k]);
    }

    /// L(f), and its gradient 4 Σ_j W_ij (g_i − g_j − c_ij) in `gradient`.
    public double evaluate(double[] logits, double[] gradient) {
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (int i = 0; i < k; i++) {
            double g = logits[i] - anchor[i];
            for (int j = 0; j < i; j++) {
                double residual = g - (logits[j] - anchor[j]) - targets[i * k + j];
                double slope = weights[i * k + j] * residual;
                sum += 2 * slope * residual;
                gradient[i] += 4 * slope;
                gradient[j] -= 4 * slope;
            }
        }
        return sum;
    }

    /// The log-policy with the least loss, in closed form on policy and by solving L_W g = r otherwise.
    ///
    /// @throws IllegalStateException if pairs of positive weight do not connect all candidates: it is not
    ///     unique then
    public double[] minimiser() {
        double[] g = factor.map(this::weightedMeans).orElseGet(this::grounded);
        var logPolicy = new double[k];
        for (int i = 0; i < k; i++) {
            logPolicy[i] = anchor[i] + g[i];
        }
        LogPolicies.normalise(logPolicy, 0, k);
        return logPolicy;
    }

    /// θ of the log-linear policy f = base + Φ θ with the least loss: (Φᵀ L_W Φ + ridge) θ = Φᵀ (r − L_W
    /// (base − anchor)).
    ///
    /// @param base logits at θ = 0, log μ as a rule, shape (K)
    /// @param features Φ, shape (K, D)
    /// @param ridge added to the diagonal; positive where features are constant over candidates or repeat
    ///     each other
    /// @return shape (D)
    /// @throws IllegalStateException if θ is not unique
    public double[] leastSquares(double[] base, double[] features, double ridge) {
        int d = features.length / k;
        var normal = new double[d * d];
        addNormal(features, normal);
        for (int a = 0; a < d; a++) {
            normal[a * d + a] += ridge;
        }
        var moment = new double[d];
        addMoment(base, features, moment);
        return solve(normal, moment, "the features do not determine theta; give a ridge above 0");
    }

    /// Adds Φᵀ L_W Φ to `normal`, shape (D, D), for a least-squares fit over many games. It depends on the pair
    /// weights and not on preferences, anchor or step.
    ///
    /// @param features Φ, shape (K, D)
    public void addNormal(double[] features, double[] normal) {
        double[] phi = grounded(features);
        int d = phi.length / k;
        double[] laplacian = laplacian();
        var weighted = new double[d];
        for (int i = 0; i < k; i++) {
            Arrays.fill(weighted, 0);
            for (int j = 0; j < k; j++) {
                double entry = laplacian[i * k + j];
                for (int a = 0; a < d; a++) {
                    weighted[a] += entry * phi[j * d + a];
                }
            }
            for (int a = 0; a < d; a++) {
                double feature = phi[i * d + a];
                for (int b = 0; b < d; b++) {
                    normal[a * d + b] += feature * weighted[b];
                }
            }
        }
    }

    /// Adds Φᵀ (r − L_W (base − anchor)) to `moment`, shape (D), for a least-squares fit over many games.
    ///
    /// @param base logits at θ = 0, shape (K)
    /// @param features Φ, shape (K, D)
    public void addMoment(double[] base, double[] features, double[] moment) {
        double[] phi = grounded(features);
        int d = phi.length / k;
        double[] laplacian = laplacian();
        double[] right = linear();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                right[i] -= laplacian[i * k + j] * (base[j] - anchor[j]);
            }
            for (int a = 0; a < d; a++) {
                moment[a] += phi[i * d + a] * right[i];
            }
        }
    }

    // L_W 1 = 0: taken from the first candidate, a constant feature is exactly nothing
    private double[] grounded(double[] features) {
        int d = features.length / k;
        if (features.length != k * d || d == 0) {
            throw new IllegalArgumentException(
                    features.length + " features for " + k + " candidates; the shape is (K, D)");
        }
        var phi = new double[k * d];
        for (int i = 0; i < phi.length; i++) {
            phi[i] = features[i] - features[i % d];
        }
        return phi;
    }

    /// L_W = 2 (diag(W 1) − W), shape (K, K): L(f) = gᵀ L_W g − 2 gᵀ r + const.
    private double[] laplacian() {
        var laplacian = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                if (i != j) {
                    laplacian[i * k + j] = -2 * weights[i * k + j];
                    laplacian[i * k + i] += 2 * weights[i * k + j];
                }
            }
        }
        return laplacian;
    }

    // r_i = 2 Σ_j W_ij c_ij
    private double[] linear() {
        var linear = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                linear[i] += 2 * weights[i * k + j] * targets[i * k + j];
            }
        }
        return linear;
    }

    // for W = w wᵀ: g_i = Σ_j w_j c_ij, up to a constant
    private double[] weightedMeans(double[] last) {
        var g = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                g[i] += last[j] * targets[i * k + j];
            }
        }
        return g;
    }

    // the first candidate at 0, for L_W 1 = 0
    private double[] grounded() {
        if (!isConnected()) {
            throw new IllegalStateException("pairs of positive weight do not connect all " + k
                    + " candidates, so no policy has the least loss alone; weigh more pairs");
        }
        int n = k - 1;
        double[] laplacian = laplacian();
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(laplacian, (i + 1) * k + 1, matrix, i * n, n);
        }
        var g = new double[k];
        if (n > 0) {
            double[] rest =
                    solve(matrix, Arrays.copyOfRange(linear(), 1, k), "the pair weights are too uneven to solve");
            System.arraycopy(rest, 0, g, 1, n);
        }
        return g;
    }

    private boolean isConnected() {
        var reached = new boolean[k];
        var queue = new int[k];
        int last = 0;
        reached[0] = true;
        for (int first = 0; first <= last; first++) {
            for (int j = 0; j < k; j++) {
                if (!reached[j] && weights[queue[first] * k + j] > 0) {
                    reached[j] = true;
                    queue[++last] = j;
                }
            }
        }
        return last == k - 1;
    }

    private static double[] solve(double[] matrix, double[] right, String otherwise) {
        var system = new LinearSystem(matrix, right.length);
        if (!system.isRegular()) {
            throw new IllegalStateException(otherwise);
        }
        return system.solve(right);
    }

    // s times the skew part of P, which is P − 1/2 wherever P + Pᵀ = 1
    private static double[] margins(double[] p, int k, double step) {
        requireFinite(p, k * k, "preference");
        LossInputs.positive(step, "step");
        var margins = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                margins[i * k + j] = step * (p[i * k + j] - p[j * k + i]) / 2;
            }
        }
        return margins;
    }

    private static double[] symmetric(double[] weights, int k) {
        requireFinite(weights, k * k, "pair weight");
        var symmetric = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                if (weights[i * k + j] < 0) {
                    throw new IllegalArgumentException("the weight of pair (" + i + ", " + j + ") is "
                            + weights[i * k + j] + "; none may be negative");
                }
                symmetric[i * k + j] = (weights[i * k + j] + weights[j * k + i]) / 2;
            }
        }
        return symmetric;
    }

    private static double[] probabilities(double[] logPolicy) {
        requireFinite(logPolicy, logPolicy.length, "log-probability of the last policy");
        return Arrays.stream(logPolicy).map(Math::exp).toArray();
    }

    private static void requireFinite(double[] values, int length, String what) {
        if (values.length != length || length == 0) {
            throw new IllegalArgumentException(values.length + " values of " + what + ", must be " + length);
        }
        for (int i = 0; i < length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(what + " " + i + " is " + values[i]
                        + "; it must be finite: a candidate that cannot be played leaves before");
            }
        }
    }
}
