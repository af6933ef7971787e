package org.polyphony.preferences.verdict;

/// Student's t distribution.
final class StudentT {
    private StudentT() {}

    /// The 97.5 % quantile, by Newton's method on the distribution function.
    ///
    /// @param degrees degrees of freedom, at least 1
    static double quantile975(int degrees) {
        if (degrees == 1) {
            return Math.tan(0.475 * Math.PI);
        }
        // Cornish and Fisher's expansion starts close enough for every larger number of degrees
        double z = 1.959963984540054;
        double z3 = z * z * z;
        double t = z + (z3 + z) / (4.0 * degrees) + (5 * z3 * z * z + 16 * z3 + 3 * z) / (96.0 * degrees * degrees);
        for (int iteration = 0; iteration < 50; iteration++) {
            double step = (distribution(t, degrees) - 0.975) / density(t, degrees);
            t -= step;
            if (Math.abs(step) < 1e-12 * t) {
                break;
            }
        }
        return t;
    }

    /// P(T ≤ t) for t ≥ 0: the finite series in θ = arctan(t/√ν) (Abramowitz and Stegun 26.7.3 and 26.7.4).
    static double distribution(double t, int degrees) {
        double theta = Math.atan(t / Math.sqrt(degrees));
        double sine = Math.sin(theta);
        double cosine = Math.cos(theta);
        boolean odd = degrees % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }
        double within = odd ? 2 / Math.PI * (theta + sine * sum) : sine * sum;
        return (1 + within) / 2;
    }

    private static double density(double t, int degrees) {
        double log = -0.5 * (degrees + 1) * Math.log(1 + t * t / degrees) - 0.5 * Math.log(degrees * Math.PI);
        return Math.exp(log + gammaRatio(degrees));
    }

    // ln Γ((ν + 1)/2) − ln Γ(ν/2), by recurrence down to ν = 1 or 2
    private static double gammaRatio(int degrees) {
        double log = degrees % 2 == 1 ? -0.5 * Math.log(Math.PI) : 0.5 * Math.log(Math.PI) - Math.log(2);
        for (int v = degrees % 2 == 1 ? 1 : 2; v < degrees; v += 2) {
            log += Math.log((v + 1.0) / v);
        }
        return log;
    }
}
