package org.polyphony.spi.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.SeatSupport;

/// Small finished studies, for what looks at results. Policies are simple ones (uniform, and each seat's
/// favourite), their certificates the true figures of those policies.
public final class TestStudies {

    private static final Seating SEATING = Seating.of("group", List.of("nurse", "patient"));

    private TestStudies() {}

    /// A study of two seats, `nurse` and `patient` of attribute `group`, about 12 items in two arms, with
    /// one judgment in four held out.
    public static EvaluationRequest study(long seed) {
        return study(seed, 600, 4);
    }

    /// The same with this many judgments drawn and the last of every `heldOut` held out; none if 0.
    public static EvaluationRequest study(long seed, int drawn, int heldOut) {
        var candidates = TestJudgments.candidates(3, 2, 4, 3, 2, 4, 3, 3, 4, 2, 3, 4)
                .withItemAttribute("arm", List.of("a", "a", "b", "b", "a", "a", "b", "b", "a", "a", "b", "b"));
        var judgments = TestJudgments.random(seed, candidates, 20, drawn, "nurse", "patient");
        var training = TestJudgments.training(judgments.count(), heldOut);
        var estimate = winShares(judgments, training, SEATING);
        var games = games(estimate);
        var judged = JudgedEvidence.of(judgments, training, SEATING)
                .withProfiles(Artefact.of("polyphony.testkit.profiles", 1, Map.of(), Map.of()));
        return EvaluationRequest.of(candidates)
                .withJudged(judged)
                .withGames(GameEvidence.of(estimate, games, List.of(uniform(games), favourites(games))));
    }

    /// Preferences as smoothed shares of the training comparisons each seat made: (wins + 1) / (comparisons
    ///  + 2).
    public static PreferenceEstimate winShares(Judgments judgments, Tensor training, Seating seating) {
        var candidates = judgments.candidates();
        var byCount = new TreeMap<Integer, List<Integer>>();
        for (int b = 0; b < candidates.items().size(); b++) {
            byCount.computeIfAbsent(candidates.count(b), _ -> new ArrayList<>()).add(b);
        }
        var buckets = new ArrayList<PreferenceBucket>();
        byCount.forEach((k, items) -> buckets.add(bucket(judgments, training, seating, k, items)));
        var support = SeatSupport.of(FitRequest.of(judgments, training, seating), seating.seats(judgments));
        var blends = seating.ids().stream()
                .map(Viewpoint::ofSeat)
                .map(support::blend)
                .toList();
        return PreferenceEstimate.of(blends, buckets);
    }

    /// Games of these preferences among seats of equal weight, every candidate allowed.
    public static PreferenceGames games(PreferenceEstimate estimate) {
        int s = estimate.viewpoints().size();
        var weights = new double[s];
        Arrays.fill(weights, 1.0 / s);
        var buckets = estimate.pairs().stream()
                .map(bucket -> GameBucket.of(bucket.items(), bucket.p()))
                .toList();
        return PreferenceGames.of(estimate.viewpoints(), Tensor.ofDoubles(weights, s), buckets);
    }

    /// The uniform policy, passed off as a solution of the population game.
    public static CertifiedSolution uniform(PreferenceGames games) {
        var buckets = games.buckets().stream()
                .map(game -> solution(game, constant(-Math.log(game.candidates()), game.games(), game.candidates())))
                .toList();
        return certified(Formulation.POPULATION, games, buckets);
    }

    /// Each seat plays the candidate with the largest mean win probability; passed off as a solution of the
    /// stakeholder game.
    public static CertifiedSolution favourites(PreferenceGames games) {
        var buckets = new ArrayList<SolutionBucket>();
        for (var game : games.buckets()) {
            int b = game.games();
            int s = game.stakeholders();
            int k = game.candidates();
            var profile = constant(Double.NEGATIVE_INFINITY, b, s, k);
            var deployed = new double[b * k];
            for (int n = 0; n < b; n++) {
                for (int seat = 0; seat < s; seat++) {
                    int favourite = favourite(game, n, seat);
                    profile.setDouble(profile.shape().offset(n, seat, favourite), 0);
                    deployed[n * k + favourite] += games.weights().getDouble(seat);
                }
            }
            var logPolicy =
                    Tensor.ofDoubles(Arrays.stream(deployed).map(Math::log).toArray(), b, k);
            buckets.add(solution(game, logPolicy).withProfile(profile));
        }
        return certified(Formulation.STAKEHOLDER, games, buckets);
    }

    private static CertifiedSolution certified(
            String formulation, PreferenceGames games, List<SolutionBucket> buckets) {
        var certificates = new ArrayList<CertificateBucket>();
        var solution = PolicySolution.of(buckets);
        int first = 0;
        for (var bucket : games.buckets()) {
            certificates.add(certificate(games, first, bucket, solution));
            first += bucket.games();
        }
        return new CertifiedSolution(formulation, "testkit", solution, certificates);
    }

