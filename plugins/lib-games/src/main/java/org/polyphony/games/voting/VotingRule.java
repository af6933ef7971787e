package org.polyphony.games.voting;

import static org.polyphony.games.voting.Axiom.ANONYMITY;
import static org.polyphony.games.voting.Axiom.CLONES;
import static org.polyphony.games.voting.Axiom.CONDORCET;
import static org.polyphony.games.voting.Axiom.CONDORCET_LOSER;
import static org.polyphony.games.voting.Axiom.CONSISTENCY;
import static org.polyphony.games.voting.Axiom.HOMOGENEITY;
import static org.polyphony.games.voting.Axiom.MAJORITY;
import static org.polyphony.games.voting.Axiom.MONOTONICITY;
import static org.polyphony.games.voting.Axiom.NEUTRALITY;
import static org.polyphony.games.voting.Axiom.PARETO;
import static org.polyphony.games.voting.Axiom.PARTICIPATION;
import static org.polyphony.games.voting.Axiom.REVERSAL;
import static org.polyphony.games.voting.Axiom.SMITH;
import static org.polyphony.games.voting.Axiom.STRATEGYPROOFNESS;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.polyphony.games.PopulationSolver;

/// A rule that answers an election with a lottery over its candidates, and the axioms it satisfies. What is
/// declared here is tested: see `AxiomTest`, which also finds an electorate against every axiom that is not
/// declared.
public enum VotingRule {
    /// The candidate who beats a random other most often: Σ_j P_ij.
    BORDA(
            Reads.PREFERENCES,
            "candidates of equal score share evenly",
            EnumSet.of(PARETO, CONDORCET_LOSER, MONOTONICITY, PARTICIPATION, REVERSAL, CONSISTENCY)) {
        @Override
        double[] decide(Election election) {
            return Winners.ofScores(Scores.borda(election));
        }
    },
    /// The candidate who beats the most others by majority, less those who beat it.
    COPELAND(
            Reads.PREFERENCES,
            "candidates of equal score share evenly; it ties often",
            EnumSet.of(PARETO, MAJORITY, CONDORCET, CONDORCET_LOSER, SMITH, MONOTONICITY, REVERSAL)) {
        @Override
        double[] decide(Election election) {
            return Winners.ofScores(Scores.copeland(election));
        }
    },
    /// The candidate whom most rank first.
    PLURALITY(
            Reads.BALLOTS,
            "candidates of equal score share evenly",
            EnumSet.of(PARETO, MAJORITY, MONOTONICITY, PARTICIPATION, CONSISTENCY)) {
        @Override
        double[] decide(Election election) {
            return Winners.ofScores(firstChoices(election));
        }
    },
    /// The lottery that no other beats on average: the equilibrium of the population game.
    MAXIMAL_LOTTERY(
            Reads.PREFERENCES,
            "a lottery already; where it is not unique, the vertex the solver reaches, the lowest index first",
            EnumSet.of(
                    PARETO,
                    MAJORITY,
                    CONDORCET,
                    CONDORCET_LOSER,
                    SMITH,
                    CLONES,
                    PARTICIPATION,
                    REVERSAL,
                    CONSISTENCY)) {
        @Override
        double[] decide(Election election) {
            double[] preferences = Arrays.stream(election.margins())
                    .map(margin -> 0.5 + margin)
                    .toArray();
            return new PopulationSolver()
                    .solve(preferences, election.candidates())
                    .policy();
        }
    },
    /// The maximal lottery of majorities that all count the same: the equilibrium of the tournament game.
    MAXIMAL_LOTTERY_C1(
            Reads.PREFERENCES,
            "a lottery already; where it is not unique, the vertex the solver reaches, the lowest index first",
            EnumSet.of(PARETO, MAJORITY, CONDORCET, CONDORCET_LOSER, SMITH, CLONES, REVERSAL)) {
        @Override
        double[] decide(Election election) {
            double[] majorities = Arrays.stream(election.margins())
                    .map(margin -> 0.5 + 0.5 * Math.signum(margin))
                    .toArray();
            return new PopulationSolver()
                    .solve(majorities, election.candidates())
                    .policy();
        }
    },
    /// The first choice of a ballot drawn by weight.
    RANDOM_DICTATOR(
            Reads.BALLOTS,
            "a lottery already; a ballot shares its weight among those it ties at the top",
            EnumSet.of(PARETO, MONOTONICITY, CLONES, PARTICIPATION, REVERSAL, CONSISTENCY, STRATEGYPROOFNESS)) {
        @Override
        double[] decide(Election election) {
            double[] lottery = firstChoices(election);
            double total = Arrays.stream(lottery).sum();
            for (int i = 0; i < lottery.length; i++) {
                lottery[i] /= total;
            }
            return lottery;
        }
    },
    /// The candidate whom nobody is ahead of by a stronger chain of majorities, see [Schulze].
    SCHULZE(
            Reads.PREFERENCES,
            "candidates whom nobody is ahead of share evenly",
            EnumSet.of(PARETO, MAJORITY, CONDORCET, CONDORCET_LOSER, SMITH, MONOTONICITY, CLONES, REVERSAL)) {
        @Override
        double[] decide(Election election) {
            int[] ranks = Schulze.ranks(election);
            var wins = new boolean[ranks.length];
            for (int i = 0; i < wins.length; i++) {
                wins[i] = ranks[i] == 0;
            }
            return Winners.evenly(wins);
        }
    },
    /// Instant runoff: whoever is first on the fewest ballots leaves, until one is left.
    IRV(
            Reads.BALLOTS,
            "those tied for the fewest first places leave together; candidates who are all tied share evenly",
            EnumSet.of(PARETO, MAJORITY, CONDORCET_LOSER, CLONES)) {
        @Override
        double[] decide(Election election) {
            firstChoices(election);
            return Winners.evenly(InstantRunoff.winners(election.requireBallots(toString())));
        }
    };

    private final Reads reads;
    private final String ties;
    private final Set<Axiom> axioms;

    /// What a rule looks at.
    public enum Reads {
        /// P alone.
        PREFERENCES,
        /// Rankings; it refuses an election without them.
        BALLOTS
    }

    VotingRule(Reads reads, String ties, Set<Axiom> axioms) {
        this.reads = reads;
        this.ties = ties;
        // all of them count ballots, by share, and none looks at names
        axioms.addAll(EnumSet.of(ANONYMITY, NEUTRALITY, HOMOGENEITY));
        this.axioms = Collections.unmodifiableSet(axioms);
    }

    /// What it looks at.
    public Reads reads() {
        return reads;
    }

    /// How it answers where candidates are tied.
    public String ties() {
        return ties;
    }

    /// What it satisfies, and nothing else of [Axiom].
    public Set<Axiom> axioms() {
        return axioms;
    }

    /// The lottery over the candidates of `election`, shape (K).
    ///
    /// @throws IllegalArgumentException if the rule reads ballots and there are none, or they all abstain
    public double[] lottery(Election election) {
        return decide(election);
    }

    abstract double[] decide(Election election);

    double[] firstChoices(Election election) {
        var all = new boolean[election.candidates()];
        Arrays.fill(all, true);
        double[] first = election.requireBallots(toString()).firstChoices(all);
        if (!(Arrays.stream(first).sum() > 0)) {
            throw new IllegalArgumentException(
                    "no ballot ranks any of the " + all.length + " candidates, so " + this + " has nothing to count");
        }
        return first;
    }

    /// Its name as a formulation: lower case, words joined by hyphens.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
