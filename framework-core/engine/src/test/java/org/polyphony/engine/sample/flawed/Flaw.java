package org.polyphony.engine.sample.flawed;

import java.util.Arrays;
import java.util.List;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.model.LanguageModel;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.safety.SafetyLayer;

/// How a plugin breaks the contract of its role: what an engine says that meets it, and which tests of the contract
/// find it before. An engine says nothing of what one study does not show, as another answer on another day.
public enum Flaw {
    NONE(Object.class, ""),

    ALGORITHM_PLAYS_DISALLOWED(
            AlignmentAlgorithm.class,
            "may not be played",
            "align_someCandidatesNotAllowed_theyGetExactlyNoMass",
            "align_noCandidateAllowed_thatGameAloneIsRefused"),
    ALGORITHM_NOT_NORMALISED(
            AlignmentAlgorithm.class, "sum", "align_randomGames_policiesAreDistributionsOverAllowedCandidates"),
    ALGORITHM_WRONG_SHAPE(AlignmentAlgorithm.class, "FLOAT64", "align_oneCandidate_isChosen"),
    ALGORITHM_LOSES_A_BUCKET(
            AlignmentAlgorithm.class, "bucket", "align_randomGames_policiesAreDistributionsOverAllowedCandidates"),
    ALGORITHM_UNIFORM(
            AlignmentAlgorithm.class,
            "",
            "align_population_condorcetWinnerIsChosen",
            "align_population_threeCycleHasTheKnownEquilibrium",
            "align_population_nobodyBeatsThePolicy"),
    ALGORITHM_ANSWERS_ANY_FORMULATION(
            AlignmentAlgorithm.class, "", "align_unknownFormulation_unsupportedNamingTheKnownOnes"),
    ALGORITHM_NAMES_NO_FORMULATION(
            AlignmentAlgorithm.class, "", "align_unknownFormulation_unsupportedNamingTheKnownOnes"),
    ALGORITHM_COUNTS_ITS_CALLS(
            AlignmentAlgorithm.class, "", "align_sameSeed_givesTheSameBytes", "align_calledAtOnce_answersAsAlone"),
    ALGORITHM_SEES_ITS_THREADS(AlignmentAlgorithm.class, "", "align_moreThreads_givesTheSameBytes"),
    ALGORITHM_WRITES_INPUTS(AlignmentAlgorithm.class, "read-only", "align_inputs_areLeftAlone"),
    ALGORITHM_IGNORES_CANCELLATION(AlignmentAlgorithm.class, "", "align_cancelled_stops"),
    ALGORITHM_LEAVES_AN_UNDECLARED_POLICY(AlignmentAlgorithm.class, "", "align_policyArtefact_isOfATypeItDeclares"),
    ALGORITHM_LOOKS_AT_OTHERS(AlignmentAlgorithm.class, "", "align_aGameAlone_asAmongOthers"),
    ALGORITHM_PRINTS(AlignmentAlgorithm.class, "", "align_oneCandidate_isChosen"),
    ALGORITHM_EXCHANGES_OUTPUT(AlignmentAlgorithm.class, "", "align_oneCandidate_isChosen"),
    ALGORITHM_LEAVES_A_THREAD(AlignmentAlgorithm.class, "", "align_oneCandidate_isChosen"),
    ALGORITHM_USES_ITS_CONTEXT_LATER(AlignmentAlgorithm.class, "", "align_oneCandidate_isChosen"),
    ALGORITHM_HANGS(AlignmentAlgorithm.class, "", "align_oneCandidate_isChosen"),
    ALGORITHM_TAKES_MORE_EACH_TIME(AlignmentAlgorithm.class, "", "align_littleMemory_isToldAsSuch"),
    ALGORITHM_BLAMES_THE_USER_FOR_MEMORY(AlignmentAlgorithm.class, "", "align_littleMemory_isToldAsSuch"),
    ALGORITHM_ANSWERS_MEMORY_OF_ITS_THREAD(
            AlignmentAlgorithm.class, "memory that is not this call's", "align_sameSeed_givesTheSameBytes"),

