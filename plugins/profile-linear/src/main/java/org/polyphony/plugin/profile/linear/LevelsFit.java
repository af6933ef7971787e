package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.SymmetricSolve;

/// Fits seats and persons together: persons are eliminated, then seats, which is the joint Newton step of the tree.
/// Gradients are those of the expected logistic: y − σ(κη), of curvature κ p(1 − p), κ = 1/√(1 + π/8 · variance of η).
///
/// Variances, one per block, are found by maximum evidence with a half-normal prior on the standard deviation, γ s² +
/// s⁴/ref² = Σ m² with γ = Σ(1 − C_jj/s²): without it two seats, or two dozen people, run away. Steps in log s² grow
/// while they keep their sign.
final class LevelsFit {
    private static final int ROUNDS = 60;
    private static final int LAST_ROUNDS = 5;
    private static final double SETTLED = .002;
    private static final int CHUNKS = 16;
    /// Above twice this many units the variances come from about so many of them.
    private static final int SAMPLE = 2000;
    /// Half-normal scales of seats and persons, and the most either may be, in logits of a typical pair.
    private static final double SEAT_REFERENCE = .5;

    private static final double PERSON_REFERENCE = 1;
    private static final double CAP = 3;
    private static final double SLOPE_CAP = .6;
    private static final double LEAST = 1e-6;
    /// A standard deviation under .01 is nothing.
    private static final double NOTHING = 1e-4;

    private final LevelData data;
    private final int seats;
    private final Parallel parallel;
    private final int r;
    private final double[] meanSquares;
    private final double[] most;
    private final Levels.Spread spread;
    private final double[][] u;
    private final double[][] uCovariance;
    private final double[][] v;
    private final double[][] vCovariance;
    private final double[][] vGradient;
    private final double[] variance;

    private LevelsFit(LevelData data, int seats, Optional<Levels.Spread> given, Parallel parallel) {
        this.data = data;
        this.seats = seats;
        this.parallel = parallel;
        this.r = data.columns();
        this.meanSquares = data.meanSquares();
        this.most = new double[data.blocks()];
        Arrays.setAll(most, b -> CAP * CAP / meanSquares[b]);
        most[0] = Math.min(most[0], SLOPE_CAP * SLOPE_CAP);
        this.spread = given.map(this::within).orElseGet(() -> StartingSpread.of(data, meanSquares, most));
        this.u = new double[seats][r];
        this.uCovariance = new double[seats][];
        this.v = new double[data.units()][r];
        this.vCovariance = new double[data.units()][];
        this.vGradient = new double[data.units()][];
        this.variance = new double[data.eta().length];
    }

    /// With variances that are estimated.
    static Levels estimated(LevelData data, int seats, Parallel parallel) {
        if (data.units() >= 2 * SAMPLE) {
            LevelData some = data.every(data.units() / SAMPLE);
            Levels of = new LevelsFit(some, seats, Optional.empty(), parallel).fit(ROUNDS, true);
            return fixed(data, seats, of.spread(), LAST_ROUNDS, parallel);
        }
        return new LevelsFit(data, seats, Optional.empty(), parallel).fit(ROUNDS, true);
    }

    /// With variances that are given.
    static Levels fixed(LevelData data, int seats, Levels.Spread given, int rounds, Parallel parallel) {
        return new LevelsFit(data, seats, Optional.of(given), parallel).fit(rounds, false);
    }

    private Levels.Spread within(Levels.Spread given) {
        Levels.Spread inside = given.copy();
        for (double[] variances : List.of(inside.person(), inside.seat())) {
            Arrays.setAll(variances, b -> Math.min(Math.max(variances[b], LEAST), most[b]));
        }
        return inside;
    }

    /// Of the seats: information [r, r] and gradient [r] once persons are eliminated.
    private record Eliminated(double[][] information, double[][] gradient) {}

