package org.polyphony.plugin.algorithm.nashdpo;

import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.polyphony.alignment.MatrixGame;
import org.polyphony.alignment.MatrixRule;
import org.polyphony.games.Skew;
import org.polyphony.games.parametric.FitCheckpoint;
import org.polyphony.games.parametric.FitGame;
import org.polyphony.games.parametric.FitProblem;
import org.polyphony.games.parametric.FitResult;
import org.polyphony.games.parametric.LinearScore;
import org.polyphony.games.parametric.ParametricPolicy;
import org.polyphony.games.parametric.PerceptronScore;
import org.polyphony.games.parametric.PolicyFit;
import org.polyphony.games.parametric.ScoreFunction;
import org.polyphony.games.parametric.TrainingGame;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.support.Answer;
import org.polyphony.support.Extras;
import org.polyphony.support.GameLoop;

/// Answers a request with one policy on features, fitted to all its games at once, and an artefact of it
/// that answers candidates not seen here.
///
/// `population` fits one policy against itself with COMAL's moving reference, or, where the request brings
/// a τ, to the regularised game. `stakeholder` fits one policy per stakeholder against the others'; what
/// is deployed is their weighted mixture. `consensus` has no parametric form.
///
/// **What is claimed.** `converged` says that the fit reached its stop rule. Features rarely can express an
/// equilibrium, and no item has a policy of its own: the certificate then shows a gap above its tolerance
/// and does not accept the policy as an equilibrium. That is the true state of things and no error.
final class ParametricAlignment {

    private final NashDpoSettings settings;

    ParametricAlignment(NashDpoSettings settings) {
        this.settings = settings;
    }

    PolicySolution align(AlignmentRequest request, PluginContext context) {
        var game = game(request);
        int features = features(request);
        List<TrainingGame> games = games(request, features, context);
        if (games.isEmpty()) {
            // every game is refused, or there is none: nobody asks the rule
            return answer(request, new Unfitted(), context);
        }
        double tau = request.tau().orElse(settings.stakeholder().tau());
        var fitted = fit(request, games, game, features, tau, context);
        var policy = new ParametricPolicy(
                function(features),
                fitted.standardisation(),
                fitted.best().heads(),
                fitted.best().heads().size() == 1
                        ? new double[] {1}
                        : request.games().weights().toDoubles(),
                settings.fit().temperature());
        return answer(request, new Fitted(policy, fitted, game), context)
                .withPolicy(PolicyArtefact.of(policy, request.formulation(), fitted));
    }