    PROFILER_SUMS_TO_MORE(
            ValueProfiler.class,
            "probabilities that add up to 1",
            "prefer_afterFit_isAPreferenceTensorOfTheSeatsAsked"),
    PROFILER_FORGETS_AN_ITEM(ValueProfiler.class, "items", "prefer_afterFit_isAPreferenceTensorOfTheSeatsAsked"),
    PROFILER_REVERSED(ValueProfiler.class, "", "prefer_clearPreferences_pointTheRightWay"),
    PROFILER_ONE_FOR_ALL_ITEMS(ValueProfiler.class, "", "prefer_eachItem_isAnsweredByItsOwnJudgments"),
    PROFILER_KEEPS_THE_ORDER_OF_THE_FIT(ValueProfiler.class, "", "prefer_seatsInAnotherOrder_answersInThatOrder"),
    PROFILER_ANSWERS_FOR_NOBODY(ValueProfiler.class, "", "prefer_unknownSeat_isRefusedNamingIt"),
    PROFILER_SEATS_THE_BLANK(ValueProfiler.class, "", "fit_blankLevels_haveNoSeatAndDoNoHarm"),
    PROFILER_SILENT(
            ValueProfiler.class, "", "fit_groupWithoutJudgments_warnsAndAnswers", "fit_labelsItDoesNotUse_areCounted"),
    PROFILER_PEEKS(ValueProfiler.class, "", "fit_heldOutJudgments_areNotLookedAt", "fit_nothingToLearnFrom_isRefused"),
    PROFILER_LAST_JUDGMENT_COUNTS_MORE(ValueProfiler.class, "", "fit_judgmentsInAnotherOrder_givesTheSamePreferences"),
    PROFILER_NOT_A_NUMBER(ValueProfiler.class, "", "fit_artefact_isFiniteData"),
    PROFILER_OPENS_ANYTHING(ValueProfiler.class, "", "open_unknownVersionOrType_isRefused"),
    PROFILER_KEEPS_THE_CONTEXT_OF_OPEN(
            ValueProfiler.class,
            "was used afterwards",
            "open_once_answersManyCallsAsOpenedForEach",
            "prefer_calledAtOnce_answersAsAlone"),
    PROFILER_CLOSE_THROWS(ValueProfiler.class, "cannot close", "close_oneOfTwo_isQuietAndLeavesTheOther"),
    PROFILER_CLOSES_ALL(ValueProfiler.class, "closed for all", "close_oneOfTwo_isQuietAndLeavesTheOther"),
    PROFILER_REMEMBERS(ValueProfiler.class, "Already closed", "open_storedArtefact_prefersTheSame"),
    PROFILER_IGNORES_CANCELLATION(ValueProfiler.class, "", "fit_cancelled_stops"),
    PROFILER_PREFERS_TIES_FIRST(ValueProfiler.class, "", "fit_ties_stayTied"),
    PROFILER_WEIGHTS_ARE_FLAGS(ValueProfiler.class, "", "fit_weights_areHowOftenAJudgmentCounts"),
    PROFILER_IGNORES_VALUES(ValueProfiler.class, "", "prefer_unknownValueDimension_isRefusedNamingIt"),
    PROFILER_ANSWERS_FOR_A_PERSON(ValueProfiler.class, "", "prefer_person_isAnsweredOrRefused"),
    PROFILER_MIXES_EQUALLY(ValueProfiler.class, "", "prefer_mixture_liesBetweenItsSeats"),
    PROFILER_HAS_NO_SUPPORT(ValueProfiler.class, "", "prefer_seat_tellsItsSupport"),
    PROFILER_SHARES_OF_TWO(ValueProfiler.class, "sum to 2.0", "prefer_mixtureOfOneSeat_isThatSeatBitForBit"),
    PROFILER_NEGATIVE_DEVIATION(
            ValueProfiler.class, "the deviation -1.0", "prefer_afterFit_isAPreferenceTensorOfTheSeatsAsked"),
    PROFILER_ANSWERS_PAIRS_FOR_SCORES(ValueProfiler.class, "", "prefer_scores_areThoseOfThePairsOrRefused"),
    PROFILER_LEARNS_NOTHING(
            ValueProfiler.class,
            "would ask 3",
            "adapt_answers_moveTheAnswerTheirWay",
            "adapt_again_goesOnFromWhatWasLearned",
            "next_untilNothingIsLeft_asksNoPairTwice"),
    PROFILER_LEARNS_FROM_ANYBODY(ValueProfiler.class, "", "adapt_somebodyElses_isRefused"),
    PROFILER_TAKES_ANYBODY_FOR_A_PERSON(ValueProfiler.class, "", "adapt_somebodyElses_isRefused"),
    PROFILER_FORGETS_WHAT_IT_LEARNED_BEFORE(ValueProfiler.class, "", "adapt_again_goesOnFromWhatWasLearned"),
    PROFILER_LEARNS_INTO_THE_FIT(ValueProfiler.class, "", "adapt_onePerson_leavesAllOthersAndTheFitAlone"),
    PROFILER_COUNTS_WHO_IT_LEARNED(ValueProfiler.class, "", "adapt_sameCall_givesTheSameBytes"),
    PROFILER_LAST_ANSWER_COUNTS_MORE(ValueProfiler.class, "", "adapt_judgmentsInAnotherOrder_isTheSamePerson"),
    PROFILER_ASKS_TWICE(ValueProfiler.class, "", "next_untilNothingIsLeft_asksNoPairTwice"),
    PROFILER_ASKS_ANYTHING(ValueProfiler.class, "", "next_somebodyUnknown_isGivenQuestionsTheBestFirst"),
    PROFILER_ASKS_THE_WORST_FIRST(ValueProfiler.class, "", "next_somebodyUnknown_isGivenQuestionsTheBestFirst"),
    PROFILER_GUESSES_NEW_ITEMS(ValueProfiler.class, "", "prefer_itemOutsideTheFit_isRefusedOrTakesFeatures"),

