package org.polyphony.plugin.profile.groups;

import java.util.List;
import org.polyphony.preferences.TrainingJudgments;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;

/// Profiles of groups: what each seat prefers among the candidates it was asked about, shrunk to the
/// population.
///
/// Judgments of people without a seat inform the population only. A seat that nobody speaks for has the
/// population's preferences, and a warning says so.
@Plugin(
        role = ValueProfiler.class,
        id = "groups",
        settings = GroupsSettings.class,
        summary = "Preferences of groups from sparse judgments, shrunk to the population by held-out judges")
public final class GroupsProfiler implements ValueProfiler, SelfTesting {

    @Override
    public Artefact fit(FitRequest request, PluginContext context) {
        return fit(request, context.settings(GroupsSettings.class), context);
    }

    @Override
    public ValueProfiles open(Artefact artefact, PluginContext context) {
        return ProfileArtefact.read(artefact);
    }

    private static Artefact fit(FitRequest request, GroupsSettings settings, PluginContext context) {
        context.checkCancelled();
        if (request.seating().level() != Seating.Level.GROUP) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "the profiler 'groups' learns what seats prefer, not what each person in them does; choose one"
                            + " that knows persons");
        }
        TrainingJudgments training = TrainingJudgments.of(request, context);
        ProfileModel model = settings.model() != ProfileModel.AUTO
                ? settings.model()
                : training.allApprovals() ? ProfileModel.AGREEMENT : ProfileModel.AUTO;
        SeatPreferences preferences = switch (model) {
            case AUTO, BRADLEY_TERRY, SKEW_BILINEAR -> PairwiseFit.fit(model, settings, training, context);
            case AGREEMENT -> {
                requireApprovals(training);
                yield AgreementFit.fit(settings, training, context);
            }
            case BALLOTS -> BallotCount.count(training, context);
        };
        return ProfileArtefact.write(
                preferences, training.support(), request.judgments().candidates(), context.allocator());
    }

    private static void requireApprovals(TrainingJudgments training) {
        if (!training.allApprovals()) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "the agreement model reads approvals only, but other judgments are among the " + training.count()
                            + " to learn from; set model to auto or bradley-terry");
        }
    }

    /// Three ballots between two candidates, two for the first: P = 2/3.
    @Override
    public void selfTest(PluginContext context) {
        double p = GoldenElection.share(request -> fit(
                request,
                new GroupsSettings(
                        ProfileModel.BALLOTS,
                        0.3,
                        new Shrinkage("auto", List.of()),
                        org.polyphony.preferences.Ties.HALF,
                        5,
                        new Planes(1, List.of())),
                context));
        if (p != 0.5 + 1.0 / 6) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "two of three ballots counted as " + p + ", not 2/3; this build of the plugin does not work here");
        }
    }
}
