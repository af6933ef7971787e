package org.polyphony.engine.game;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode.Fault;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;
import org.polyphony.verify.Certifiers;

/// Solves a batch of games: those of the same stakeholders' weights in one call, those of equal K in one
/// bucket. Games with a reference policy and games without are not mixed, so that no answer depends on
/// what else is in the batch.
public final class GameSolving {

    private final GameBatch games;
    private final SolveRequest request;
    private final TensorAllocator memory;
    private final Function<AlignmentRequest, PolicySolution> algorithm;
    private final GameResults results;
    private final Map<List<Object>, Call> byKey = new HashMap<>();

    private GameSolving(
            GameBatch games,
            SolveRequest request,
            TensorAllocator memory,
            Function<AlignmentRequest, PolicySolution> algorithm) {
        this.games = games;
        this.request = request;
        this.memory = memory;
        this.algorithm = algorithm;
        results = new GameResults(games.first(), games.count());
    }

    /// Answers every game in its place.
    ///
    /// @param memory what the games are lent from
    /// @param algorithm one call of an alignment algorithm
    public static GameResults solve(
            List<ExplicitGame> games,
            SolveRequest request,
            TensorAllocator memory,
            Function<AlignmentRequest, PolicySolution> algorithm) {
        return solve(GameBatch.of(games), request, memory, algorithm);
    }

    /// Solves what can be solved and answers every game in its place. Items are numbers of games in the
    /// file.
    ///
    /// @param memory what the games are lent from
    /// @param algorithm one call of an alignment algorithm
    static GameResults solve(
            GameBatch games,
            SolveRequest request,
            TensorAllocator memory,
            Function<AlignmentRequest, PolicySolution> algorithm) {
        return new GameSolving(games, request, memory, algorithm).solve();
    }

    private GameResults solve() {
        boolean opponents = Certifiers.needOpponents(request.formulation());
        var calls = new ArrayList<Call>();
        Call last = null;
        for (int g = 0; g < games.count(); g++) {
            var broken = games.broken(g);
            if (broken != null) {
                results.put(g, new Answer.Failed(broken));
            } else if (games.stakeholders(g) == 1 && opponents) {
                results.put(
                        g,
                        new Answer.Failed("P has one stakeholder, who has no opponent; give at least two, or"
                                + " solve --formulation population"));
            } else {
                if (last == null || !takes(last, g)) {
                    last = call(calls, g);
                }
                last.byCandidates
                        .computeIfAbsent(games.candidates(g), _ -> new ArrayList<>())
                        .add(g);
            }
        }
        calls.forEach(this::answer);
        return results;
    }

    /// Games that are solved in one call.
    ///
    /// @param like one of them
    /// @param byCandidates K → their places, ascending
    private record Call(int like, TreeMap<Integer, List<Integer>> byCandidates) {

        List<Integer> places() {
            return byCandidates.values().stream().flatMap(List::stream).toList();
        }
    }

    private boolean takes(Call call, int g) {
        return games.hasReference(call.like) == games.hasReference(g) && games.sameWeights(call.like, g);
    }

    private Call call(List<Call> calls, int g) {
        var key = List.<Object>of(games.hasReference(g), DoubleBuffer.wrap(games.weights(g)));
        return byKey.computeIfAbsent(key, _ -> {
            var call = new Call(g, new TreeMap<>());
            calls.add(call);
            return call;
        });
    }

    private void answer(Call call) {
        double[] weights = games.weights(call.like);
        var buckets = new ArrayList<GameBucket>();
        call.byCandidates.forEach((k, places) -> buckets.add(bucket(places, weights.length, k)));
        var names = IntStream.range(0, weights.length)
                .mapToObj(s -> "stakeholder " + s)
                .toList();
        var lent = PreferenceGames.of(names, Tensor.ofDoubles(weights, weights.length), buckets);
        var places = call.places();
        try {
            var held = new HashMap<Integer, HeldBack>();
            var sealed = SealedGames.of(lent);
            var solution = algorithm.apply(new AlignmentRequest(lent, request.formulation(), request.tau()));
            var certified = Certification.certify(
                    sealed, request.formulation(), request.algorithm(), solution, one -> held.put(one.game(), one));
            for (int n = 0; n < places.size(); n++) {
                var one = held.get(n);
                if (one == null) {
                    results.put(places.get(n), certified, n);
                } else {
                    withhold(
                            places.get(n),
                            Standing.of(certified, n),
                            one,
                            certified.certificate(n).gapTau());
                }
            }
        } catch (AlignmentException e) {
            if (e.code().fault() != Fault.PLUGIN) {
                throw e;
            }
            for (int place : places) {
                var broken = new HeldBack(place, HeldBack.BROKEN, String.valueOf(e.getMessage()));
                withhold(place, Standing.REFUSED, broken, Double.NaN);
            }
        }
    }

    private void withhold(int place, Standing standing, HeldBack held, double residual) {
        results.put(place, new Answer.Withheld(standing, held.code(), held.why(), residual));
    }

    private GameBucket bucket(List<Integer> places, int s, int k) {
        int n = places.size();
        var p = memory.allocate(ElementType.FLOAT64, Shape.of(n, s, k, k));
        var items = new int[n];
        var allowed = new byte[n * k];
        boolean given = games.hasReference(places.getFirst());
        var reference = new double[given ? n * k : 0];
        int size = s * k * k;
        for (int at = 0; at < n; at++) {
            int g = places.get(at);
            MemorySegment.copy(
                    games.p(),
                    games.pAt(g),
                    p.data(),
                    ValueLayout.JAVA_DOUBLE_UNALIGNED,
                    (long) at * size * Double.BYTES,
                    size);
            items[at] = games.first() + g;
            games.copyAllowed(g, allowed, at * k);
            if (given) {
                games.copyReference(g, reference, at * k);
            }
        }
        var bucket = GameBucket.of(Tensor.ofInts(items, n), p).withAllowed(Tensor.ofBytes(allowed, n, k));
        return given ? bucket.withReference(Tensor.ofDoubles(reference, n, k)) : bucket;
    }
}
