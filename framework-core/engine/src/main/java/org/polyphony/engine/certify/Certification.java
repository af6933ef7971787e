package org.polyphony.engine.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.CertificateBucket;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.verify.BargainingCertificate;
import org.polyphony.verify.Certificate;
import org.polyphony.verify.Deployment;
import org.polyphony.verify.PopulationCertificate;
import org.polyphony.verify.PreferenceGame;
import org.polyphony.verify.StakeholderCertificate;
import org.polyphony.verify.Verifier;
import org.polyphony.verify.WelfareVerifier;

/// Decides what of an answer may be published, and what is proved of it. Every number is recomputed from
/// the game and the policy; nothing a solver claims is used, except to compare it.
public final class Certification {

    /// The largest residual (gap, or NashConv at the solution's tau) a certified policy may have, where tau
    /// is at most 1; see [#tolerance(double)].
    public static final double TOLERANCE = 1e-6;

    private static final String UNIFORM = "uniform";

    private static final Set<String> PROVABLE = Set.of(
            Formulation.POPULATION,
            Formulation.STAKEHOLDER,
            Formulation.CONSENSUS,
            Formulation.BARGAINING,
            Formulation.MAXMIN,
            Formulation.LEXIMIN,
            Formulation.GROUP_ROBUST);

    private static final Set<String> WITH_DUALS =
            Set.of(Formulation.BARGAINING, Formulation.MAXMIN, Formulation.LEXIMIN, Formulation.GROUP_ROBUST);

    private final SealedGames sealed;
    private final String formulation;
    private final String algorithm;
    private final boolean believable;
    private final Consumer<HeldBack> heldBack;

    private Certification(
            SealedGames sealed, String formulation, String algorithm, boolean believable, Consumer<HeldBack> heldBack) {
        this.sealed = sealed;
        this.formulation = formulation;
        this.algorithm = algorithm;
        this.believable = believable;
        this.heldBack = heldBack;
    }

    /// Whether the engine can prove solutions of this formulation; of others it can say that they are
    /// policies.
    public static boolean proves(String formulation) {
        return PROVABLE.contains(formulation);
    }

    static boolean needsDuals(String formulation) {
        return WITH_DUALS.contains(formulation);
    }

    /// The largest residual of a certified policy: values of a game regularised at tau grow with tau, and
    /// so does the rounding of what solvers compute.
    public static double tolerance(double tau) {
        return TOLERANCE * Math.max(1, tau);
    }

    /// What may be published of a solution, with certificates. The result holds copies only. A row that is
    /// no policy of its game, and a result that the verifier rejects, are marked as refused in it, see
    /// [Standing].
    ///
    /// @param heldBack told about each of them
    /// @throws AlignmentException with code `PLUGIN_FAILED` if shapes or types do not fit the games, or the
    ///     games are no longer what was sealed
    public static CertifiedSolution certify(
            SealedGames games,
            String formulation,
            String algorithm,
            PolicySolution solution,
            Consumer<HeldBack> heldBack) {
        // a policy fitted as a function of features is not claimed to solve each game
        boolean believable = solution.policy().isEmpty() && proves(formulation);
        return new Certification(games, formulation, algorithm, believable, heldBack).certify(solution);
    }

    /// The same of policies that nobody claims to solve these games: nothing is rejected for what it leaves
    /// to gain.
    public static CertifiedSolution measure(
            SealedGames games,
            String formulation,
            String algorithm,
            PolicySolution solution,
            Consumer<HeldBack> heldBack) {
        return new Certification(games, formulation, algorithm, false, heldBack).certify(solution);
    }

    /// Makes sure that an answer has the shapes and types that its games ask for, where nothing of it is
    /// published but the policy it comes with.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED`
    public static void requireShapes(
            PreferenceGames games, String formulation, String algorithm, PolicySolution solution) {
        PolicyCheck.of(games, formulation, algorithm, solution);
    }

    private CertifiedSolution certify(PolicySolution solution) {
        var certificates = new ArrayList<CertificateBucket>();
        var buckets = new ArrayList<SolutionBucket>();
        int first = 0;
        for (var answer : PolicyCheck.of(sealed.games(), formulation, algorithm, solution)) {
            certificates.add(certify(first, answer));
            first += answer.games();
            buckets.add(answer.bucket());
        }
        return new CertifiedSolution(
                formulation, algorithm, new PolicySolution(buckets, solution.policy()), certificates);
    }