    private Levels fit(int rounds, boolean estimate) {
        double[] growth = new double[2 * most.length];
        double[] last = new double[2 * most.length];
        Arrays.fill(growth, 1);
        int round = 0;
        boolean settled = false;
        while (round < rounds && !settled) {
            double length = round > 1 ? 1 : .7;
            double[][] moved = moveSeats(eliminate(), length);
            double[][] squares = movePersons(moved, length);
            if (estimate) {
                double step = estimate(squares, growth, last);
                settled = round > 5 && step < SETTLED;
            }
            round++;
        }
        zero(spread.person());
        zero(spread.seat());
        return new Levels(u, uCovariance, v, spread, round);
    }

    private <T> List<T> overUnits(BiFunction<Integer, Integer, T> body) {
        int units = data.units();
        int chunks = Math.min(CHUNKS, units);
        return parallel.map(
                chunks,
                chunk ->
                        body.apply((int) ((long) units * chunk / chunks), (int) ((long) units * (chunk + 1) / chunks)));
    }

    private Eliminated eliminate() {
        List<Eliminated> parts = overUnits((from, to) -> {
            var part = new Eliminated(new double[seats][r * r], new double[seats][r]);
            for (int unit = from; unit < to; unit++) {
                eliminate(unit, part);
            }
            return part;
        });
        var all = new Eliminated(new double[seats][r * r], new double[seats][r]);
        for (Eliminated part : parts) {
            for (int s = 0; s < seats; s++) {
                Matrices.add(all.information()[s], part.information()[s]);
                Matrices.add(all.gradient()[s], part.gradient()[s]);
            }
        }
        return all;
    }

    private void eliminate(int unit, Eliminated part) {
        int seat = data.seat()[unit];
        double[] total = v[unit].clone();
        if (seat >= 0) {
            Matrices.add(total, u[seat]);
        }
        double[] information = new double[r * r];
        double[] gradient = new double[r];
        for (int n = data.start()[unit]; n < data.start()[unit + 1]; n++) {
            double k = Posterior.shrink(variance[n]);
            double p = Logistic.sigmoid(k * (data.eta()[n] + Matrices.dot(data.t(), n * r, total, 0, r)));
            double q = data.weight()[n] * k * p * (1 - p);
            double e = data.weight()[n] * (data.share()[n] - p);
            for (int i = 0; i < r; i++) {
                double t = data.t()[n * r + i];
                gradient[i] += e * t;
                double by = q * t;
                for (int j = 0; j <= i; j++) {
                    information[i * r + j] += by * data.t()[n * r + j];
                }
            }
        }
        mirror(information);
        double[] precision = information.clone();
        double[] own = gradient.clone();
        for (int i = 0; i < r; i++) {
            double variance = spread.person()[data.block()[i]];
            precision[i * r + i] += 1 / variance;
            own[i] -= v[unit][i] / variance;
        }
        double[] covariance = SymmetricSolve.factor(precision, r).inverse();
        vCovariance[unit] = covariance;
        vGradient[unit] = own;
        if (seat >= 0) {
            double[] told = Matrices.product(information, covariance, r, r, r);
            double[] left = part.information()[seat];
            Matrices.add(left, information);
            double[] seatGradient = part.gradient()[seat];
            for (int i = 0; i < r; i++) {
                seatGradient[i] += gradient[i] - Matrices.dot(told, i * r, own, 0, r);
                for (int j = 0; j < r; j++) {
                    // H C H, and H is symmetric
                    left[i * r + j] -= Matrices.dot(told, i * r, information, j * r, r);
                }
            }
        }
    }

    private double[][] moveSeats(Eliminated of, double length) {
        double[][] moved = new double[seats][];
        for (int s = 0; s < seats; s++) {
            double[] precision = of.information()[s];
            double[] gradient = of.gradient()[s];
            for (int i = 0; i < r; i++) {
                double variance = spread.seat()[data.block()[i]];
                precision[i * r + i] += 1 / variance;
                gradient[i] -= u[s][i] / variance;
            }
            uCovariance[s] = SymmetricSolve.factor(precision, r).inverse();
            moved[s] = Matrices.product(uCovariance[s], gradient, r, r, 1);
            for (int i = 0; i < r; i++) {
                u[s][i] += length * moved[s][i];
            }
        }
        return moved;
    }

