package org.polyphony.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.polyphony.engine.sample.flawed.Flaw;
import org.polyphony.engine.sample.flawed.FlawSettings;
import org.polyphony.engine.sample.flawed.FlawedAlgorithm;
import org.polyphony.engine.sample.flawed.FlawedEncoder;
import org.polyphony.engine.sample.flawed.FlawedEvaluator;
import org.polyphony.engine.sample.flawed.FlawedLayer;
import org.polyphony.engine.sample.flawed.FlawedModel;
import org.polyphony.engine.sample.flawed.FlawedProfiler;
import org.polyphony.engine.sample.flawed.FlawedScorer;
import org.polyphony.engine.sample.flawed.FlawedSource;
import org.polyphony.engine.sample.rogue.Cheat;
import org.polyphony.engine.sample.rogue.RogueAlgorithm;
import org.polyphony.engine.sample.rogue.RogueScorer;
import org.polyphony.engine.sample.rogue.RogueSettings;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.model.LanguageModel;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.Setting;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.spi.testkit.AdaptiveProfilesContract;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;
import org.polyphony.spi.testkit.EvaluatorContract;
import org.polyphony.spi.testkit.LanguageModelContract;
import org.polyphony.spi.testkit.PluginContract;
import org.polyphony.spi.testkit.PolicyScorerContract;
import org.polyphony.spi.testkit.PreferenceSourceContract;
import org.polyphony.spi.testkit.SafetyLayerContract;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestJudgments;
import org.polyphony.spi.testkit.TextEncoderContract;
import org.polyphony.spi.testkit.fake.LinearScorer;
import org.polyphony.spi.testkit.fake.RegretMatchingAlgorithm;

/// Every plugin that breaks its contract is found by that contract, by the test that is about what it breaks; the
/// same plugins without a flaw pass.
class ContractsTest {

    private static final Map<Class<?>, Class<?>> CASES = Map.of(
            AlignmentAlgorithm.class, AlgorithmCase.class,
            ValueProfiler.class, ProfilerCase.class,
            SafetyLayer.class, LayerCase.class,
            PreferenceSource.class, SourceCase.class,
            Evaluator.class, EvaluatorCase.class,
            TextEncoder.class, EncoderCase.class,
            PolicyScorer.class, ScorerCase.class,
            LanguageModel.class, ModelCase.class);

    /// What happens, if at all, when the contract has looked.
    private static final Set<Cheat> TOO_LATE =
            EnumSet.of(Cheat.NONE, Cheat.ANSWER_REWRITTEN_LATER, Cheat.PREFERENCES_REWRITTEN_LATER);

