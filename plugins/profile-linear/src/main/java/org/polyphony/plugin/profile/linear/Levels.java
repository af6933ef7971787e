package org.polyphony.plugin.profile.linear;

import java.util.Arrays;

/// Seats and persons on top of the population: log odds η + t·(u + v).
///
/// @param seats u of every seat `[S][r]`
/// @param covariances of u `[S][r, r]`
/// @param units v of every unit `[U][r]`
/// @param spread of seats and persons, by block
/// @param rounds in how many rounds they were found
record Levels(double[][] seats, double[][] covariances, double[][] units, Spread spread, int rounds) {

    /// How much seats differ from the population, and persons from their seat.
    ///
    /// @param person variance of a person's weight, by block of t
    /// @param seat variance of a seat's weight, by block of t
    record Spread(double[] person, double[] seat) {

        /// The variances of persons as a diagonal matrix [r, r].
        double[] ofPersons(int[] block) {
            return diagonal(person, block);
        }

        /// The variances of seats as a diagonal matrix [r, r].
        double[] ofSeats(int[] block) {
            return diagonal(seat, block);
        }

        Spread copy() {
            return new Spread(person.clone(), seat.clone());
        }

        private static double[] diagonal(double[] variance, int[] block) {
            int r = block.length;
            double[] diagonal = new double[r * r];
            for (int c = 0; c < r; c++) {
                diagonal[c * r + c] = variance[block[c]];
            }
            return diagonal;
        }
    }

    /// Whom an answer of this seat is drawn from: a person nobody has heard, N(u, diag s² + Cov u).
    Posterior member(int seat, int[] block) {
        double[] covariance = spread.ofPersons(block);
        Matrices.add(covariance, covariances[seat]);
        return new Posterior(seats[seat], covariance);
    }

    /// Somebody drawn from seats by these shares, which sum to one: their mixture's mean and covariance.
    Posterior drawn(double[] shares, int[] block) {
        int r = block.length;
        Posterior mixed = member(shares, block);
        double[] covariance = mixed.covariance();
        for (int s = 0; s < shares.length; s++) {
            for (int c = 0; shares[s] > 0 && c < r * r; c++) {
                covariance[c] +=
                        shares[s] * (seats[s][c / r] - mixed.mean()[c / r]) * (seats[s][c % r] - mixed.mean()[c % r]);
            }
        }
        return mixed;
    }

    /// A person of no seat: N(0, diag sp² + diag sg²).
    Posterior stranger(int[] block) {
        double[] covariance = spread.ofPersons(block);
        Matrices.add(covariance, spread.ofSeats(block));
        return new Posterior(new double[block.length], covariance);
    }

    /// A person who speaks for several seats, by these shares: their mixture's mean and mean covariance; what they say
    /// in each is taken relative to it.
    Posterior member(double[] shares, int[] block) {
        int r = block.length;
        double rest = 1;
        double[] mean = new double[r];
        double[] covariance = spread.ofPersons(block);
        for (int s = 0; s < shares.length; s++) {
            double share = shares[s];
            rest -= share;
            for (int c = 0; share > 0 && c < r; c++) {
                mean[c] += share * seats[s][c];
            }
            for (int at = 0; share > 0 && at < covariance.length; at++) {
                covariance[at] += share * covariances[s][at];
            }
        }
        double none = rest > 1e-12 ? rest : 0;
        double[] unseated = spread.ofSeats(block);
        Arrays.setAll(covariance, at -> covariance[at] + none * unseated[at]);
        return new Posterior(mean, covariance);
    }
}