    /// The uniform policy over the allowed candidates, certified: what there is before any alignment.
    public static CertifiedSolution uniform(PreferenceGames games) {
        var buckets = new ArrayList<SolutionBucket>();
        int n = 0;
        for (var bucket : games.buckets()) {
            int b = bucket.games();
            var logs = Tensor.ofDoubles(new double[b * bucket.candidates()], b, bucket.candidates())
                    .fill(Double.NEGATIVE_INFINITY);
            var refused = new byte[b];
            for (int g = 0; g < b; g++) {
                int[] allowed = games.game(n++).allowed();
                refused[g] = (byte) (allowed.length == 0 ? 1 : 0);
                var row = logs.slice(g, 1);
                for (int i : allowed) {
                    row.setDouble(i, -Math.log(allowed.length));
                }
            }
            buckets.add(SolutionBucket.of(
                    logs,
                    Tensor.ofDoubles(new double[b], b),
                    Tensor.ofInts(new int[b], b),
                    Tensor.ofBytes(new byte[b], b),
                    Tensor.ofBytes(refused, b)));
        }
        return certify(SealedGames.of(games), UNIFORM, UNIFORM, PolicySolution.of(buckets), _ -> {});
    }

    /// @param first the number of the bucket's first game
    private CertificateBucket certify(int first, PolicyCheck answer) {
        var rows = new Rows(answer.games(), sealed.games().stakeholders().size());
        for (int g = 0; g < answer.games(); g++) {
            var game = sealed.copy(first + g);
            if (!sealed.holds(game, first + g)) {
                throw new AlignmentException(
                        StandardErrorCode.PLUGIN_FAILED,
                        "the games lent to algorithm '" + algorithm
                                + "' were rewritten in memory; its author must fix it");
            }
            var breach = answer.refuses(g) ? Optional.<String>empty() : answer.breach(game, g);
            if (breach.isPresent()) {
                heldBack.accept(new HeldBack(first + g, HeldBack.BROKEN, breach.get()));
                answer.withhold(g);
                rows.refuse(g, true);
            } else if (answer.refuses(g)) {
                refusal(first, g, allowedCount(game), answer, rows);
            } else {
                var certificate = certificate(game, answer, g);
                rows.put(g, certificate, formulation, answer);
                if (contradicted(answer, g) && !rows.accepted(g)) {
                    heldBack.accept(new HeldBack(first + g, HeldBack.REJECTED, why(certificate, answer.tau(g))));
                    answer.withhold(g);
                    rows.reject(g);
                }
            }
        }
        return rows.bucket();
    }

    // without duals a consensus is neither proved nor refuted
    private boolean contradicted(PolicyCheck answer, int g) {
        return believable
                && answer.claimsConvergence(g)
                && (answer.hasDuals() || !formulation.equals(Formulation.CONSENSUS));
    }

    private void refusal(int first, int g, int allowed, PolicyCheck answer, Rows rows) {
        answer.withhold(g);
        rows.refuse(g, allowed == 0);
        if (allowed > 0) {
            heldBack.accept(new HeldBack(
                    first + g, HeldBack.REJECTED, "it refused although " + allowed + " candidates may be played"));
        }
    }

    private static String why(Certificate certificate, double tau) {
        String found;
        if (!certificate.valid()) {
            found = certificate.violations().getFirst().message();
        } else if (certificate.proves(tolerance(tau))) {
            found = "the deployed policy is not the weighted mixture of its profile";
        } else {
            found = "the verified residual is " + certificate.residual() + ", above " + tolerance(tau)
                    + (tau > 0 ? " at tau " + tau : "");
        }
        return "it says that it converged, and " + found;
    }

    private Certificate certificate(PreferenceGame game, PolicyCheck answer, int g) {
        var policy = answer.policy(g);
        double tau = answer.tau(g);
        return switch (formulation) {
            case Formulation.STAKEHOLDER -> Verifier.stakeholder(game, answer.profile(g), tau);
            case Formulation.CONSENSUS ->
                answer.hasDuals()
                        ? Verifier.consensus(game, policy, answer.duals(g, 0))
                        : Verifier.consensus(game, policy);
            case Formulation.BARGAINING -> bargaining(game, policy, tau, answer.duals(g, 0));
            case Formulation.MAXMIN -> WelfareVerifier.maxmin(game, policy, tau, answer.duals(g, 0));
            case Formulation.LEXIMIN ->
                WelfareVerifier.leximin(
                        game,
                        policy,
                        IntStream.range(0, game.stakeholders())
                                .mapToObj(level -> answer.duals(g, level))
                                .toList());
            case Formulation.GROUP_ROBUST -> WelfareVerifier.groupRobust(game, policy, tau, answer.duals(g, 0));
            case Formulation.POPULATION -> Verifier.population(game, policy, tau);
            // what the engine does not know is described: what it means to each stakeholder, no gap of another game
            default -> Verifier.population(game, policy, 0);
        };
    }

