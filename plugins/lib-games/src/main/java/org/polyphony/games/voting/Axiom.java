package org.polyphony.games.voting;

/// A property of voting rules that answer with a lottery over candidates. Axioms that speak of winners apply to
/// electorates in which the rule meets no tie, or the lottery is the only one of its kind.
public enum Axiom {
    ANONYMITY("Who casts a ballot does not matter."),
    NEUTRALITY("What a candidate is called does not matter: renaming candidates renames the lottery."),
    HOMOGENEITY("An electorate and n copies of it get the same lottery."),
    PARETO("A candidate to whom everybody prefers another gets nothing."),
    MAJORITY("A candidate whom more than half of the voters rank first is elected."),
    CONDORCET("A candidate who beats every other by majority is elected."),
    CONDORCET_LOSER("A candidate whom every other beats by majority gets nothing."),
    SMITH("Only members of the smallest set whose members beat everybody outside get anything."),
    MONOTONICITY("Raising a candidate on a ballot, all else equal, does not make it less likely."),
    CLONES(
            "Replacing a candidate by several who are next to each other on every ballot changes nobody else's chances."),
    PARTICIPATION("A voter who joins does not prefer a draw of the lottery without her to a draw of the one with her."),
    REVERSAL("The candidate who is elected is not also elected when every ballot is turned upside down."),
    CONSISTENCY("Two electorates with the same lottery, put together, have that lottery."),
    STRATEGYPROOFNESS("A voter who lies does not make any of her favourites, down to any rank, more likely together.");

    private final String statement;

    Axiom(String statement) {
        this.statement = statement;
    }

    /// What the rule promises, in one sentence.
    public String statement() {
        return statement;
    }
}
