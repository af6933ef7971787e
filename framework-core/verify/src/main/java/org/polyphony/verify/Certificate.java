package org.polyphony.verify;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the verifier found: numbers if the input was valid, otherwise the reasons why it was not.
///
/// All numbers of a rejected certificate are NaN, so that no comparison with them can succeed. Slightly
/// negative residuals (about -1e-16) are rounding; they are reported as they are.
///
/// @param gaps what is left to gain
/// @param equilibrium where every stakeholder owns a policy, how far they are from an equilibrium
/// @param deployment what the policy that would be served means to each stakeholder
/// @param figures what the gap was computed from, by the names that the formulation's certifier gives them
/// @param violations why the result is rejected; empty if it is a policy of this game
public record Certificate(
        Gaps gaps,
        Optional<Equilibrium> equilibrium,
        Deployment deployment,
        SortedMap<String, List<Double>> figures,
        List<Violation> violations) {

    /// The largest residual a certified policy may have, where tau is at most 1; see [#tolerance(double)].
    public static final double TOLERANCE = 1e-6;

    /// Bound on the rounding error of a residual at a temperature of 1 or below, unless its formulation says more.
    static final double ROUNDING = 1e-14;

    /// How far a served policy may be from the one that is certified: e^log π rounds.
    private static final double SERVED = 1e-9;

    /// What is left to gain.
    ///
    /// @param gap of the game as it is
    /// @param gapTau of the game regularised at the claim's temperature; equal to `gap` where there is none
    /// @param residual the number that is zero exactly at a solution, and is held against the tolerance;
    ///     infinite where nothing is proved
    /// @param rounding bound on the rounding error of `residual`
    public record Gaps(double gap, double gapTau, double residual, double rounding) {

        static final Gaps NONE = new Gaps(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        /// Those of a policy chosen for all together: between what it attains and what is proved possible.
        static Gaps optimum(double residual, double rounding) {
            double gap = residual < Double.POSITIVE_INFINITY ? residual : Double.NaN;
            return new Gaps(gap, gap, residual, rounding);
        }
    }

    public Certificate {
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
        violations = List.copyOf(violations);
    }

    /// A certificate of one policy for everybody.
    static Certificate of(Gaps gaps, Deployment deployment, Map<String, List<Double>> figures) {
        return new Certificate(gaps, Optional.empty(), deployment, new TreeMap<>(figures), List.of());
    }

    /// What is said of an answer that is no answer to its game.
    static Certificate rejected(PreferenceGame game, List<Violation> violations) {
        return new Certificate(
                Gaps.NONE, Optional.empty(), Deployment.rejected(game.stakeholders()), new TreeMap<>(), violations);
    }

    /// What can be said of a policy whose formulation nobody can prove: whether it is one, and what it means to each
    /// stakeholder. No gap of another game.
    ///
    /// @param policy π, shape (K)
    public static Certificate described(PreferenceGame game, double... policy) {
        var inputs = InputChecks.of(game);
        inputs.checkPolicy("the policy", policy);
        inputs.checkReference(0, policy);
        return inputs.valid()
                ? of(Gaps.NONE, Deployment.of(game, policy), Map.of())
                : rejected(game, inputs.violations());
    }

    /// The largest residual of a certified policy: values of a game regularised at tau grow with tau, and so does the
    /// rounding of what solvers compute.
    public static double tolerance(double tau) {
        return TOLERANCE * Math.max(1, tau);
    }

    public double gap() {
        return gaps.gap();
    }

    public double gapTau() {
        return gaps.gapTau();
    }

    public double residual() {
        return gaps.residual();
    }

    public double rounding() {
        return gaps.rounding();
    }

    /// The values of a figure, one or one per stakeholder or level; none if there is none of this name.
    public List<Double> figures(String name) {
        return figures.getOrDefault(name, List.of());
    }

    /// The value of a figure that has one; NaN if there is none of this name.
    public double figure(String name) {
        var values = figures(name);
        return values.isEmpty() ? Double.NaN : values.getFirst();
    }

    /// Whether the input was a policy (or profile) of the game at all.
    public boolean valid() {
        return violations.isEmpty();
    }

    /// Whether the residual is proved to be at most `tolerance`, rounding included.
    ///
    /// A result whose exact residual exceeds the tolerance is never accepted; one within twice
    /// [#rounding()] below it may be turned down. A tolerance below [#rounding()] proves nothing.
    public boolean proves(double tolerance) {
        return valid() && residual() + rounding() <= tolerance;
    }

    /// Whether it speaks of the policy that is served: of a profile, that is the weighted mixture.
    ///
    /// @param served shape (K)
    public boolean speaksOf(double... served) {
        var policy = deployment.policy();
        if (!valid() || served.length != policy.size()) {
            return false;
        }
        for (int i = 0; i < served.length; i++) {
            if (!(Math.abs(policy.get(i) - served[i]) <= SERVED)) {
                return false;
            }
        }
        return true;
    }
}
