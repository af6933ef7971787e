package org.polyphony.engine.sample.rogue;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.DefinesFormulation;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Plays the first candidate that may be played, except in games of four candidates, where it cheats: the
/// engine's golden calls, of three, do not find it out.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "rogue",
        formulations = {
            Formulation.POPULATION,
            Formulation.STAKEHOLDER,
            Formulation.CONSENSUS,
            Formulation.BARGAINING,
            Formulation.MAXMIN,
            Formulation.LEXIMIN,
            Formulation.GROUP_ROBUST,
            "rogue-rule"
        },
        settings = RogueSettings.class,
        summary = "Breaks its contract, for tests")
@DefinesFormulation(
        id = "rogue-rule",
        title = "The first, if it does not cheat",
        sentence = "the first candidate that may be played; or, in games of four, whatever the settings say.")
@DefinesFormulation(id = "rogue/other", title = "Another", sentence = "nothing that anybody asks for.")
public final class RogueAlgorithm implements AlignmentAlgorithm {

    static final int CHEATED = 4;

    @Override
    @SuppressWarnings("NullAway") // null is one of the things it must not answer
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        var cheat = context.settings(RogueSettings.class).which();
        var buckets = request.games().buckets();
        boolean golden = buckets.stream().noneMatch(bucket -> bucket.candidates() == CHEATED);
        if (golden && cheat == Cheat.BLAMES_ITS_CALLER_IN_GOLDEN_CALLS) {
            throw new AlignmentException(StandardErrorCode.UNSUPPORTED, "it is your fault");
        }
        if (!golden) {
            Forgery.calls(cheat, request);
        }
        if (!golden && cheat == Cheat.ANSWERS_NULL) {
            return null;
        }
        var answers = new ArrayList<SolutionBucket>();
        for (var bucket : buckets) {
            boolean cheated = bucket.candidates() == CHEATED || cheat == Cheat.CHEATS_IN_GOLDEN_CALLS_TOO;
            answers.add(answer(request.formulation(), bucket, cheated ? cheat : Cheat.NONE));
        }
        if (!golden) {
            switch (cheat) {
                case NO_BUCKETS -> answers.clear();
                case ONE_BUCKET_FEWER -> answers.removeLast();
                case ONE_BUCKET_MORE -> answers.add(answers.getFirst());
                default -> {}
            }
        }
        return PolicySolution.of(answers);
    }

    /// What is right: the first candidate that may be played beats all others for everybody.
    static PolicySolution honest(AlignmentRequest request) {
        return PolicySolution.of(request.games().buckets().stream()
                .map(bucket -> answer(request.formulation(), bucket, Cheat.NONE))
                .toList());
    }

    private static SolutionBucket answer(String formulation, GameBucket bucket, Cheat cheat) {
        int n = bucket.games();
        int s = bucket.stakeholders();
        int k = bucket.candidates();
        var logs = new double[n * k];
        var profile = new double[n * s * k];
        int levels = formulation.equals(Formulation.LEXIMIN) ? s : 1;
        var duals = new double[n * levels * s * k];
        var refused = new byte[n];
        for (int g = 0; g < n; g++) {
            var played = new double[k];
            var allowed = Forgery.allowed(bucket.allowed(), g);
            int first = first(allowed);
            refused[g] = (byte) (first < 0 ? 1 : 0);
            if (first >= 0) {
                played[first] = 1;
                duals[g * levels * s * k + first] = 1;
            }
            put(log(Forgery.policy(cheat, allowed, played.clone()), cheat, allowed), logs, g * k);
            for (int r = 0; r < s; r++) {
                var own = Forgery.ofAProfile(cheat)
                        ? Forgery.profile(cheat, allowed, played.clone())
                        : Forgery.policy(cheat, allowed, played.clone());
                put(log(own, cheat, allowed), profile, (g * s + r) * k);
            }
        }
        var columns = new Forgery.Columns(n, refused);
        columns.forge(cheat);
        Forgery.later(cheat, logs);
        var policy = Forgery.shape(cheat, logs, n, k);
        var answer = SolutionBucket.of(
                policy, columns.tau(tau(formulation)), columns.iterations(), columns.converged(), columns.refused());
        if (formulation.equals(Formulation.STAKEHOLDER) && cheat != Cheat.PROFILE_MISSING) {
            answer = answer.withProfile(
                    cheat == Cheat.PROFILE_OF_ANOTHER_SHAPE
                            ? Tensor.ofDoubles(profile, n, k, s)
                            : Tensor.ofDoubles(profile, n, s, k));
        }
        boolean proved = !List.of(Formulation.POPULATION, Formulation.STAKEHOLDER, "rogue-rule")
                .contains(formulation);
        if (proved && cheat != Cheat.DUALS_MISSING) {
            Forgery.duals(cheat, duals);
            answer = answer.withDuals(
                    levels > 1 ? Tensor.ofDoubles(duals, n, levels, s, k) : Tensor.ofDoubles(duals, n, s, k));
        }
        return answer;
    }

    private static double tau(String formulation) {
        return formulation.equals(Formulation.BARGAINING) || formulation.equals(Formulation.GROUP_ROBUST) ? 0.1 : 0;
    }

    static double[] log(double[] masses, Cheat cheat, boolean[] allowed) {
        for (int i = 0; i < masses.length; i++) {
            if (cheat != Cheat.PROBABILITIES_FOR_LOGARITHMS) {
                masses[i] = Math.log(masses[i]);
            }
            if (cheat == Cheat.MASK_IGNORED_WITH_WHAT_UNDERFLOWS && !allowed[i]) {
                masses[i] = -1e5;
            }
        }
        return masses;
    }

    private static void put(double[] row, double[] into, int at) {
        System.arraycopy(row, 0, into, at, row.length);
    }

    static int first(boolean[] allowed) {
        for (int i = 0; i < allowed.length; i++) {
            if (allowed[i]) {
                return i;
            }
        }
        return -1;
    }
}
