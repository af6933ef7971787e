package org.polyphony.plugin.evaluator.preferences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.ConsensusSolver;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.StakeholderSolver;
import org.polyphony.plugin.evaluator.preferences.fit.DeployedProfiles;
import org.polyphony.plugin.evaluator.preferences.fit.PartWins;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.preferences.JudgmentPairs;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.spi.alignment.CertificateBucket;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.GameEvidence;
import org.polyphony.spi.evaluation.JudgedEvidence;
import org.polyphony.spi.evaluation.Replica;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.Tensor;

/// Finished studies made from judgments: groups shrunk with one strength, the three formulations solved.
final class Studies {
    private Studies() {}

    static EvaluationRequest of(
            Judgments judgments,
            byte[] training,
            String attribute,
            double shrinkage,
            double tau,
            Optional<GroundTruth> truth,
            Optional<String> partition) {
        List<String> seats = judgments
                .judges()
                .attributes()
                .get(judgments.judges().attribute(attribute))
                .levels();
        List<PreferenceBucket> estimates =
                estimates(judgments, fit(judgments, training, attribute, seats.size(), shrinkage), seats.size());
        List<GameBucket> games = games(judgments, estimates);
        double[] weights = new double[seats.size()];
        Arrays.fill(weights, 1.0 / weights.length);
        Tensor equal = Tensor.ofDoubles(weights, weights.length);
        PreferenceGames posed = PreferenceGames.of(seats, equal, games);
        var counted = new double[training.length];
        Arrays.setAll(counted, n -> training[n]);
        var judged = JudgedEvidence.of(
                        judgments, Tensor.ofDoubles(counted, counted.length), Seating.of(attribute, seats))
                .withProfiles(Artefact.of(
                        DeployedProfiles.BUILT_IN,
                        1,
                        Map.of("model", "bradley-terry", "shrinkage", Double.toString(shrinkage)),
                        Map.of()));
        Replica half = half(judgments, attribute, seats, equal, shrinkage, tau);
        return EvaluationRequest.of(judgments.candidates())
                .withJudged(judged)
                .withGames(GameEvidence.of(PreferenceEstimate.ofSeats(seats, estimates), posed, solved(posed, tau))
                        .withReplicas(List.of(half)))
                .withTruth(truth)
                .withPartition(partition);
    }

    private static List<CertifiedSolution> solved(PreferenceGames games, double tau) {
        return List.of(
                solve(Formulation.POPULATION, games, tau),
                solve(Formulation.STAKEHOLDER, games, tau),
                solve(Formulation.CONSENSUS, games, tau));
    }

    private static List<PreferenceBucket> estimates(Judgments judgments, StrengthsModel model, int s) {
        Map<Integer, List<Integer>> byCount = new TreeMap<>();
        for (int item = 0; item < judgments.candidates().items().size(); item++) {
            byCount.computeIfAbsent(judgments.candidates().count(item), k -> new ArrayList<>())
                    .add(item);
        }
        List<PreferenceBucket> estimates = new ArrayList<>();
        byCount.forEach((k, items) -> {
            int b = items.size();
            double[] p = new double[b * s * k * k];
            for (int at = 0; at < b; at++) {
                System.arraycopy(model.tensor(items.get(at)), 0, p, at * s * k * k, s * k * k);
            }
            Tensor zeros = Tensor.ofDoubles(new double[p.length], b, s, k, k);
            estimates.add(PreferenceBucket.of(
                    Tensor.ofInts(items.stream().mapToInt(Integer::intValue).toArray(), b),
                    Tensor.ofDoubles(p, b, s, k, k),
                    zeros,
                    zeros));
        });
        return estimates;
    }

    private static List<GameBucket> games(Judgments judgments, List<PreferenceBucket> estimates) {
        List<GameBucket> games = new ArrayList<>();
        for (PreferenceBucket bucket : estimates) {
            int b = Math.toIntExact(bucket.items().size());
            int k = bucket.candidates();
            byte[] allowed = new byte[b * k];
            for (int at = 0; at < b; at++) {
                int first = judgments.candidates().first(bucket.items().getInt(at));
                for (int i = 0; i < k; i++) {
                    allowed[at * k + i] =
                            (byte) (1 - judgments.candidates().declaredUnsafe().getByte(first + i));
                }
            }
            games.add(GameBucket.of(bucket.items(), bucket.p()).withAllowed(Tensor.ofBytes(allowed, b, k)));
        }
        return games;
    }

    /// The same study from the judges of the training half.
    private static Replica half(
            Judgments judgments, String attribute, List<String> seats, Tensor weights, double shrinkage, double tau) {
        byte[] training = new byte[judgments.count()];
        double[] counted = new double[training.length];
        for (int n = 0; n < training.length; n++) {
            training[n] = (byte) (1 - JudgeSplit.half(judgments.judges().ids().get(judgments.judge(n))));
            counted[n] = training[n];
        }
        List<PreferenceBucket> estimates =
                estimates(judgments, fit(judgments, training, attribute, seats.size(), shrinkage), seats.size());
        return Replica.half(
                Tensor.ofDoubles(counted, counted.length),
                judgments.candidates().items().size(),
                PreferenceEstimate.ofSeats(seats, estimates),
                solved(PreferenceGames.of(seats, weights, games(judgments, estimates)), tau));
    }

