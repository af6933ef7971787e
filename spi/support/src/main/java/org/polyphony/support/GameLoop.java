package org.polyphony.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// Answers an alignment request by solving its games one by one, each with a [GameRule].
///
/// Games are independent: each chunk of them is solved by a rule of its own, on a thread of its own, and
/// chunks do not depend on the number of threads. An item without any allowed candidate is refused without
/// asking the rule; numbers that a rule refuses become one `GAME_INVALID` that names the item; games that
/// did not converge become one warning, and those with the same remark one note.
///
/// Immutable: an algorithm builds one when it is constructed, with the formulations it offers.
///
///     private final GameLoop games = GameLoop.of("my-solver", "raise max-iterations")
///             .with(Formulation.POPULATION, Extras.NONE, (request, context) -> () -> game -> solve(game));
public final class GameLoop {

    /// Entries of P in a chunk: enough to hide the hand-off, small enough to share out evenly.
    private static final int CHUNK_ENTRIES = 4_096;

    /// How many items a warning names.
    private static final int NAMED = 5;

    private final String id;
    private final String advice;
    private final Map<String, Offer> offers;

    private record Offer(Extras extras, RuleSource source) {}

    /// Where the rules of one request come from.
    @FunctionalInterface
    public interface RuleSource {

        /// A supplier that is asked for a fresh rule once per chunk, from several threads.
        ///
        /// @throws AlignmentException with code `UNSUPPORTED` if the rule needs what the request does not
        ///     bring
        Supplier<GameRule> rules(AlignmentRequest request, PluginContext context);
    }

    private GameLoop(String id, String advice, Map<String, Offer> offers) {
        this.id = id;
        this.advice = advice;
        this.offers = offers;
    }

    /// One that offers nothing yet.
    ///
    /// @param id the plugin's name in messages
    /// @param advice what to do when games did not converge, as an imperative: "raise max-iterations"
    public static GameLoop of(String id, String advice) {
        return new GameLoop(id, advice, Map.of());
    }

    /// The same, offering one more formulation.
    ///
    /// @param extras what each of its answers holds beside the policy
    public GameLoop with(String formulation, Extras extras, RuleSource source) {
        var more = new LinkedHashMap<>(offers);
        more.put(formulation, new Offer(extras, source));
        return new GameLoop(id, advice, more);
    }

    /// Solves every game of the request.
    ///
    /// @throws AlignmentException with code `UNSUPPORTED` for a formulation that is not offered,
    ///     `GAME_INVALID` for numbers that are no game, `CANCELLED`
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        var offer = offers.get(request.formulation());
        if (offer == null) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "formulation " + request.formulation() + " is not offered by " + id + "; use one of "
                            + new TreeSet<>(offers.keySet()));
        }
        Supplier<GameRule> rules = offer.source().rules(request, context);
        var done = new AtomicLong();
        long total = request.games().count();
        var told = new Told();
        List<SolutionBucket> solutions = new ArrayList<>();
        int before = 0;
        for (var bucket : request.games().buckets()) {
            var writer = new BucketWriter(bucket, offer.extras(), context.allocator());
            int size = Math.max(
                    1, CHUNK_ENTRIES / Math.max(1, bucket.stakeholders() * bucket.candidates() * bucket.candidates()));
            int chunks = Math.ceilDiv(bucket.games(), size);
            int first = before;
            context.parallel(chunks, chunk -> {
                        int from = chunk * size;
                        int to = Math.min(bucket.games(), from + size);
                        var chunkTold = solve(request.games(), first, from, to, rules.get(), writer, context);
                        context.progress(done.addAndGet(to - from), total);
                        return chunkTold;
                    })
                    .forEach(told::add);
            solutions.add(writer.solution());
            before += bucket.games();
        }
        report(told, total, request.formulation(), context);
        return PolicySolution.of(solutions);
    }

    /// What has to be told about games, by their items.
    private record Told(List<Integer> unsolved, Map<Answer.Remark, List<Integer>> remarks) {

        Told() {
            this(new ArrayList<>(), new LinkedHashMap<>());
        }

        void add(int item, Answer answer) {
            if (!answer.converged()) {
                unsolved.add(item);
            }
            answer.remark()
                    .ifPresent(remark -> remarks.computeIfAbsent(remark, _ -> new ArrayList<>())
                            .add(item));
        }

        void add(Told other) {
            unsolved.addAll(other.unsolved);
            other.remarks.forEach((remark, items) ->
                    remarks.computeIfAbsent(remark, _ -> new ArrayList<>()).addAll(items));
        }
    }

    /// Solves games `from` to `to` of the bucket whose first game is number `first`.
    private static Told solve(
            PreferenceGames all,
            int first,
            int from,
            int to,
            GameRule rule,
            BucketWriter writer,
            PluginContext context) {
        var told = new Told();
        List<Game> games =
                IntStream.range(from, to).mapToObj(n -> all.game(first + n)).toList();
        rule.prepare(games.stream().filter(game -> game.allowed().length > 0).toList());
        for (int n = from; n < to; n++) {
            context.checkCancelled();
            var game = games.get(n - from);
            if (game.allowed().length == 0) {
                writer.refuse(n);
                continue;
            }
            var answer = solve(game, rule);
            writer.write(n, answer);
            told.add(game.item(), answer);
        }
        return told;
    }

    private static Answer solve(Game game, GameRule rule) {
        try {
            return rule.solve(game);
        } catch (IllegalArgumentException e) {
            throw new AlignmentException(
                    StandardErrorCode.GAME_INVALID, "the game of item " + game.item() + ": " + e.getMessage(), e);
        }
    }

    private void report(Told told, long total, String formulation, PluginContext context) {
        told.remarks()
                .forEach((remark, items) -> context.report(Issue.note(
                        remark.code(),
                        formulation + ": " + items.size() + " of " + total + " games: " + remark.message(),
                        named(items))));
        var unsolved = told.unsolved();
        if (!unsolved.isEmpty()) {
            context.report(Issue.warning(
                    "NOT_CONVERGED",
                    formulation + ": the answers to " + unsolved.size() + " of " + total
                            + " games are further from a solution than a certificate accepts; " + advice
                            + ", and read their certificates",
                    named(unsolved)));
        }
    }

    private static String named(List<Integer> items) {
        String named = items.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return "items " + named + (items.size() > NAMED ? ", …" : "");
    }
}