    private FitGame game(AlignmentRequest request) {
        return switch (request.formulation()) {
            case Formulation.POPULATION ->
                request.tau().isPresent() ? FitGame.REGULARISED_POPULATION : FitGame.POPULATION;
            case Formulation.STAKEHOLDER -> FitGame.STAKEHOLDER;
            case Formulation.CONSENSUS ->
                throw new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "formulation consensus has no " + name()
                                + " policy; take it from this algorithm's formulations,"
                                + " or solve it by an algorithm with policy: tabular");
            default ->
                throw new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "formulation " + request.formulation() + " is not offered by nash-dpo with policy: " + name()
                                + "; of its formulations "
                                + new TreeSet<>(
                                        List.of(Formulation.POPULATION, Formulation.STAKEHOLDER, Formulation.CONSENSUS))
                                + " it fits population and stakeholder");
        };
    }

    /// D, which every bucket has.
    private int features(AlignmentRequest request) {
        int features = 0;
        for (var bucket : request.games().buckets()) {
            var tensor = bucket.features()
                    .orElseThrow(() -> new AlignmentException(
                            StandardErrorCode.UNSUPPORTED,
                            "policy: " + name() + " needs features of the candidates, and these games have none; add an"
                                    + " encoder to the study (encoders: [{plugin: surface}]), or use policy: tabular"));
            int d = tensor.dimension(2);
            if (d < 1 || (features > 0 && d != features)) {
                throw new AlignmentException(
                        StandardErrorCode.GAME_INVALID,
                        "candidates have " + d + " features in one bucket and " + features
                                + " in another; all need the same, at least one");
            }
            features = d;
        }
        return features;
    }

    private List<TrainingGame> games(AlignmentRequest request, int features, PluginContext context) {
        double[] weights = request.games().weights().toDoubles();
        var games = new ArrayList<TrainingGame>();
        for (int n = 0; n < request.games().count(); n++) {
            context.checkCancelled();
            var one = request.games().game(n);
            var game = MatrixGame.of(one, weights);
            if (game.allowed().isEmpty()) {
                continue;
            }
            int item = one.item();
            try {
                games.add(TrainingGame.of(
                        item,
                        game.p(),
                        weights,
                        game.allowed(),
                        game.logReference(),
                        game.features().orElseGet(() -> new double[game.candidates() * features]),
                        settings.fit().margin()));
            } catch (IllegalArgumentException e) {
                throw new AlignmentException(
                        StandardErrorCode.GAME_INVALID, "the game of item " + item + ": " + e.getMessage(), e);
            }
        }
        return games;
    }

    private FitResult fit(
            AlignmentRequest request,
            List<TrainingGame> games,
            FitGame game,
            int features,
            double tau,
            PluginContext context) {
        try {
            var problem = new FitProblem(
                    games,
                    request.games().stakeholders().size(),
                    request.games().weights().toDoubles(),
                    game,
                    tau,
                    function(features));
            return new PolicyFit(problem, settings.fit().method(), checkpoint()).run(new ContextRun(context));
        } catch (IllegalArgumentException e) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    "the " + name() + " policy cannot be fitted: " + e.getMessage(),
                    e);
        } catch (UncheckedIOException e) {
            throw new AlignmentException(
                    StandardErrorCode.OUTPUT_NOT_WRITABLE,
                    e.getMessage() + "; make the folder of fit.checkpoint readable and writable, or leave it out",
                    e);
        }
    }

    private FitCheckpoint checkpoint() {
        try {
            return settings.fit()
                    .checkpoint()
                    .map(Path::of)
                    .map(FitCheckpoint::in)
                    .orElseGet(FitCheckpoint::none);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("fit.checkpoint is no path: " + e.getMessage(), e);
        }
    }

    private ScoreFunction function(int features) {
        return switch (settings.policy()) {
            case LINEAR -> new LinearScore(features);
            case MLP -> new PerceptronScore(features, settings.fit().hidden());
            case TABULAR -> throw new IllegalStateException("a tabular policy has no function of features");
        };
    }

    private String name() {
        return PolicyArtefact.nameOf(settings.policy());
    }

    private static PolicySolution answer(AlignmentRequest request, MatrixRule rule, PluginContext context) {
        var extras = request.formulation().equals(Formulation.STAKEHOLDER) ? Extras.PROFILE : Extras.NONE;
        return GameLoop.of(
                        "nash-dpo",
                        "a policy on features comes near and seldom further; raise fit.rounds where the fit was cut short")
                .with(request.formulation(), extras, MatrixRule.reading((_, _) -> () -> rule))
                .align(request, context);
    }

    /// Where no game has an allowed candidate.
    private record Unfitted() implements MatrixRule {

        @Override
        public Answer solve(MatrixGame game) {
            throw new IllegalArgumentException("no policy was fitted");
        }
    }

    /// The fitted policy on one game.
    private record Fitted(ParametricPolicy policy, FitResult fit, FitGame kind) implements MatrixRule {

        @Override
        public Answer solve(MatrixGame game) {
            double[] features = game.features().orElseThrow();
            var players = game.reachable();
            double[] deployed = exponentiate(policy.logPolicy(features, players, game.logReference()));
            // a fit that has settled has not solved any one game: only what is measured on it could say so
            if (kind != FitGame.STAKEHOLDER) {
                double residual = fit.tau() > 0 ? Double.NaN : gap(game, deployed);
                return Answer.of(deployed, fit.tau(), fit.rounds(), residual);
            }
            int k = game.candidates();
            var profile = new double[policy.heads().size() * k];
            var each = policy.logPolicies(features, players, game.logReference());
            for (int s = 0; s < each.size(); s++) {
                System.arraycopy(exponentiate(each.get(s)), 0, profile, s * k, k);
            }
            return Answer.of(deployed, fit.tau(), fit.rounds(), Double.NaN).withProfile(profile);
        }

        private static double gap(MatrixGame game, double[] policy) {
            var allowed = game.allowed();
            int k = allowed.count();
            var a = new double[k * k];
            Skew.payoff(allowed.restrictMatrices(game.mixture(), 1), 0, k, a);
            return 2 * Skew.exploitability(a, k, allowed.restrict(policy));
        }

        private static double[] exponentiate(double[] logPolicy) {
            return Arrays.stream(logPolicy).map(Math::exp).toArray();
        }
    }
}