    /// Moves persons after their seats; of each block Σ v² and Σ C_jj of all persons.
    private double[][] movePersons(double[][] moved, double length) {
        List<double[][]> parts = overUnits((from, to) -> {
            double[][] squares = new double[2][most.length];
            for (int unit = from; unit < to; unit++) {
                movePerson(unit, moved, length, squares);
            }
            return squares;
        });
        double[][] all = new double[2][most.length];
        for (double[][] part : parts) {
            Matrices.add(all[0], part[0]);
            Matrices.add(all[1], part[1]);
        }
        return all;
    }

    private void movePerson(int unit, double[][] moved, double length, double[][] squares) {
        int seat = data.seat()[unit];
        double[] covariance = vCovariance[unit];
        double[] gradient = vGradient[unit];
        // C (g − H du) = C (g + du/s²) − du
        if (seat >= 0) {
            for (int i = 0; i < r; i++) {
                gradient[i] += moved[seat][i] / spread.person()[data.block()[i]];
            }
        }
        for (int i = 0; i < r; i++) {
            double by = Matrices.dot(covariance, i * r, gradient, 0, r) - (seat >= 0 ? moved[seat][i] : 0);
            v[unit][i] += length * by;
            squares[0][data.block()[i]] += v[unit][i] * v[unit][i];
            squares[1][data.block()[i]] += covariance[i * r + i];
        }
        double[] both = covariance;
        if (seat >= 0) {
            both = covariance.clone();
            Matrices.add(both, uCovariance[seat]);
        }
        double[] t = new double[r];
        for (int n = data.start()[unit]; n < data.start()[unit + 1]; n++) {
            System.arraycopy(data.t(), n * r, t, 0, r);
            variance[n] = Matrices.form(both, t);
        }
    }

    /// The next variances; how much the farthest standard deviation wanted to move, in logarithms.
    private double estimate(double[][] squares, double[] growth, double[] last) {
        double farthest = 0;
        int blocks = most.length;
        double[] width = new double[blocks];
        for (int c : data.block()) {
            width[c]++;
        }
        for (int b = 0; b < blocks; b++) {
            double old = spread.person()[b];
            double free = data.units() * width[b] - squares[1][b] / old;
            double wanted = wanted(squares[0][b], free, b, PERSON_REFERENCE);
            spread.person()[b] = step(old, wanted, b, b, growth, last);
            farthest = farther(farthest, spread.person()[b], last[b]);
            if (seats > 0) {
                old = spread.seat()[b];
                double square = 0;
                free = 0;
                for (int s = 0; s < seats; s++) {
                    for (int i = 0; i < r; i++) {
                        if (data.block()[i] == b) {
                            square += u[s][i] * u[s][i];
                            free += 1 - uCovariance[s][i * r + i] / old;
                        }
                    }
                }
                wanted = wanted(square, free, b, SEAT_REFERENCE);
                spread.seat()[b] = step(old, wanted, b, blocks + b, growth, last);
                farthest = farther(farthest, spread.seat()[b], last[blocks + b]);
            }
        }
        return farthest;
    }

    private double wanted(double square, double free, int block, double reference) {
        double gamma = Math.max(1e-6, free);
        double height = reference * reference / meanSquares[block];
        double variance = 2 * square / (gamma + Math.sqrt(gamma * gamma + 4 * square / height));
        return Math.min(Math.max(variance, LEAST), most[block]);
    }

    private double step(double old, double wanted, int block, int of, double[] growth, double[] last) {
        double by = Math.log(wanted / old);
        growth[of] = by * last[of] > 0 ? Math.min(1.4 * growth[of], 6) : 1;
        last[of] = by;
        double next = old * Math.exp(Math.clamp(growth[of] * by, -1.5, 1.5));
        return Math.min(Math.max(next, LEAST), most[block]);
    }

    private static double farther(double farthest, double variance, double step) {
        return variance > NOTHING ? Math.max(farthest, Math.abs(step) / 2) : farthest;
    }

    private static void zero(double[] variances) {
        for (int b = 0; b < variances.length; b++) {
            variances[b] = variances[b] < NOTHING ? 1e-10 : variances[b];
        }
    }

    private void mirror(double[] lower) {
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < i; j++) {
                lower[j * r + i] = lower[i * r + j];
            }
        }
    }
}
