package org.polyphony.engine.game;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.polyphony.engine.certify.Certification;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.certify.SealedGames;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.game.GameResults.Answer;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode.Fault;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;
import org.polyphony.verify.Certifiers;

/// Solves the games of a file: those among the same weights in one call, those of equal K in one bucket.
public final class GameSolving {

    private final SolveRequest request;
    private final TensorAllocator memory;
    private final Function<AlignmentRequest, PolicySolution> algorithm;
    private final List<HeldBack> heldBack = new ArrayList<>();

    private GameSolving(
            SolveRequest request, TensorAllocator memory, Function<AlignmentRequest, PolicySolution> algorithm) {
        this.request = request;
        this.memory = memory;
        this.algorithm = algorithm;
    }

    /// Solves what can be solved and answers every entry in its place.
    ///
    /// @param memory what the games are lent from
    /// @param algorithm one call of an alignment algorithm
    public static GameResults solve(
            List<GamesFile.Entry> entries,
            SolveRequest request,
            TensorAllocator memory,
            Function<AlignmentRequest, PolicySolution> algorithm) {
        return new GameSolving(request, memory, algorithm).solve(entries);
    }

    private GameResults solve(List<GamesFile.Entry> entries) {
        var answers = new Answer[entries.size()];
        boolean opponents = Certifiers.needOpponents(request.formulation());
        var groups = new LinkedHashMap<List<Double>, TreeMap<Integer, List<Integer>>>();
        for (int i = 0; i < answers.length; i++) {
            switch (entries.get(i)) {
                case GamesFile.Entry.Broken(var reason) -> answers[i] = new Answer.Failed(reason);
                case GamesFile.Entry.Playable(var game) -> {
                    if (game.stakeholders() == 1 && opponents) {
                        answers[i] =
                                new Answer.Failed("P has one stakeholder, who has no opponent; give at least two, or"
                                        + " solve --formulation population");
                    } else {
                        var weights = Arrays.stream(game.weights()).boxed().toList();
                        groups.computeIfAbsent(weights, _ -> new TreeMap<>())
                                .computeIfAbsent(game.candidates(), _ -> new ArrayList<>())
                                .add(i);
                    }
                }
            }
        }
        groups.forEach((weights, byCandidates) -> answer(entries, weights, byCandidates, answers));
        return new GameResults(Arrays.asList(answers)).withIssues(issues());
    }

    private List<Issue> issues() {
        var issues = new ArrayList<Issue>();
        for (var code : List.of(HeldBack.BROKEN, HeldBack.REJECTED)) {
            HeldBack.issue(heldBack, code, "algorithm '" + request.algorithm() + "'", held -> "game " + held.game(), "")
                    .ifPresent(issues::add);
        }
        return issues;
    }

    private void answer(
            List<GamesFile.Entry> entries,
            List<Double> weights,
            Map<Integer, List<Integer>> byCandidates,
            Answer[] answers) {
        var buckets = new ArrayList<GameBucket>();
        for (var bucket : byCandidates.entrySet()) {
            // a reference must be given for all games of a bucket or for none: uniform is written out where it is mixed
            buckets.add(bucket(games(entries, bucket.getValue()), weights.size(), bucket.getKey()));
        }
        var names = IntStream.range(0, weights.size())
                .mapToObj(s -> "stakeholder " + s)
                .toList();
        var games = PreferenceGames.of(
                names,
                Tensor.ofDoubles(
                        weights.stream().mapToDouble(Double::doubleValue).toArray(), weights.size()),
                buckets);
        var places = byCandidates.values().stream().flatMap(List::stream).toList();
        try {
            var held = new HashMap<Integer, HeldBack>();
            var sealed = SealedGames.of(games);
            var solution = algorithm.apply(new AlignmentRequest(games, request.formulation(), request.tau()));
            var certified = Certification.certify(
                    sealed, request.formulation(), request.algorithm(), solution, one -> held.put(one.game(), one));
            for (int n = 0; n < places.size(); n++) {
                var one = held.get(n);
                int place = places.get(n);
                answers[place] = one == null ? read(certified, n) : withhold(certified, one, place);
            }
        } catch (AlignmentException e) {
            if (e.code().fault() != Fault.PLUGIN) {
                throw e;
            }
            for (int place : places) {
                var broken = new HeldBack(place, HeldBack.BROKEN, String.valueOf(e.getMessage()));
                heldBack.add(broken);
                answers[place] = new Answer.Withheld(Standing.REFUSED, broken.code(), broken.why(), Double.NaN);
            }
        }
    }

    private Answer withhold(CertifiedSolution certified, HeldBack held, int place) {
        heldBack.add(new HeldBack(place, held.code(), held.why()));
        return new Answer.Withheld(
                Standing.of(certified, held.game()),
                held.code(),
                held.why(),
                certified.certificate(held.game()).gapTau());
    }

    private static List<ExplicitGame> games(List<GamesFile.Entry> entries, List<Integer> places) {
        var games = new ArrayList<ExplicitGame>();
        for (int place : places) {
            if (entries.get(place) instanceof GamesFile.Entry.Playable(var game)) {
                games.add(game);
            }
        }
        return games;
    }

    private GameBucket bucket(List<ExplicitGame> games, int s, int k) {
        int n = games.size();
        var p = memory.allocate(ElementType.FLOAT64, Shape.of(n, s, k, k));
        var allowed = new byte[n * k];
        var reference = new double[n * k];
        boolean given = false;
        long at = 0;
        for (int g = 0; g < n; g++) {
            var game = games.get(g);
            for (var matrix : game.p()) {
                for (var row : matrix) {
                    p.put(at, row);
                    at += k;
                }
            }
            for (int i = 0; i < k; i++) {
                allowed[g * k + i] = (byte) (game.allowed()[i] ? 1 : 0);
                reference[g * k + i] =
                        game.reference().isPresent() ? game.reference().get()[i] : -Math.log(k);
            }
            given |= game.reference().isPresent();
        }
        var bucket = GameBucket.of(Tensor.ofInts(IntStream.range(0, n).toArray(), n), p)
                .withAllowed(Tensor.ofBytes(allowed, n, k));
        return given ? bucket.withReference(Tensor.ofDoubles(reference, n, k)) : bucket;
    }

    private static Answer read(CertifiedSolution certified, int n) {
        var answer = certified.solution().solution(n);
        if (answer.refused()) {
            return new Answer.Refused();
        }
        return new Answer.Solved(answer, certified.certificate(n), Standing.of(certified, n));
    }
}
