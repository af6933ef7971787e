package org.polyphony.plugin.algorithm.socialchoice;

import org.polyphony.alignment.MatrixGame;
import org.polyphony.alignment.MatrixRule;
import org.polyphony.games.voting.Election;
import org.polyphony.games.voting.VotingRule;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.DefinesFormulation;
import org.polyphony.spi.plugin.NoSettings;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.support.Answer;
import org.polyphony.support.Extras;
import org.polyphony.support.GameLoop;

/// Answers each game with the lottery of a voting rule, a formulation per [VotingRule]; which axioms a rule
/// satisfies is in `docs/reference/social-choice.md`.
///
/// Rules that read preferences decide on the weighted mixture of the stakeholders' P. Rules that read
/// ballots decide on the game's ballots, or on the stakeholders' own rankings where P says with
/// certainty what these are (see [CertainRankings]), and refuse otherwise: rankings are not made up from
/// pairs. Candidates that are not allowed leave before the rule decides. τ and the reference policy are
/// ignored.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "social-choice",
        formulations = {
            "borda",
            "copeland",
            "irv",
            "maximal-lottery",
            "maximal-lottery-c1",
            "plurality",
            "random-dictator",
            "schulze"
        },
        settings = NoSettings.class,
        summary =
                "Decides by voting rules with declared axioms: borda, copeland, schulze, irv, maximal lotteries and more.")
@DefinesFormulation(
        id = "borda",
        title = "Borda's rule",
        sentence = "the candidate that beats a random other most often; ties share evenly.")
@DefinesFormulation(
        id = "copeland",
        title = "Copeland's rule",
        sentence = "the candidate that beats the most others by majority, less those that beat it; ties share evenly.")
@DefinesFormulation(
        id = "irv",
        title = "Instant runoff",
        sentence = "whoever is first on the fewest ballots leaves, until one is left.")
@DefinesFormulation(
        id = "maximal-lottery",
        title = "Maximal lottery",
        sentence = "the lottery that no other beats on average: the equilibrium of the population game.")
@DefinesFormulation(
        id = "maximal-lottery-c1",
        title = "Maximal lottery of majorities",
        sentence = "the maximal lottery where all majorities count the same.")
@DefinesFormulation(
        id = "plurality",
        title = "Plurality",
        sentence = "the candidate that most rank first; ties share evenly.")
@DefinesFormulation(
        id = "random-dictator",
        title = "Random dictator",
        sentence = "the first choice of a ballot drawn by weight.")
@DefinesFormulation(
        id = "schulze",
        title = "Schulze's rule",
        sentence = "the candidate that nobody is ahead of by a stronger chain of majorities.")
public final class SocialChoiceAlgorithm implements AlignmentAlgorithm, SelfTesting {

    private final GameLoop games = offers();

    /// Made by the engine.
    public SocialChoiceAlgorithm() {}

    private static GameLoop offers() {
        // every rule ends, so there is nothing to advise
        var offers = GameLoop.of("social-choice", "report this as a fault");
        for (var rule : VotingRule.values()) {
            offers = offers.with(
                    rule.toString(), Extras.NONE, MatrixRule.reading((_, _) -> () -> game -> decide(rule, game)));
        }
        return offers;
    }

    private static Answer decide(VotingRule rule, MatrixGame game) {
        var election = Election.of(game.mixture(), game.candidates());
        if (game.ballots().isPresent()) {
            election = election.withBallots(game.ballots().get());
        }
        var standing = election.restrict(game.allowed());
        if (rule.reads() == VotingRule.Reads.BALLOTS && game.ballots().isEmpty()) {
            standing = CertainRankings.of(game).map(standing::withBallots).orElse(standing);
        }
        return Answer.of(game.allowed().expand(rule.lottery(standing), 0), 0, 0, 0);
    }

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        return games.align(request, context);
    }

    @Override
    public void selfTest(PluginContext context) {
        GoldenElection.check(this, context);
    }
}
