package org.polyphony.engine.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.polyphony.spi.alignment.CertificateBucket;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
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

/// Certifies solutions: every number is recomputed from the game and the policy; nothing a solver claims is
/// used.
public final class Certification {

    /// The largest residual (gap, or NashConv at the solution's tau) an accepted policy may have.
    public static final double TOLERANCE = 1e-6;

    private static final String UNIFORM = "uniform";

    private Certification() {}

    /// A solution with its certificates.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if the solution's shapes do not fit the games
    public static CertifiedSolution certify(
            PreferenceGames games, String formulation, String algorithm, PolicySolution solution) {
        if (solution.buckets().size() != games.buckets().size()) {
            throw mismatch(
                    algorithm,
                    games.buckets().size() + " buckets",
                    solution.buckets().size() + "");
        }
        var certificates = new ArrayList<CertificateBucket>();
        for (int b = 0; b < games.buckets().size(); b++) {
            certificates.add(certify(
                    games,
                    games.buckets().get(b),
                    formulation,
                    algorithm,
                    solution.buckets().get(b)));
        }
        return new CertifiedSolution(formulation, algorithm, solution, certificates);
    }

    /// The uniform policy over the allowed candidates, certified: what there is before any alignment.
    public static CertifiedSolution uniform(PreferenceGames games) {
        var buckets = new ArrayList<SolutionBucket>();
        for (var bucket : games.buckets()) {
            int k = bucket.candidates();
            var log = new double[bucket.games() * k];
            Arrays.fill(log, Double.NEGATIVE_INFINITY);
            var refused = new byte[bucket.games()];
            for (int g = 0; g < refused.length; g++) {
                int count = 0;
                for (int i = 0; i < k; i++) {
                    count += bucket.allowed().getByte((long) g * k + i);
                }
                refused[g] = (byte) (count == 0 ? 1 : 0);
                for (int i = 0; i < k; i++) {
                    if (bucket.allowed().getByte((long) g * k + i) == 1) {
                        log[g * k + i] = -Math.log(count);
                    }
                }
            }
            int n = refused.length;
            buckets.add(SolutionBucket.of(
                    Tensor.ofDoubles(log, n, k),
                    Tensor.ofDoubles(new double[n], n),
                    Tensor.ofInts(new int[n], n),
                    Tensor.ofBytes(new byte[n], n),
                    Tensor.ofBytes(refused, n)));
        }
        return certify(games, UNIFORM, UNIFORM, PolicySolution.of(buckets));
    }

    private static CertificateBucket certify(
            PreferenceGames games, GameBucket bucket, String formulation, String algorithm, SolutionBucket answer) {
        int n = bucket.games();
        int s = bucket.stakeholders();
        int k = bucket.candidates();
        requireSize(algorithm, "logPolicy", answer.logPolicy(), (long) n * k);
        answer.profile().ifPresent(profile -> requireSize(algorithm, "profile", profile, (long) n * s * k));
        int levels = formulation.equals(Formulation.LEXIMIN) ? s : 1;
        answer.duals().ifPresent(duals -> requireSize(algorithm, "duals", duals, (long) n * levels * s * k));
        for (var column : List.of(answer.tau(), answer.iterations(), answer.converged(), answer.refused())) {
            requireSize(algorithm, "a column", column, n);
        }
        var rows = new Rows(n, s);
        for (int g = 0; g < n; g++) {
            var game = game(games, bucket, g);
            if (answer.refused().getByte(g) == 1) {
                rows.refuse(g, allowedCount(game) == 0);
                continue;
            }
            var policy = LogPolicies.probabilities(answer.logPolicy(), (long) g * k, k);
            double tau = answer.tau().getDouble(g);
            switch (formulation) {
                case Formulation.STAKEHOLDER -> {
                    var logProfile = answer.profile().orElseThrow(() -> mismatch(algorithm, "a profile", "none"));
                    rows.put(g, Verifier.stakeholder(game, matrix(logProfile, g, s, k, true), tau), policy);
                }
                case Formulation.CONSENSUS ->
                    rows.put(
                            g,
                            answer.duals().isPresent()
                                    ? Verifier.consensus(
                                            game, policy, matrix(answer.duals().get(), g, s, k, false))
                                    : Verifier.consensus(game, policy));
                case Formulation.POPULATION -> rows.put(g, Verifier.population(game, policy, tau), true);
                case Formulation.BARGAINING ->
                    rows.put(g, bargaining(game, policy, tau, matrix(duals(answer, algorithm), g, s, k, false)));
                case Formulation.MAXMIN ->
                    rows.put(
                            g,
                            WelfareVerifier.maxmin(
                                    game, policy, tau, matrix(duals(answer, algorithm), g, s, k, false)));
                case Formulation.LEXIMIN -> {
                    var proofs = new ArrayList<double[][]>();
                    for (int level = 0; level < s; level++) {
                        proofs.add(matrix(duals(answer, algorithm), g * s + level, s, k, false));
                    }
                    rows.put(g, WelfareVerifier.leximin(game, policy, proofs));
                }
                case Formulation.GROUP_ROBUST ->
                    rows.put(
                            g,
                            WelfareVerifier.groupRobust(
                                    game, policy, tau, matrix(duals(answer, algorithm), g, s, k, false)));
                // what the engine does not know is described, not accepted as an equilibrium of anything
                default -> rows.put(g, Verifier.population(game, policy, 0), false);
            }
        }
        return rows.bucket();
    }