    private static CertificateBucket certificate(
            PreferenceGames games, int first, GameBucket bucket, PolicySolution solution) {
        int b = bucket.games();
        int s = bucket.stakeholders();
        var gap = constant(0, b);
        var gains = constant(0, b, s);
        var utility = constant(0, b, s);
        for (int n = 0; n < b; n++) {
            var game = games.game(first + n);
            var policy = solution.solution(first + n).policy();
            gap.setDouble(n, 2 * PolicyChecks.largest(game, PolicyChecks.populationGains(game, policy)));
            for (int seat = 0; seat < s; seat++) {
                var gain = PolicyChecks.gains(game, seat, policy);
                gains.slice(n, 1).setDouble(seat, PolicyChecks.largest(game, gain));
                // a uniform draw beats the policy by the mean gain
                utility.slice(n, 1).setDouble(seat, 0.5 - Arrays.stream(gain).sum() / bucket.candidates());
            }
        }
        var flags = new byte[b];
        Arrays.fill(flags, (byte) 1);
        return new CertificateBucket(
                gap,
                gap,
                new CertificateBucket.Equilibrium(gains, constant(0, b), Tensor.ofBytes(new byte[b], b)),
                new CertificateBucket.Deployment(gains, utility),
                Tensor.ofBytes(flags, b));
    }

    private static SolutionBucket solution(GameBucket game, Tensor logPolicy) {
        int b = game.games();
        return SolutionBucket.of(
                logPolicy,
                constant(0, b),
                Tensor.ofInts(new int[b], b),
                Tensor.ofBytes(new byte[b], b),
                Tensor.ofBytes(new byte[b], b));
    }

    private static int favourite(GameBucket game, int n, int seat) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < game.candidates(); i++) {
            double wins = 0;
            for (int j = 0; j < game.candidates(); j++) {
                wins += game.p().at(n, seat, i, j);
            }
            if (wins > highest) {
                highest = wins;
                best = i;
            }
        }
        return best;
    }

    private static PreferenceBucket bucket(
            Judgments judgments, Tensor training, Seating seating, int k, List<Integer> items) {
        int b = items.size();
        int s = seating.seats().size();
        var wins = constant(0, b, s, k, k);
        var seats = seating.seats(judgments);
        for (int n = 0; n < judgments.count(); n++) {
            int row = items.indexOf(judgments.item(n));
            if (row >= 0 && seats[n] != Seating.NONE && training.getDouble(n) > 0) {
                countWins(judgments, n, wins, row, seats[n]);
            }
        }
        var p = constant(0, b, s, k, k);
        var deviation = constant(0, b, s, k, k);
        var counts = constant(0, b, s, k, k);
        for (int row = 0; row < b; row++) {
            for (int seat = 0; seat < s; seat++) {
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        long at = p.shape().offset(row, seat, i, j);
                        double won = wins.getDouble(at);
                        double count = won + wins.at(row, seat, j, i);
                        // written from the larger index, so that the mirrored entries sum to one exactly
                        p.setDouble(at, i > j ? (won + 1) / (count + 2) : 1 - (count - won + 1) / (count + 2));
                        if (i == j) {
                            p.setDouble(at, 0.5);
                        } else {
                            deviation.setDouble(at, 2 / Math.sqrt(count + 2));
                            counts.setDouble(at, count);
                        }
                    }
                }
            }
        }
        var numbers = items.stream().mapToInt(i -> i).toArray();
        return PreferenceBucket.of(Tensor.ofInts(numbers, b), p, deviation, counts);
    }

    private static void countWins(Judgments judgments, int n, Tensor wins, int row, int seat) {
        for (int e = judgments.entries().first(n); e < judgments.entries().end(n); e++) {
            for (int f = judgments.entries().first(n); f < e; f++) {
                int one = judgments.entries().candidate(e);
                int other = judgments.entries().candidate(f);
                int sign = Double.compare(
                        judgments.entries().value(e), judgments.entries().value(f));
                double weight = judgments.weight(n);
                add(wins, row, seat, one, other, weight * (1 + sign) / 2.0);
                add(wins, row, seat, other, one, weight * (1 - sign) / 2.0);
            }
        }
    }

    private static void add(Tensor wins, int row, int seat, int i, int j, double weight) {
        long at = wins.shape().offset(row, seat, i, j);
        wins.setDouble(at, wins.getDouble(at) + weight);
    }

    private static Tensor constant(double value, int... shape) {
        long size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        var values = new double[Math.toIntExact(size)];
        Arrays.fill(values, value);
        return Tensor.ofDoubles(values, shape);
    }
}
