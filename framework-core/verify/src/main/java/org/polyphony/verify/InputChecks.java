package org.polyphony.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.polyphony.verify.Violation.Kind;

/// Checks everything that enters the verifier and collects what is wrong with it.
///
/// Of several entries with the same fault the first is named and the others are counted, so that a large
/// bad matrix does not make a large message.
final class InputChecks {

    /// How far probabilities may be from adding up to 1: rounding of a sum, and nothing else.
    static final double TOLERANCE = 1e-12;

    private final PreferenceGame game;
    private final List<Violation> violations = new ArrayList<>(0);

    private InputChecks(PreferenceGame game) {
        this.game = game;
    }

    static InputChecks of(PreferenceGame game) {
        var inputs = new InputChecks(game);
        inputs.checkPreferences();
        inputs.checkWeights();
        inputs.checkAllowed();
        return inputs;
    }

    List<Violation> violations() {
        return violations;
    }

    boolean valid() {
        return violations.isEmpty();
    }

    private void checkPreferences() {
        int k = game.candidates();
        var range = new Faults(Kind.NOT_A_PROBABILITY, "give probabilities between 0 and 1");
        var pairs = new Faults(Kind.NOT_COMPLEMENTARY, "give P with P[i][j] + P[j][i] = 1");
        for (int s = 0; s < game.stakeholders(); s++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    double p = game.preference(s, i, j);
                    double back = game.preference(s, j, i);
                    if (!(p >= 0 && p <= 1)) {
                        range.add("P[" + s + "][" + i + "][" + j + "] is " + p);
                    } else if (!(back >= 0 && back <= 1)) {
                        range.add("P[" + s + "][" + j + "][" + i + "] is " + back);
                    } else if (Math.abs(p + back - 1) > TOLERANCE) {
                        pairs.add("P[" + s + "][" + i + "][" + j + "] + P[" + s + "][" + j + "][" + i + "] is "
                                + (p + back));
                    }
                }
            }
        }
        range.report();
        pairs.report();
    }

    private void checkWeights() {
        var weights = new double[game.stakeholders()];
        for (int s = 0; s < weights.length; s++) {
            weights[s] = game.weight(s);
        }
        checkDistribution("the stakeholder weights", weights, null);
    }

    private void checkAllowed() {
        for (int i = 0; i < game.candidates(); i++) {
            if (game.allowed(i)) {
                return;
            }
        }
        violations.add(new Violation(
                Kind.NO_CANDIDATE,
                "none of the " + game.candidates() + " candidates is allowed; refuse instead of answering"));
    }

    /// A policy over the candidates: right length, finite, non-negative, none of it disallowed, summing to
    /// 1.
    void checkPolicy(String what, double[] policy) {
        if (hasLength(what, policy.length, game.candidates())) {
            checkDistribution(what, policy, game);
        }
    }

    void checkProfile(double[][] profile) {
        if (!hasLength("the profile", profile.length, game.stakeholders())) {
            return;
        }
        for (int s = 0; s < profile.length; s++) {
            checkPolicy("policy of stakeholder " + s, profile[s]);
        }
        if (profile.length < 2) {
            violations.add(new Violation(
                    Kind.NO_OPPONENT,
                    "the stakeholder game has 1 stakeholder and needs 2; solve the population game instead"));
        }
    }

    /// λ, shape (S, S): every row a distribution over the *other* stakeholders.
    void checkOpponents(double[][] opponents) {
        if (!hasLength("the opponents", opponents.length, game.stakeholders())) {
            return;
        }
        for (int s = 0; s < opponents.length; s++) {
            if (hasLength("opponents of stakeholder " + s, opponents[s].length, game.stakeholders())) {
                checkDistribution("opponents of stakeholder " + s, opponents[s], null);
                if (opponents[s][s] != 0) {
                    violations.add(new Violation(
                            Kind.NO_OPPONENT,
                            "stakeholder " + s + " is its own opponent with weight " + opponents[s][s]
                                    + "; give it weight 0"));
                }
            }
        }
    }

    /// ν, shape (S, K): one distribution over all pairs of a stakeholder and an allowed candidate.
    void checkDuals(double[][] duals) {
        if (!hasLength("the duals", duals.length, game.stakeholders())) {
            return;
        }
        int k = game.candidates();
        var flat = new double[game.stakeholders() * k];
        for (int s = 0; s < duals.length; s++) {
            if (!hasLength("duals of stakeholder " + s, duals[s].length, k)) {
                return;
            }
            System.arraycopy(duals[s], 0, flat, s * k, k);
        }
        checkDistribution("the duals", flat, game);
    }

    /// The reference: finite, non-negative, and with mass among the allowed candidates wherever a policy
    /// has some.
    void checkReference(double tau, double[]... policies) {
        if (!(tau >= 0 && tau < Double.POSITIVE_INFINITY)) {
            violations.add(new Violation(Kind.TEMPERATURE, "tau is " + tau + "; give a finite number, 0 or above"));
        }
        double total = 0;
        for (int i = 0; i < game.candidates(); i++) {
            double mass = game.reference(i);
            if (!(mass >= 0 && mass < Double.POSITIVE_INFINITY)) {
                violations.add(new Violation(
                        mass < 0 ? Kind.NEGATIVE_MASS : Kind.NOT_FINITE,
                        "the reference is " + mass + " at candidate " + i + "; give masses, 0 or above"));
                return;
            }
            total += game.allowed(i) ? mass : 0;
        }
        if (!(tau > 0)) {
            return;
        }
        if (!hasMass(total)) {
            return;
        }
        var outside = new Faults(Kind.REFERENCE_SUPPORT, "give the reference mass there, or tau = 0");
        for (double[] policy : policies) {
            for (int i = 0; i < Math.min(policy.length, game.candidates()); i++) {
                if (policy[i] > 0 && game.reference(i) == 0) {
                    outside.add("the reference is 0 at candidate " + i + ", where a policy has mass " + policy[i]);
                }
            }
        }
        outside.report();
    }

    /// The reference where it is what a policy is compared with, at every τ.
    void checkComparison(double tau, double[] policy) {
        checkReference(tau, policy);
        if (!(tau > 0) && valid()) {
            double total = 0;
            for (int i = 0; i < game.candidates(); i++) {
                total += game.allowed(i) ? game.reference(i) : 0;
            }
            hasMass(total);
        }
    }

    /// A policy whose logarithm is taken wherever the reference has mass.
    void checkSupport(double[] policy) {
        var missing = new Faults(Kind.REFERENCE_SUPPORT, "give the policy mass wherever the reference has some");
        for (int i = 0; i < Math.min(policy.length, game.candidates()); i++) {
            if (game.allowed(i) && game.reference(i) > 0 && policy[i] == 0) {
                missing.add("the policy is 0 at candidate " + i + ", where the reference is " + game.reference(i));
            }
        }
        missing.report();
    }

    /// b, shape (S): everybody has some bargaining power.
    void checkPower(double[] power) {
        if (!hasLength("the bargaining power", power.length, game.stakeholders())) {
            return;
        }
        for (int s = 0; s < power.length; s++) {
            if (!(power[s] > 0 && power[s] < Double.POSITIVE_INFINITY)) {
                violations.add(new Violation(
                        power[s] <= 0 ? Kind.NEGATIVE_MASS : Kind.NOT_FINITE,
                        "the bargaining power of stakeholder " + s + " is " + power[s]
                                + "; give everybody a positive and finite one"));
                return;
            }
        }
    }

    /// A temperature at which a closed form divides.
    void checkPositive(double tau) {
        if (tau == 0) {
            violations.add(new Violation(Kind.TEMPERATURE, "tau is 0; this game is defined for tau > 0"));
        }
    }

    private boolean hasMass(double total) {
        if (total > 0 && total < Double.POSITIVE_INFINITY) {
            return true;
        }
        violations.add(new Violation(
                Kind.REFERENCE_SUPPORT,
                "the reference has total mass " + total + " on the allowed candidates; give it some"));
        return false;
    }

    /// @param masked the game whose disallowed candidates must have no mass, or null; entry n is candidate
    ///     n mod K
    private void checkDistribution(String what, double[] values, @Nullable PreferenceGame masked) {
        var notFinite = new Faults(Kind.NOT_FINITE, "give finite masses");
        var negative = new Faults(Kind.NEGATIVE_MASS, "give masses, 0 or above");
        var disallowed = new Faults(Kind.DISALLOWED_MASS, "give disallowed candidates no mass");
        var total = new Sums();
        for (int n = 0; n < values.length; n++) {
            double value = values[n];
            if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
                notFinite.add(what + " is " + value + " at index " + n);
            } else if (value < 0) {
                negative.add(what + " is " + value + " at index " + n);
            } else if (value > 0 && masked != null && !masked.allowed(n % masked.candidates())) {
                disallowed.add(what + " is " + value + " at index " + n + ", which is not allowed");
            }
            total.add(value);
        }
        notFinite.report();
        negative.report();
        disallowed.report();
        if (notFinite.count == 0 && Math.abs(total.value() - 1) > TOLERANCE) {
            violations.add(new Violation(
                    Kind.NOT_NORMALISED,
                    what + String.format(Locale.ROOT, " sums to %.17g", total.value()) + "; normalise it to 1"));
        }
    }

    private boolean hasLength(String what, int got, int wanted) {
        if (got == wanted) {
            return true;
        }
        violations.add(new Violation(Kind.SHAPE, what + " has length " + got + "; the game asks for " + wanted));
        return false;
    }

    /// Faults of one kind: the first one found, and how many follow it.
    private final class Faults {
        private final Kind kind;
        private final String remedy;
        private String first = "";
        private int count;

        Faults(Kind kind, String remedy) {
            this.kind = kind;
            this.remedy = remedy;
        }

        void add(String message) {
            if (count++ == 0) {
                first = message;
            }
        }

        void report() {
            if (count > 0) {
                String others = count == 1 ? "" : " (and " + (count - 1) + " more)";
                violations.add(new Violation(kind, first + others + "; " + remedy));
            }
        }
    }
}