    LAYER_DECIDES_FOR_SOME(SafetyLayer.class, "one decision for each", "review_anything_decidesForEveryCandidate"),
    LAYER_RULE_OUT_OF_RANGE(SafetyLayer.class, "a rule of", "review_anything_decidesForEveryCandidate"),
    LAYER_NO_RULE(SafetyLayer.class, "a rule of []", "review_anything_decidesForEveryCandidate"),
    LAYER_NOBODYS_NORM(SafetyLayer.class, "", "review_anything_decidesForEveryCandidate"),
    LAYER_FLAGS_OF_2(SafetyLayer.class, "0 or 1", "review_anything_decidesForEveryCandidate"),
    LAYER_NEEDS_A_CANDIDATE(SafetyLayer.class, "", "review_noCandidates_decidesNothing"),
    LAYER_DISLIKES_LONG_TEXTS(SafetyLayer.class, "", "review_oddTexts_areDecided"),
    LAYER_ALLOWS(SafetyLayer.class, "", "review_refusedExample_isRefused"),
    LAYER_BELIEVES_THE_TEXT(SafetyLayer.class, "", "review_textThatClaimsARole_changesNothing"),
    LAYER_READS_UNDECLARED_CLAIMS(SafetyLayer.class, "", "review_claimsItDoesNotDeclare_areNotRead"),
    LAYER_LOOKS_AT_OTHERS(SafetyLayer.class, "", "review_anItemAlone_asAmongOthers"),
    LAYER_COUNTS_ITS_CALLS(
            SafetyLayer.class, "", "review_sameRequest_givesTheSame", "review_calledAtOnce_decidesAsAlone"),
    LAYER_WRITES_INPUTS(SafetyLayer.class, "read-only", "review_inputs_areLeftAlone"),

