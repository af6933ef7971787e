package org.polyphony.games.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.games.voting.AxiomChecks.Verdict;

/// The declarations of the rules are exact: what is declared holds on thousands of random electorates that
/// the axiom says something about, and against everything that is not declared there is an electorate.
class AxiomTest {

    private static final int ELECTORATES = 3_000;

    private static final int SEARCHED = 400_000;

    @ParameterizedTest
    @EnumSource(VotingRule.class)
    void declaredAxioms_thousandsOfElectorates_hold(VotingRule rule) {
        for (var axiom : rule.axioms()) {
            var random = new SplittableRandom(axiom.name().hashCode());
            int decided = 0;
            for (int n = 0; n < SEARCHED && decided < ELECTORATES; n++) {
                var finding = AxiomChecks.check(rule, axiom, random);
                decided += finding.verdict() == Verdict.SILENT ? 0 : 1;
                if (finding.verdict() == Verdict.VIOLATED) {
                    throw new AssertionError(rule + " declares " + axiom + ", but " + finding.electorate());
                }
            }
            assertThat(decided).as("electorates that %s is about", axiom).isEqualTo(ELECTORATES);
        }
    }

    @ParameterizedTest
    @EnumSource(VotingRule.class)
    void undeclaredAxioms_searched_areEachViolated(VotingRule rule) {
        for (var axiom : EnumSet.complementOf(EnumSet.copyOf(rule.axioms()))) {
            var random = new SplittableRandom(axiom.name().hashCode());
            boolean violated = false;
            for (int n = 0; n < SEARCHED && !violated; n++) {
                violated = AxiomChecks.check(rule, axiom, random).verdict() == Verdict.VIOLATED;
            }
            assertThat(violated)
                    .as("an electorate against %s of %s", axiom, rule)
                    .isTrue();
        }
    }
}