    private static StrengthsModel fit(
            Judgments judgments, byte[] training, String attribute, int seats, double shrinkage) {
        int column = judgments.judges().attribute(attribute);
        Pairs pairs = JudgmentPairs.of(judgments, seats, n -> judgments.level(n, column), n -> training[n])
                .pairs();
        return PartWins.of(pairs, new int[pairs.judges()], 1, pairs.groupOfRow(), Ties.HALF)
                .fit(part -> true, 0.3, shrinkage);
    }

    private static CertifiedSolution solve(String formulation, PreferenceGames games, double tau) {
        List<SolutionBucket> solutions = new ArrayList<>();
        List<CertificateBucket> certificates = new ArrayList<>();
        for (GameBucket bucket : games.buckets()) {
            int b = bucket.games();
            int s = bucket.stakeholders();
            int k = bucket.candidates();
            double[] log = new double[b * k];
            double[] logProfile = new double[b * s * k];
            double[] taus = new double[b];
            byte[] refused = new byte[b];
            double[] gain = new double[b * s];
            double[] utility = new double[b * s];
            double[] nashConv = new double[b * s];
            double[] delta = new double[b];
            byte[] unique = new byte[b];
            Arrays.fill(log, Double.NEGATIVE_INFINITY);
            for (int at = 0; at < b; at++) {
                boolean[] mask = new boolean[k];
                for (int i = 0; i < k; i++) {
                    mask[i] = bucket.allowed().getByte((long) at * k + i) != 0;
                }
                AllowedCandidates allowed = AllowedCandidates.of(mask);
                refused[at] = (byte) (allowed.isEmpty() ? 1 : 0);
                if (allowed.isEmpty()) {
                    continue;
                }
                double[] p = bucket.p().toDoubles((long) at * s * k * k, s * k * k);
                double[] weights = games.weights().toDoubles();
                double[] policy;
                if (formulation.equals(Formulation.POPULATION)) {
                    policy = new PopulationSolver()
                            .solve(Preferences.mix(p, s, k, weights), allowed)
                            .policy();
                } else if (formulation.equals(Formulation.CONSENSUS)) {
                    policy = new ConsensusSolver().solve(p, s, allowed).policy();
                } else {
                    var profile = StakeholderSolver.of(tau).solve(p, s, allowed, weights, new double[k]);
                    policy = profile.deployed();
                    taus[at] = tau;
                    unique[at] = (byte) (profile.regularisation().uniqueGuaranteed() ? 1 : 0);
                    System.arraycopy(profile.nashConv(), 0, nashConv, at * s, s);
                    for (int i = 0; i < s * k; i++) {
                        logProfile[at * s * k + i] = Math.log(profile.profile()[i]);
                    }
                }
                delta[at] = StakeholderSolver.disagreement(allowed.restrictMatrices(p, s), s, allowed.count());
                for (int i = 0; i < k; i++) {
                    log[at * k + i] = Math.log(policy[i]);
                }
                certify(p, s, allowed, policy, gain, utility, at);
            }
            SolutionBucket solution = SolutionBucket.of(
                    Tensor.ofDoubles(log, b, k),
                    Tensor.ofDoubles(taus, b),
                    Tensor.ofInts(new int[b], b),
                    Tensor.ofBytes(new byte[b], b),
                    Tensor.ofBytes(refused, b));
            solutions.add(
                    formulation.equals(Formulation.STAKEHOLDER)
                            ? solution.withProfile(Tensor.ofDoubles(logProfile, b, s, k))
                            : solution);
            certificates.add(new CertificateBucket(
                    Tensor.ofDoubles(new double[b], b),
                    Tensor.ofDoubles(new double[b], b),
                    new CertificateBucket.Equilibrium(
                            Tensor.ofDoubles(nashConv, b, s), Tensor.ofDoubles(delta, b), Tensor.ofBytes(unique, b)),
                    new CertificateBucket.Deployment(Tensor.ofDoubles(gain, b, s), Tensor.ofDoubles(utility, b, s)),
                    Tensor.ofBytes(new byte[b], b)));
        }
        return new CertifiedSolution(formulation, "test", PolicySolution.of(solutions), certificates);
    }

    private static void certify(
            double[] p,
            int seats,
            AllowedCandidates allowed,
            double[] policy,
            double[] gain,
            double[] utility,
            int at) {
        int k = allowed.size();
        for (int s = 0; s < seats; s++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int a = 0; a < allowed.count(); a++) {
                int i = allowed.index(a);
                double against = 0;
                for (int j = 0; j < k; j++) {
                    against += (p[(s * k + i) * k + j] - 0.5) * policy[j];
                    utility[at * seats + s] += policy[j] * p[(s * k + j) * k + i] / allowed.count();
                }
                largest = Math.max(largest, against);
            }
            gain[at * seats + s] = largest;
        }
    }
}