    SOURCE_ITEMS_UNSORTED(PreferenceSource.class, "", "read_example_isWellFormed"),
    SOURCE_ANNOTATORS_UNSORTED(PreferenceSource.class, "", "read_example_isWellFormed"),
    SOURCE_CANDIDATES_UNSORTED(PreferenceSource.class, "", "read_example_isWellFormed"),
    SOURCE_INFINITE_VALUE(PreferenceSource.class, "value of which", "read_example_isWellFormed"),
    SOURCE_NEGATIVE_WEIGHT(PreferenceSource.class, "weight of which", "read_example_isWellFormed"),
    SOURCE_UNKNOWN_ITEM(PreferenceSource.class, "item of which", "read_example_isWellFormed"),
    SOURCE_UNKNOWN_FORM(PreferenceSource.class, "form 9", "read_example_isWellFormed"),
    SOURCE_ENTRY_OF_ANOTHER_ITEM(PreferenceSource.class, "candidate 2 in judgment", "read_example_isWellFormed"),
    SOURCE_ENTRY_TWICE(PreferenceSource.class, "at most once", "read_example_isWellFormed"),
    SOURCE_OFFSETS_DESCEND(PreferenceSource.class, "ascending ones", "read_example_isWellFormed"),
    SOURCE_UNKNOWN_CRITERION(PreferenceSource.class, "criterion of which number 1 is 1", "read_example_isWellFormed"),
    SOURCE_LABEL_OF_TWO(PreferenceSource.class, "a LABEL", "read_example_isWellFormed"),
    SOURCE_UNKNOWN_LEVEL(PreferenceSource.class, "level 2 of role", "read_example_isWellFormed"),
    SOURCE_TRUTH_OF_UNKNOWN_ATTRIBUTE(
            PreferenceSource.class, "levels that the judgments know", "read_example_isWellFormed"),
    SOURCE_NAMES_ITS_FOLDER(PreferenceSource.class, "", "read_sameFilesInAnotherFolder_givesTheSame"),
    SOURCE_WRONG_DIGEST(PreferenceSource.class, "", "read_inputs_haveTheFilesDigests"),
    SOURCE_WRONG_SIZE(PreferenceSource.class, "", "read_inputs_haveTheFilesDigests"),
    SOURCE_ABSOLUTE_NAMES(PreferenceSource.class, "", "read_inputs_haveTheFilesDigests"),
    SOURCE_COUNTS_ITS_CALLS(PreferenceSource.class, "", "read_twice_givesTheSame", "read_calledAtOnce_readsAsAlone"),
    SOURCE_NEEDS_NO_FILE(PreferenceSource.class, "", "read_filesGone_isTheUsersFault"),