    // bargaining power may be equal or the charter's weights: whichever the policy solves
    private static BargainingCertificate bargaining(
            PreferenceGame game, double[] policy, double tau, double[][] duals) {
        var equal = new double[game.stakeholders()];
        Arrays.fill(equal, 1);
        var certificate = WelfareVerifier.bargaining(game, policy, tau, equal, duals);
        if (!certificate.valid() || certificate.proves(TOLERANCE)) {
            return certificate;
        }
        var weights = new double[game.stakeholders()];
        Arrays.setAll(weights, game::weight);
        var weighted = WelfareVerifier.bargaining(game, policy, tau, weights, duals);
        return weighted.proves(TOLERANCE) ? weighted : certificate;
    }

    private static Tensor duals(SolutionBucket answer, String algorithm) {
        return answer.duals().orElseThrow(() -> mismatch(algorithm, "duals", "none"));
    }

    private static PreferenceGame game(PreferenceGames games, GameBucket bucket, int g) {
        int s = bucket.stakeholders();
        int k = bucket.candidates();
        var game = PreferenceGame.of(s, k, bucket.p().toDoubles((long) g * s * k * k, s * k * k))
                .withWeights(games.weights().toDoubles());
        var allowed = new boolean[k];
        for (int i = 0; i < k; i++) {
            allowed[i] = bucket.allowed().getByte((long) g * k + i) == 1;
        }
        game = game.withAllowed(allowed);
        return bucket.reference().isPresent()
                ? game.withReference(
                        LogPolicies.probabilities(bucket.reference().get(), (long) g * k, k))
                : game;
    }

    private static int allowedCount(PreferenceGame game) {
        int count = 0;
        for (int i = 0; i < game.candidates(); i++) {
            count += game.allowed(i) ? 1 : 0;
        }
        return count;
    }

    private static double[][] matrix(Tensor tensor, int g, int s, int k, boolean logarithms) {
        var rows = new double[s][];
        for (int r = 0; r < s; r++) {
            long from = ((long) g * s + r) * k;
            rows[r] = logarithms ? LogPolicies.probabilities(tensor, from, k) : tensor.toDoubles(from, k);
        }
        return rows;
    }

    private static void requireSize(String algorithm, String what, Tensor tensor, long size) {
        if (tensor.size() != size) {
            throw mismatch(algorithm, what + " of " + size + " elements", tensor.toString());
        }
    }

    private static AlignmentException mismatch(String algorithm, String wanted, String got) {
        return new AlignmentException(
                StandardErrorCode.PLUGIN_FAILED,
                "algorithm '" + algorithm + "' answered " + got + " where " + wanted
                        + " is needed; its author must fix it");
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

        void put(int g, PopulationCertificate certificate, boolean equilibrium) {
            gap[g] = certificate.gap();
            gapTau[g] = certificate.gapTau();
            deployed(g, certificate.deployment());
            accepted[g] = flag(equilibrium ? certificate.proves(TOLERANCE) : certificate.valid());
        }

        void put(int g, StakeholderCertificate certificate, double[] deployed) {
            gap[g] = sum(certificate.unilateralGain());
            gapTau[g] = sum(certificate.nashConv());
            delta[g] = certificate.delta();
            unique[g] = flag(certificate.uniqueGuaranteed());
            copy(certificate.nashConv(), nashConv, g);
            deployed(g, certificate.deployment());
            boolean mixture = certificate.valid()
                    && largestDifference(certificate.deployment().policy(), deployed) <= MIXTURE_TOLERANCE;
            accepted[g] = flag(certificate.proves(TOLERANCE) && mixture);
        }

        /// One whose residual is a gap between what a policy attains and what is proved possible.
        void put(int g, Certificate certificate) {
            // infinite where nothing at all is proved
            double residual = certificate.residual() < Double.POSITIVE_INFINITY ? certificate.residual() : Double.NaN;
            gap[g] = residual;
            gapTau[g] = residual;
            deployed(g, certificate.deployment());
            accepted[g] = flag(certificate.proves(TOLERANCE));
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
