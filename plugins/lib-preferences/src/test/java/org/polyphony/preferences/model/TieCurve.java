package org.polyphony.preferences.model;

/// How win, tie and loss depend on the difference d of utilities and on the item's tie parameter t; convex
/// in (d, t) as a loss.
enum TieCurve {
    /// win : loss : tie = e^{d/2} : e^{−d/2} : e^t, t = ln ν.
    DAVIDSON(0) {
        @Override
        double[] probabilities(double d, double t) {
            double top = Math.max(Math.abs(d) / 2, t);
            double win = Math.exp(d / 2 - top);
            double loss = Math.exp(-d / 2 - top);
            double tie = Math.exp(t - top);
            double all = win + loss + tie;
            return new double[] {win / all, tie / all, loss / all};
        }

        @Override
        void derivatives(double d, double t, double wins, double losses, double ties, double[] out) {
            double[] p = probabilities(d, t);
            double n = wins + losses + ties;
            double lead = (p[0] - p[2]) / 2;
            out[0] = n * lead - (wins - losses) / 2;
            out[1] = n * p[1] - ties;
            out[2] = n * ((p[0] + p[2]) / 4 - lead * lead);
            out[3] = -n * p[1] * lead;
            out[4] = n * p[1] * (1 - p[1]);
        }
    },
    /// win = σ(d − t), loss = σ(−d − t), tie the rest = (e^{2t} − 1) · win · loss.
    RAO_KUPPER(0.5) {
        @Override
        double[] probabilities(double d, double t) {
            double win = Logistic.sigmoid(d - t);
            double loss = Logistic.sigmoid(-d - t);
            return new double[] {win, Math.expm1(2 * t) * win * loss, loss};
        }

        @Override
        void derivatives(double d, double t, double wins, double losses, double ties, double[] out) {
            double win = Logistic.sigmoid(d - t);
            double loss = Logistic.sigmoid(-d - t);
            double a = wins + ties;
            double b = losses + ties;
            double grown = Math.expm1(2 * t);
            out[0] = -a * (1 - win) + b * (1 - loss);
            out[1] = a * (1 - win) + b * (1 - loss) - ties * 2 * (grown + 1) / grown;
            double curvatureA = a * win * (1 - win);
            double curvatureB = b * loss * (1 - loss);
            out[2] = curvatureA + curvatureB;
            out[3] = curvatureB - curvatureA;
            out[4] = curvatureA + curvatureB + ties * 4 * (grown + 1) / (grown * grown);
        }
    };

    private final double start;

    TieCurve(double start) {
        this.start = start;
    }

    /// Where fitting starts.
    double start() {
        return start;
    }

    /// The tie parameter kept where the curve is defined and finite: without a tie, or with nothing else,
    /// its best value is infinite.
    double within(double t) {
        return Math.clamp(t, this == RAO_KUPPER ? 1e-9 : -20, 20);
    }

    /// Win, tie and loss.
    abstract double[] probabilities(double d, double t);

    /// Derivatives of the negative log-likelihood: by d, by t, twice by d, by both, twice by t.
    abstract void derivatives(double d, double t, double wins, double losses, double ties, double[] out);

    /// Negative log-likelihood in nats.
    double loss(double d, double t, double wins, double losses, double ties) {
        double[] p = probabilities(d, t);
        return part(wins, p[0]) + part(ties, p[1]) + part(losses, p[2]);
    }

    private static double part(double weight, double p) {
        return weight == 0 ? 0 : -weight * Math.log(p);
    }
}
