package org.polyphony.engine.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.polyphony.spi.alignment.CertificateBucket;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.verify.Certificate;
import org.polyphony.verify.Certifier;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Claim;
import org.polyphony.verify.PreferenceGame;

/// Decides what of an answer may be published, and what is proved of it. Every number is recomputed from
/// the game and the policy; nothing a solver claims is used, except to compare it.
public final class Certification {

    private static final String UNIFORM = "uniform";

    private final SealedGames sealed;
    private final String formulation;
    private final Optional<Certifier> certifier;
    private final String algorithm;
    private final boolean believable;
    private final Consumer<HeldBack> heldBack;

    private Certification(
            SealedGames sealed, String formulation, String algorithm, boolean believable, Consumer<HeldBack> heldBack) {
        this.sealed = sealed;
        this.formulation = formulation;
        certifier = Certifiers.of(formulation);
        this.algorithm = algorithm;
        this.believable = believable;
        this.heldBack = heldBack;
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
        boolean believable = solution.policy().isEmpty();
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
                var claim = answer.claim(g);
                var certificate = certifier
                        .map(known -> known.certify(game, claim))
                        .orElseGet(() -> Certificate.described(game, claim.policy()));
                rows.put(g, certificate, accepted(certificate, claim));
                if (contradicted(answer, g) && !rows.accepted(g)) {
                    heldBack.accept(new HeldBack(first + g, HeldBack.REJECTED, why(certificate, answer.tau(g))));
                    answer.withhold(g);
                    rows.reject(g);
                }
            }
        }
        return rows.bucket();
    }

    // of a formulation that nobody can prove there is nothing to accept but that it is a policy
    private boolean accepted(Certificate certificate, Claim claim) {
        return certifier.isEmpty()
                ? certificate.valid()
                : certificate.proves(Certificate.tolerance(claim.tau())) && certificate.speaksOf(claim.policy());
    }

    private boolean contradicted(PolicyCheck answer, int g) {
        return believable
                && answer.claimsConvergence(g)
                && certifier
                        .filter(known -> !known.evidenceOptional() || answer.hasDuals())
                        .isPresent();
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
        } else if (certificate.proves(Certificate.tolerance(tau))) {
            found = "the deployed policy is not the weighted mixture of its profile";
        } else {
            found = "the verified residual is " + certificate.residual() + ", above " + Certificate.tolerance(tau)
                    + (tau > 0 ? " at tau " + tau : "");
        }
        return "it says that it converged, and " + found;
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

        void put(int g, Certificate certificate, boolean proved) {
            gap[g] = certificate.gap();
            gapTau[g] = certificate.gapTau();
            certificate.equilibrium().ifPresent(profile -> {
                delta[g] = profile.delta();
                unique[g] = flag(profile.uniqueGuaranteed());
                copy(profile.nashConv(), nashConv, g);
            });
            copy(certificate.deployment().unilateralGain(), unilateralGain, g);
            copy(certificate.deployment().utility(), utility, g);
            accepted[g] = flag(proved);
        }

        CertificateBucket bucket() {
            int n = gap.length;
            return new CertificateBucket(
                    Tensor.ofDoubles(gap, n),
                    Tensor.ofDoubles(gapTau, n),
                    new CertificateBucket.Equilibrium(
                            Tensor.ofDoubles(nashConv, n, stakeholders),
                            Tensor.ofDoubles(delta, n),
                            Tensor.ofBytes(unique, n)),
                    new CertificateBucket.Deployment(
                            Tensor.ofDoubles(unilateralGain, n, stakeholders),
                            Tensor.ofDoubles(utility, n, stakeholders)),
                    Tensor.ofBytes(accepted, n));
        }

        private void copy(List<Double> values, double[] into, int g) {
            for (int s = 0; s < values.size(); s++) {
                into[g * stakeholders + s] = values.get(s);
            }
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