    EVALUATOR_INTERVAL_UPSIDE_DOWN(Evaluator.class, "two finite ends", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_HALF_AN_INTERVAL(Evaluator.class, "two finite ends", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_ENDLESS_INTERVAL(Evaluator.class, "two finite ends", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_NEGATIVE_COUNT(Evaluator.class, "of -1 cases", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_SHOUTS(Evaluator.class, "lower case", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_MEASURES_TWICE(Evaluator.class, "flaw{} twice", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_WITHOUT_A_UNIT(Evaluator.class, "without a unit", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_ONE_SECTION_TWICE(Evaluator.class, "twice", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_UNNAMED_SECTION(Evaluator.class, "Flawed section", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_EMPTY_SECTION(Evaluator.class, "nothing in it", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_RAGGED_TABLE(Evaluator.class, "a cell per column", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_PICTURE_WITHOUT_WORDS(
            Evaluator.class, "words for who does not see it", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_DOT_THAT_IS_NO_NUMBER(Evaluator.class, "finite numbers", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_CELL_OUTSIDE(Evaluator.class, "indices of what there is", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_EDGE_TO_NOWHERE(Evaluator.class, "indices of what there is", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_PLACE_OUTSIDE(Evaluator.class, "the picture 'Simplex'", "evaluate_study_metricsAreWellFormed"),
    EVALUATOR_READS_HALVES(Evaluator.class, "", "evaluate_halvesNotDeclared_areNotRead"),
    EVALUATOR_MEASURES_NOTHING(Evaluator.class, "", "evaluate_study_measuresSomething"),
    EVALUATOR_IGNORES_PARTS(Evaluator.class, "", "evaluate_byPartition_labelsWhatBelongsToAPart"),
    EVALUATOR_ZERO_FOR_MISSING(Evaluator.class, "", "evaluate_nothingHeldOut_leavesOutWhatCannotBeComputed"),
    EVALUATOR_NEEDS_SOLUTIONS(Evaluator.class, "", "evaluate_noSolutions_measuresTheRest"),
    EVALUATOR_NEEDS_GAMES(Evaluator.class, "", "evaluate_noGames_measuresTheRest"),
    EVALUATOR_INVENTS_A_POLICY(Evaluator.class, "", "evaluate_noSolutions_measuresTheRest"),
    EVALUATOR_INVENTS_PROFILES(Evaluator.class, "", "evaluate_noGames_measuresTheRest"),
    EVALUATOR_NEEDS_JUDGMENTS(Evaluator.class, "", "evaluate_noJudgments_measuresTheRest"),
    EVALUATOR_COUNTS_ITS_CALLS(Evaluator.class, "", "evaluate_sameSeedAndMoreThreads_givesTheSame"),
    EVALUATOR_WRITES_INPUTS(Evaluator.class, "read-only", "evaluate_inputs_areLeftAlone"),
    EVALUATOR_IGNORES_CANCELLATION(Evaluator.class, "", "evaluate_cancelled_stops"),

    ENCODER_FORGETS_THE_LAST(TextEncoder.class, "one vector for each", "encode_texts_givesOneFiniteVectorEach"),
    ENCODER_DROPS_BLANK_TEXTS(TextEncoder.class, "", "encode_texts_givesOneFiniteVectorEach"),
    ENCODER_NOT_A_NUMBER(TextEncoder.class, "the number NaN", "encode_texts_givesOneFiniteVectorEach"),
    ENCODER_ONE_VECTOR_FOR_ALL(TextEncoder.class, "", "encode_differentTexts_givesDifferentVectors"),
    ENCODER_LOOKS_AT_OTHERS(TextEncoder.class, "", "encode_aTextAlone_asAmongOthers"),
    ENCODER_SEES_ITS_THREADS(TextEncoder.class, "", "encode_moreThreads_givesTheSameBytes"),
    ENCODER_COUNTS_ITS_CALLS(TextEncoder.class, "", "encode_twiceAndAtOnce_givesTheSameBytes"),

    SCORER_NOT_NORMALISED(PolicyScorer.class, "", "score_candidates_isADistributionOverThoseAllowed"),
    SCORER_CHOOSES_THE_REFUSED(PolicyScorer.class, "", "score_noneAllowed_isAllMinusInfinity"),
    SCORER_LOOKS_AT_OTHERS(PolicyScorer.class, "", "score_anItemAlone_asAmongOthers"),
    SCORER_KEEPS_THE_CONTEXT_OF_OPEN(PolicyScorer.class, "", "open_once_answersManyCallsAsOpenedForEach"),
    SCORER_NOT_FOR_TWO_THREADS(PolicyScorer.class, "", "score_calledAtOnce_answersAsAlone"),
    SCORER_CLOSE_THROWS(PolicyScorer.class, "", "close_oneOfTwo_isQuietAndLeavesTheOther"),
    SCORER_ANSWERS_AFTER_CLOSE(PolicyScorer.class, "", "close_oneOfTwo_isQuietAndLeavesTheOther"),
    SCORER_ANSWERS_ONCE(PolicyScorer.class, "", "open_once_answersManyCallsAsOpenedForEach"),
    SCORER_OPENS_ANYTHING(PolicyScorer.class, "", "open_unknownVersionOrType_isRefused"),

    MODEL_ONE_SHORT(LanguageModel.class, "", "generate_prompts_answersSoManyTimesEach"),
    MODEL_COUNTS_ITS_CALLS(LanguageModel.class, "", "generate_sameSeed_answersTheSame"),
    MODEL_PROBABILITIES(LanguageModel.class, "", "logProbabilities_completions_areLogProbabilities"),
    MODEL_LOOKS_AT_OTHERS(LanguageModel.class, "", "logProbabilities_oneAlone_asAmongOthers");

    private final Class<?> role;
    private final String told;
    private final List<String> foundBy;

    Flaw(Class<?> role, String told, String... foundBy) {
        this.role = role;
        this.told = told;
        this.foundBy = List.of(foundBy);
    }

    /// The interface of the role.
    public Class<?> role() {
        return role;
    }

    /// What the engine says of it, in part; empty where it has nothing to say.
    public String told() {
        return told;
    }

    /// The contract's tests that find it.
    public List<String> foundBy() {
        return foundBy;
    }

    /// Those of a role.
    public static List<Flaw> of(Class<?> role) {
        return Arrays.stream(values()).filter(flaw -> flaw.role == role).toList();
    }
}
