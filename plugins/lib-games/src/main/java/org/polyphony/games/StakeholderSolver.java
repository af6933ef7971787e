package org.polyphony.games;

/// Solves the stakeholder game: stakeholder s owns the policy π_s and the preferences P_s, meets the others' mixture
/// q_s = Σ_{r≠s} λ_sr π_r and maximises π_sᵀ P_s q_s − τ KL(π_s ‖ μ). In equilibrium nobody gains by changing its own
/// policy alone.
///
/// Mirror-prox with every player's own policy as the proximal centre (see [MirrorProx]). Let Δ = max |P_s − P_r|. For
/// τ > Δ/2 the game is strongly monotone relative to entropy: the equilibrium is unique and the iteration converges
/// linearly. The cross terms d_sᵀ(A_s − A_r) d_r are what breaks monotonicity; weighting player s by ω_s (1 − ω_s)
/// symmetrises λ_sr = ω_r / (1 − ω_s), so the bound holds for both kinds of [OpponentMixing]. Below Δ/2 there may be
/// several equilibria or none that the iteration finds: with `anneal` it is solved just above Δ/2 first and τ is
/// then lowered by halves, each solution starting the next (the path of quantal response equilibria); without, it
/// starts
/// from μ. Either way `converged` says whether the tolerance was met, and the best profile found is returned.
///
/// **One stakeholder** has no opponents. It then meets a copy of itself: the answer is the regularised population
/// equilibrium of its own preferences, unique for every τ > 0, and NashConv is what a deviation against that copy
/// gains.
///
/// Stateless.
///
/// @param tau KL weight τ > 0
/// @param anneal whether to come down from τ > Δ/2
/// @param mixing how the opponents are weighted
/// @param tolerance on max |π_s − BR_s|; NashConv, which is of second order in it, is held to 1e-12 besides
/// @param maxIterations mirror-prox steps at τ; each larger τ on the way down gets a tenth of that at most
public record StakeholderSolver(
        double tau, boolean anneal, OpponentMixing mixing, double tolerance, int maxIterations) {

    private static final double NASH_CONV = 1e-12;

    /// What an intermediate τ is solved to; it only has to be in the basin of the next.
    private static final double STAGE_TOLERANCE = 1e-4;

    private static final double COOLING = 0.5;

    /// Validates the settings.
    public StakeholderSolver {
        LogPolicies.requireTau(tau);
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; it must be positive");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("maxIterations is " + maxIterations + "; it must be at least 1");
        }
    }

    /// Anneals, uniform opponents, to 1e-12 within 100,000 steps.
    public static StakeholderSolver of(double tau) {
        return new StakeholderSolver(tau, true, OpponentMixing.UNIFORM, 1e-12, 100_000);
    }

    /// Solves one game among all its candidates.
    ///
    /// @param p preferences, shape (stakeholders, k, k)
    /// @param weights ω, non-negative, with a positive sum, shape (stakeholders)
    /// @param logReference log μ in nats, finite, shape (k); normalised here
    public StakeholderProfile solve(double[] p, int stakeholders, int k, double[] weights, double[] logReference) {
        Preferences.require(p, stakeholders, k);
        double[] omega = Preferences.normalise(weights, stakeholders);
        if (stakeholders == 1) {
            return alone(p, k, logReference);
        }
        double[] reference = LogPolicies.reference(logReference, k);
        double uniqueAbove = disagreement(p, stakeholders, k) / 2;
        var iteration =
                new MirrorProx(Skew.payoffs(p, stakeholders, k), mixing.matrix(omega), stakeholders, k, reference);
        double reachedTau = descend(iteration, uniqueAbove);
        double[] nashConv = iteration.nashConv(tau);
        double residual = iteration.residual(tau);
        double[] profile = iteration.profile();
        return new StakeholderProfile(
                profile,
                Strategies.mixture(profile, omega, k),
                nashConv,
                residual,
                new Regularisation(tau, reachedTau, uniqueAbove),
                iteration.steps(),
                reachedTau == tau && Strategies.max(nashConv) <= NASH_CONV);
    }

    /// Solves the game among the allowed candidates, with the reference conditioned on them; the others get exactly
    /// zero
    /// in every policy.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to return
    public StakeholderProfile solve(
            double[] p, int stakeholders, AllowedCandidates allowed, double[] weights, double[] logReference) {
        Preferences.requireSomeone(allowed);
        return solve(
                        allowed.restrictMatrices(p, stakeholders),
                        stakeholders,
                        allowed.count(),
                        weights,
                        allowed.restrict(logReference))
                .expand(allowed);
    }

    /// Δ = max |P_s\[i,j\] − P_r\[i,j\]| over stakeholders s ≠ r and pairs of candidates.
    public static double disagreement(double[] p, int stakeholders, int k) {
        double largest = 0;
        for (int n = 0; n < k * k; n++) {
            double low = p[n];
            double high = p[n];
            for (int s = 1; s < stakeholders; s++) {
                low = Math.min(low, p[s * k * k + n]);
                high = Math.max(high, p[s * k * k + n]);
            }
            largest = Math.max(largest, high - low);
        }
        return largest;
    }

    // the smallest τ whose stage met its tolerance, NaN if none did
    private double descend(MirrorProx iteration, double uniqueAbove) {
        double stage = anneal ? Math.max(tau, 1.02 * uniqueAbove) : tau;
        double reached = Double.NaN;
        while (stage > tau) {
            // a stage that does not get there is given up after its share of the steps: the target τ is what counts
            if (iteration.solve(stage, STAGE_TOLERANCE, iteration.steps() + maxIterations / 10)) {
                reached = stage;
            }
            stage = Math.max(tau, stage * COOLING);
        }
        return iteration.solve(tau, tolerance, iteration.steps() + maxIterations) ? tau : reached;
    }

    private StakeholderProfile alone(double[] p, int k, double[] logReference) {
        var solved = new RegularisedPopulationSolver(tau).solve(p, k, logReference);
        // gap_τ counts the deviations of both copies, NashConv that of one
        double nashConv = solved.gap() / 2;
        double residual = Math.sqrt(2 * Math.max(nashConv, 0) / tau); // Pinsker
        return new StakeholderProfile(
                solved.policy(),
                solved.policy().clone(),
                new double[] {nashConv},
                residual,
                new Regularisation(tau, solved.converged() ? tau : Double.NaN, 0),
                solved.iterations(),
                solved.converged());
    }
}
