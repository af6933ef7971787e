package org.polyphony.engine.sample.flawed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceData.InputFile;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestJudgments;

/// A sound source with one flaw. It wants a file `two.txt` of the text [#CONTENT].
@Plugin(role = PreferenceSource.class, id = "flawed", settings = FlawSettings.class, summary = "Breaks one rule.")
public final class FlawedSource implements PreferenceSource {

    /// What the file says.
    public static final String CONTENT = "two\n";

    // its digest
    private static final String SHA256 = "27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a";

    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public PreferenceData read(SourceRequest request, PluginContext context) {
        var flaw = FlawSettings.of(context);
        var file = Path.of(request.root(), "two.txt");
        if (!Files.exists(file) && flaw != Flaw.SOURCE_NEEDS_NO_FILE) {
            throw new AlignmentException(StandardErrorCode.FILE_NOT_FOUND, file + " does not exist");
        }
        var input = switch (flaw) {
            case SOURCE_WRONG_DIGEST -> new InputFile("two.txt", SHA256.replace('2', '3'), 4);
            case SOURCE_WRONG_SIZE -> new InputFile("two.txt", SHA256, 5);
            case SOURCE_ABSOLUTE_NAMES -> new InputFile(file.toString(), SHA256, 4);
            default -> new InputFile("two.txt", SHA256, 4);
        };
        var data = PreferenceData.of(judgments(flaw, request), List.of(input));
        return flaw == Flaw.SOURCE_TRUTH_OF_UNKNOWN_ATTRIBUTE
                ? data.withTruth(new GroundTruth(
                        "culture", List.of("nurse"), PreferenceEstimate.ofSeats(List.of("nurse"), List.of())))
                : data;
    }

    private static Judgments judgments(Flaw flaw, SourceRequest request) {
        var sound = sound();
        return switch (flaw) {
            case SOURCE_ITEMS_UNSORTED -> withCandidates(sound, names(sound.candidates(), "z", "a", 0));
            case SOURCE_CANDIDATES_UNSORTED -> withCandidates(sound, names(sound.candidates(), "a", "b", 1));
            case SOURCE_ANNOTATORS_UNSORTED -> withAnnotators(sound, List.of("zoe", "anna"));
            case SOURCE_NAMES_ITS_FOLDER -> withAnnotators(sound, List.of("a" + request.root(), "b"));
            case SOURCE_COUNTS_ITS_CALLS -> withAnnotators(sound, List.of("a" + CALLS.incrementAndGet(), "b"));
            case SOURCE_INFINITE_VALUE -> put(sound, sound.entries().value(), Double.POSITIVE_INFINITY, 7);
            case SOURCE_NEGATIVE_WEIGHT -> put(sound, sound.columns().weight(), -1, 2);
            case SOURCE_UNKNOWN_ITEM -> put(sound, sound.columns().item(), 2, 1);
            case SOURCE_UNKNOWN_FORM -> put(sound, sound.columns().form(), 9, 1);
            case SOURCE_ENTRY_OF_ANOTHER_ITEM -> put(sound, sound.entries().candidate(), 2, 2);
            case SOURCE_ENTRY_TWICE -> put(sound, sound.entries().candidate(), 2, 5);
            case SOURCE_OFFSETS_DESCEND -> put(sound, sound.entries().offsets(), 1, 2);
            case SOURCE_LABEL_OF_TWO -> put(sound, sound.columns().form(), JudgmentForm.LABEL.code(), 0);
            case SOURCE_UNKNOWN_CRITERION -> put(sound, sound.columns().criterion(), 1, 1);
            case SOURCE_UNKNOWN_LEVEL -> put(sound, sound.columns().levels(), 2, 0);
            default -> sound;
        };
    }

    private static Judgments put(Judgments judgments, Tensor column, double value, int at) {
        switch (column.type()) {
            case UINT8 -> column.setByte(at, (byte) value);
            case INT32 -> column.setInt(at, (int) value);
            default -> column.setDouble(at, value);
        }
        return judgments;
    }

    private static Candidates names(Candidates candidates, String first, String second, int swap) {
        var ids = new ArrayList<>(candidates.ids());
        Collections.swap(ids, 0, swap);
        return new Candidates(
                List.of(first, second),
                ids,
                candidates.offsets(),
                candidates.contexts(),
                candidates.completions(),
                candidates.declaredUnsafe(),
                candidates.attributes());
    }

    private static Judgments withCandidates(Judgments j, Candidates candidates) {
        return new Judgments(candidates, j.judges(), j.criteria(), j.columns(), j.entries());
    }

    private static Judgments withAnnotators(Judgments j, List<String> names) {
        return new Judgments(
                j.candidates(), new Judges(names, j.judges().attributes()), j.criteria(), j.columns(), j.entries());
    }

    private static Judgments sound() {
        return TestJudgments.about(
                        TestJudgments.candidates(3, 2).withDeclaredUnsafe(new byte[] {0, 1, 0, 0, 0}),
                        2,
                        "role",
                        "nurse",
                        "patient")
                .pair(0, 0, 0, 2, 1)
                .tie(1, 1, -1, 0, 1)
                .ranking(0, 1, 1, 2, 0, 1)
                .rating(0, 0, 0, 4, 5, 1)
                .approval(1, 1, 1, 1, 0.5)
                .build();
    }
}
