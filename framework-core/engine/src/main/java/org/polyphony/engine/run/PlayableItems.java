package org.polyphony.engine.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.polyphony.engine.game.GameAssembly;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.preference.Candidates;

/// Which items form games and who plays in them: candidates that review allows, of items about which somebody's
/// preference is known. An item that has one candidate, or to which review leaves one, forms no game: there is
/// nothing to choose, and a certificate of it would say nothing.
final class PlayableItems implements GameAssembly.Playable {

    private static final int NAMED = 5;

    private final CandidateReview.Review review;
    private final Comparisons comparisons;
    private final Candidates candidates;
    /// ids of the items that form no game
    private final List<String> without;

    PlayableItems(CandidateReview.Review review, Comparisons comparisons, Candidates candidates) {
        this.review = review;
        this.comparisons = comparisons;
        this.candidates = candidates;
        this.without = IntStream.range(0, candidates.items().size())
                .filter(item -> !poses(item))
                .mapToObj(candidates.items()::get)
                .toList();
    }

    @Override
    public boolean poses(int item) {
        return candidates.count(item) > 1 && allowed(item) != 1;
    }

    @Override
    public boolean test(int item, int candidate) {
        return review.allowed(candidate) && comparisons.anyOf(item);
    }

    private int allowed(int item) {
        int allowed = 0;
        for (int m = candidates.first(item); m < candidates.first(item) + candidates.count(item); m++) {
            allowed += review.allowed(m) ? 1 : 0;
        }
        return allowed;
    }

    /// What the user should know if there are items that form no game: a warning if none does.
    Optional<Issue> issue() {
        if (without.isEmpty()) {
            return Optional.empty();
        }
        int items = candidates.items().size();
        return Optional.of(noGame().map(text -> Issue.warning("GAMES_NONE", text, ""))
                .orElseGet(() -> Issue.note(
                        "ONE_CANDIDATE",
                        without.size() + " of " + items + " items ("
                                + String.join(
                                        ", ", without.stream().limit(NAMED).toList())
                                + (without.size() > NAMED ? " and others" : "")
                                + ") have one candidate to give: there is nothing to choose, so no game is posed about"
                                + " them, and they have no policy and no certificate",
                        "")));
    }

    /// The same, said first in the report, where there is no game at all.
    Optional<Headline> headline() {
        return noGame().map(text -> Headline.of("data.games", Map.of(), text).with(Headline.Tone.CAUTION));
    }

    private Optional<String> noGame() {
        int items = candidates.items().size();
        return without.size() < items
                ? Optional.empty()
                : Optional.of("Nothing is solved: each of the " + items + " items has one candidate at most to give, so"
                        + " there is nothing to choose. Judgments of single answers are measured by a study that names"
                        + " no algorithm.");
    }
}
