package org.polyphony.alignment;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.support.Answer;
import org.polyphony.support.GameLoop;
import org.polyphony.support.GameRule;

/// Solves one game on plain arrays, in which at least one candidate is allowed. May hold scratch memory: one thread at
/// a time.
@FunctionalInterface
public interface MatrixRule {

    /// Told the games of a chunk before [#solve] is asked for each of them, see [GameRule#prepare].
    default void prepare(List<MatrixGame> games) {}

    /// The answer, as [GameRule#solve] gives it.
    Answer solve(MatrixGame game);

    /// Where the rules of one request come from, as [GameLoop.RuleSource] says.
    @FunctionalInterface
    interface Source {

        /// A supplier that is asked for a fresh rule once per chunk, from several threads.
        Supplier<MatrixRule> rules(AlignmentRequest request, PluginContext context);
    }

    /// Rules that copy each game of a chunk to plain arrays once.
    static GameLoop.RuleSource reading(Source source) {
        return (request, context) -> {
            var rules = source.rules(request, context);
            double[] weights = request.games().weights().toDoubles();
            return () -> new Reading(rules.get(), weights, new IdentityHashMap<>());
        };
    }

    /// @param read the games of the chunk that were not asked for yet
    record Reading(MatrixRule rule, double[] weights, Map<Game, MatrixGame> read) implements GameRule {

        @Override
        public void prepare(List<Game> games) {
            var copies =
                    games.stream().map(game -> MatrixGame.of(game, weights)).toList();
            for (int i = 0; i < copies.size(); i++) {
                read.put(games.get(i), copies.get(i));
            }
            rule.prepare(copies);
        }

        @Override
        public Answer solve(Game game) {
            var copy = read.remove(game);
            return rule.solve(copy == null ? MatrixGame.of(game, weights) : copy);
        }
    }
}