    // bargaining power may be equal or the charter's weights: whichever the policy solves
    private static BargainingCertificate bargaining(
            PreferenceGame game, double[] policy, double tau, double[][] duals) {
        var equal = new double[game.stakeholders()];
        Arrays.fill(equal, 1);
        var certificate = WelfareVerifier.bargaining(game, policy, tau, equal, duals);
        if (!certificate.valid() || certificate.proves(tolerance(tau))) {
            return certificate;
        }
        var weights = new double[game.stakeholders()];
        Arrays.setAll(weights, game::weight);
        var weighted = WelfareVerifier.bargaining(game, policy, tau, weights, duals);
        return weighted.proves(tolerance(tau)) ? weighted : certificate;
    }

    private static int allowedCount(PreferenceGame game) {
        int count = 0;
        for (int i = 0; i < game.candidates(); i++) {
            count += game.allowed(i) ? 1 : 0;
        }
        return count;
    }

    /// The columns of a certificate bucket while they are filled.
    private static final class Rows {

        // e^log π rounds: a deployed mixture and the mixture of the profile agree to this
        private static final double MIXTURE_TOLERANCE = 1e-9;

        private final int stakeholders;
        private final double[] gap;
        private final double[] gapTau;
        private final double[] nashConv;
        private final double[] unilateralGain;
        private final double[] utility;
        private final double[] delta;
        private final byte[] unique;
        private final byte[] accepted;

        Rows(int games, int stakeholders) {
            this.stakeholders = stakeholders;
            gap = filled(games);
            gapTau = filled(games);
            delta = filled(games);
            nashConv = filled(games * stakeholders);
            unilateralGain = filled(games * stakeholders);
            utility = filled(games * stakeholders);
            unique = new byte[games];
            accepted = new byte[games];
        }

        void refuse(int g, boolean rightly) {
            accepted[g] = (byte) (rightly ? 1 : 0);
        }

        boolean accepted(int g) {
            return accepted[g] == 1;
        }

        /// Keeps what the verifier found wrong; what the policy would mean to anybody goes with the policy.
        void reject(int g) {
            accepted[g] = 0;
            for (var perStakeholder : List.of(nashConv, unilateralGain, utility)) {
                Arrays.fill(perStakeholder, g * stakeholders, (g + 1) * stakeholders, Double.NaN);
            }
        }

        void put(int g, Certificate certificate, String formulation, PolicyCheck answer) {
            double tolerance = tolerance(answer.tau(g));
            deployed(g, certificate.deployment());
            if (!proves(formulation)) {
                accepted[g] = flag(certificate.valid());
                return;
            }
            boolean proved = certificate.proves(tolerance);
            switch (certificate) {
                case PopulationCertificate population -> {
                    gap[g] = population.gap();
                    gapTau[g] = population.gapTau();
                }
                case StakeholderCertificate profile -> {
                    gap[g] = sum(profile.unilateralGain());
                    gapTau[g] = sum(profile.nashConv());
                    delta[g] = profile.delta();
                    unique[g] = flag(profile.uniqueGuaranteed());
                    copy(profile.nashConv(), nashConv, g);
                    proved = proved
                            && largestDifference(profile.deployment().policy(), answer.policy(g)) <= MIXTURE_TOLERANCE;
                }
                default -> {
                    // a gap between what a policy attains and what is proved possible; infinite where nothing is
                    gap[g] = certificate.residual() < Double.POSITIVE_INFINITY ? certificate.residual() : Double.NaN;
                    gapTau[g] = gap[g];
                }
            }
            accepted[g] = flag(proved);
        }

        CertificateBucket bucket() {
            int n = gap.length;
            return new CertificateBucket(
                    Tensor.ofDoubles(gap, n),
                    Tensor.ofDoubles(gapTau, n),
                    Tensor.ofDoubles(nashConv, n, stakeholders),
                    Tensor.ofDoubles(unilateralGain, n, stakeholders),
                    Tensor.ofDoubles(utility, n, stakeholders),
                    Tensor.ofDoubles(delta, n),
                    Tensor.ofBytes(unique, n),
                    Tensor.ofBytes(accepted, n));
        }

        private void deployed(int g, Deployment deployment) {
            copy(deployment.unilateralGain(), unilateralGain, g);
            copy(deployment.utility(), utility, g);
        }

        private void copy(List<Double> values, double[] into, int g) {
            for (int s = 0; s < values.size(); s++) {
                into[g * stakeholders + s] = values.get(s);
            }
        }

        private static double sum(List<Double> values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum;
        }

        private static double largestDifference(List<Double> a, double[] b) {
            double largest = 0;
            for (int i = 0; i < b.length; i++) {
                largest = Math.max(largest, Math.abs(a.get(i) - b[i]));
            }
            return largest;
        }

        private static byte flag(boolean value) {
            return (byte) (value ? 1 : 0);
        }

        private static double[] filled(int n) {
            var values = new double[n];
            Arrays.fill(values, Double.NaN);
            return values;
        }
    }
}