    @Test
    void contracts_pluginsThatKeepThem_pass() {
        for (var testCase : CASES.values()) {
            assertThat(ContractRun.failures(testCase, Flaw.NONE))
                    .as(testCase.getSimpleName())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void contract_pluginWithAFlaw_isFound(Flaw flaw) {
        var testCase = Objects.requireNonNull(CASES.get(flaw.role()));
        assertThat(flaw.foundBy()).isNotEmpty();
        assertThat(ContractRun.failures(testCase, flaw, flaw.foundBy())).containsAll(flaw.foundBy());
    }

    @Test
    void contract_pluginThatIsNotDeclared_isFound() {
        assertThat(ContractRun.failures(HiddenCase.class, Flaw.NONE, List.of("plugin_class_declaresWhatItIs")))
                .isNotEmpty();
        assertThat(ContractRun.failures(
                        NamelessCase.class,
                        Flaw.NONE,
                        List.of("plugin_class_declaresWhatItIs", "plugin_settings_areDescribed")))
                .hasSize(2);
    }

    @Test
    void contract_scorerThatReadsAnotherTypeThanItOpens_isFound() {
        assertThat(ContractRun.failures(
                        OtherTypeCase.class, Flaw.NONE, List.of("open_itsOwnPolicy_isOfATypeItDeclares")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void algorithmContract_cheat_isFound(Cheat cheat) {
        var test = switch (cheat) {
            case REFUSES_NOTHING -> "align_noCandidateAllowed_thatGameAloneIsRefused";
            case CONVERGENCE_CLAIMED_FOR_THE_WORST -> "align_population_onlyAllowedCandidatesCount";
            case BLAMES_ITS_CALLER_IN_GOLDEN_CALLS -> "align_oneCandidate_isChosen";
            default -> "align_someCandidatesNotAllowed_theyGetExactlyNoMass";
        };
        assertThat(ContractRun.failures(RogueCase.class, Cheat.NONE, List.of(test)))
                .isEmpty();
        if (!TOO_LATE.contains(cheat)) {
            assertThat(ContractRun.failures(RogueCase.class, cheat, List.of(test)))
                    .containsExactly(test);
        }
    }

    @ParameterizedTest
    @EnumSource
    void scorerContract_cheat_isFound(Cheat cheat) {
        boolean ofScores = cheat.compareTo(Cheat.INTEGERS_FOR_DOUBLES) <= 0
                && cheat != Cheat.NONE
                && cheat != Cheat.MASK_IGNORED_BY_A_PROFILE
                && cheat != Cheat.NAN_IN_A_PROFILE;
        var test = "score_candidates_isADistributionOverThoseAllowed";
        if (cheat == Cheat.NONE) {
            assertThat(ContractRun.failures(RogueScorerCase.class, cheat, List.of(test)))
                    .isEmpty();
        }
        if (ofScores || cheat == Cheat.THROWS || cheat == Cheat.ANSWERS_NULL) {
            assertThat(ContractRun.failures(RogueScorerCase.class, cheat, List.of(test)))
                    .containsExactly(test);
        }
    }

    /// A contract for a plugin with a flaw.
    @ExtendWith(ContractRun.Wrongs.class)
    abstract static class Case implements PluginContract {

        private final Flaw flaw;

        Case(Flaw flaw) {
            this.flaw = flaw;
        }

        @Override
        public TestContext context() {
            return TestContext.of(new FlawSettings(flaw));
        }
    }

    @Timeout(value = 2, unit = TimeUnit.SECONDS)
    static final class AlgorithmCase extends Case implements AlignmentAlgorithmContract {

        AlgorithmCase(Flaw flaw) {
            super(flaw);
        }

        @Override
        public AlignmentAlgorithm algorithm() {
            return new FlawedAlgorithm();
        }

        // of the sound one that it is made of
        @Override
        public double tolerance() {
            return 1e-4;
        }
    }

    static final class ProfilerCase extends Case implements AdaptiveProfilesContract {

        private final ValueProfiler profiler = new FlawedProfiler();

        ProfilerCase(Flaw flaw) {
            super(flaw);
        }

        @Override
        public ValueProfiler profiler() {
            return profiler;
        }
    }

    static final class LayerCase extends Case implements SafetyLayerContract {

        LayerCase(Flaw flaw) {
            super(flaw);
        }

        @Override
        public SafetyLayer layer() {
            return new FlawedLayer();
        }

        @Override
        public Optional<ReviewRequest> refused() {
            return Optional.of(new ReviewRequest(TestJudgments.candidates(3, 2), VerifiedContext.none()));
        }
    }

    static final class SourceCase extends Case implements PreferenceSourceContract {

        @TempDir
        @SuppressWarnings("NullAway.Init") // JUnit sets it
        Path folder;

        SourceCase(Flaw flaw) {
            super(flaw);
        }

        @Override
        public PreferenceSource source() {
            return new FlawedSource();
        }

        @Override
        public Path root() throws IOException {
            Files.writeString(folder.resolve("two.txt"), FlawedSource.CONTENT);
            return folder;
        }
    }

    static final class EvaluatorCase extends Case implements EvaluatorContract {

        EvaluatorCase(Flaw flaw) {
            super(flaw);
        }

        @Override
        public Evaluator evaluator() {
            return new FlawedEvaluator();
        }
    }

    static final class EncoderCase extends Case implements TextEncoderContract {

        EncoderCase(Flaw flaw) {
            super(flaw);
        }

        @Override
        public TextEncoder encoder() {
            return new FlawedEncoder();
        }
    }

    static final class ScorerCase extends Case implements PolicyScorerContract {

        ScorerCase(Flaw flaw) {
            super(flaw);
        }

        @Override
        public PolicyScorer scorer() {
            return new FlawedScorer();
        }

        @Override
        public Artefact policy() {
            return LinearScorer.policy(1, -0.5, 2);
        }

        @Override
        public int featureSize() {
            return 3;
        }
    }

    static final class ModelCase extends Case implements LanguageModelContract {

        ModelCase(Flaw flaw) {
            super(flaw);
        }

        @Override
        public LanguageModel model() {
            return new FlawedModel();
        }
    }

    @ExtendWith(ContractRun.Wrongs.class)
    static final class RogueCase implements AlignmentAlgorithmContract {

        private final Cheat cheat;

        RogueCase(Cheat cheat) {
            this.cheat = cheat;
        }

        @Override
        public AlignmentAlgorithm algorithm() {
            return new RogueAlgorithm();
        }

        @Override
        public TestContext context() {
            return TestContext.of(new RogueSettings(cheat.name()));
        }
    }

    @ExtendWith(ContractRun.Wrongs.class)
    static final class RogueScorerCase implements PolicyScorerContract {

        private final Cheat cheat;

        RogueScorerCase(Cheat cheat) {
            this.cheat = cheat;
        }

        @Override
        public PolicyScorer scorer() {
            return new RogueScorer();
        }

        @Override
        public Artefact policy() {
            return Artefact.of("sample.rogue", 1, Map.of("cheat", cheat.name()), Map.of());
        }

        @Override
        public int featureSize() {
            return 1;
        }
    }

    static final class OtherTypeCase implements PolicyScorerContract {

        @Override
        public PolicyScorer scorer() {
            return new OtherType();
        }

        @Override
        public Artefact policy() {
            return LinearScorer.policy(1, -0.5, 2);
        }

        @Override
        public int featureSize() {
            return 3;
        }
    }

    @Plugin(
            role = PolicyScorer.class,
            id = "other-type",
            reads = "polyphony.testkit.linear;version=[2,9)",
            summary = "Says that it reads what it does not.")
    static class OtherType implements PolicyScorer {

        @Override
        public ScoredPolicy open(Artefact policy, PluginContext context) {
            return new LinearScorer().open(policy, context);
        }
    }

    static final class HiddenCase implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new Hidden();
        }
    }

    static final class NamelessCase implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new Nameless();
        }
    }

    static class Hidden implements AlignmentAlgorithm {

        private final AlignmentAlgorithm sound = new RegretMatchingAlgorithm();

        @Override
        public PolicySolution align(AlignmentRequest request, PluginContext context) {
            return sound.align(request, context);
        }
    }

    /// Declares an id that nobody can type and a setting that nobody can understand.
    @Plugin(
            role = AlignmentAlgorithm.class,
            id = "Name Less",
            formulations = Formulation.POPULATION,
            settings = Undescribed.class,
            summary = "Bad manners.")
    public static final class Nameless extends Hidden {}

    record Undescribed(
            @Setting(description = "", defaultValue = "1") int n) {}
}
