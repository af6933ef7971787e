package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceData.InputFile;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.fake.FixedSource;

class PreferenceSourceContractTest {

    // the digest of the file that FlawedTestCase.root writes, "two\n"
    private static final String SHA256 = "27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a";

    @Test
    void contract_sourceThatKeepsIt_passes() {
        assertThat(ContractRun.failures(FlawedTestCase.class, "none")).isEmpty();
        assertThat(ContractRun.failures(FlawedTestCase.class, "generated")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "items-unsorted, read_example_isWellFormed",
        "annotators-unsorted, read_example_isWellFormed",
        "candidates-unsorted, read_example_isWellFormed",
        "infinite-value, read_example_isWellFormed",
        "negative-weight, read_example_isWellFormed",
        "entry-of-another-item, read_example_isWellFormed",
        "entry-twice, read_example_isWellFormed",
        "offsets-descend, read_example_isWellFormed",
        "unknown-level, read_example_isWellFormed",
        "truth-of-unknown-attribute, read_example_isWellFormed",
        "names-its-folder, read_sameFilesInAnotherFolder_givesTheSame",
        "wrong-digest, read_inputs_haveTheFilesDigests",
        "wrong-size, read_inputs_haveTheFilesDigests",
        "absolute-names, read_inputs_haveTheFilesDigests",
        "counts-its-calls, read_twice_givesTheSame",
        "counts-its-calls, read_calledAtOnce_readsAsAlone",
        "needs-no-file, read_filesGone_isTheUsersFault",
    })
    void contract_sourceWithAFlaw_isFound(String flaw, String test) {
        assertThat(ContractRun.fails(FlawedTestCase.class, flaw, test)).isTrue();
    }

    @ExtendWith(ContractRun.Flaws.class)
    static class FlawedTestCase implements PreferenceSourceContract {

        private final String flaw;

        @org.junit.jupiter.api.io.TempDir
        Path folder;

        FlawedTestCase(String flaw) {
            this.flaw = flaw;
            this.folder = Path.of("");
        }

        @Override
        public PreferenceSource source() {
            return flaw.equals("generated") ? new FixedSource(PreferenceData.of(sound(), List.of())) : new Flawed(flaw);
        }

        @Override
        public Path root() throws java.io.IOException {
            Files.writeString(folder.resolve("two.txt"), "two\n");
            return folder;
        }
    }

    private static Judgments sound() {
        return TestJudgments.about(TestJudgments.candidates(3, 2), 2, "role", "nurse", "patient")
                .pair(0, 0, 0, 2, 1)
                .tie(1, 1, -1, 0, 1)
                .ranking(0, 1, 1, 2, 0, 1)
                .rating(0, 0, 0, 4, 5, 1)
                .approval(1, 1, 1, 1, 0.5)
                .build();
    }

    /// A sound source with one flaw.
    @Plugin(role = PreferenceSource.class, id = "flawed", summary = "Breaks one rule.")
    public static final class Flawed implements PreferenceSource {

        private static final java.util.concurrent.atomic.AtomicInteger CALLS =
                new java.util.concurrent.atomic.AtomicInteger();
        private final String flaw;

        Flawed(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public PreferenceData read(SourceRequest request, PluginContext context) {
            var file = Path.of(request.root(), "two.txt");
            if (!Files.exists(file) && !flaw.equals("needs-no-file")) {
                throw new AlignmentException(StandardErrorCode.FILE_NOT_FOUND, file + " does not exist");
            }
            var input = switch (flaw) {
                case "wrong-digest" -> new InputFile("two.txt", SHA256.replace('2', '3'), 4);
                case "wrong-size" -> new InputFile("two.txt", SHA256, 5);
                case "absolute-names" -> new InputFile(file.toString(), SHA256, 4);
                default -> new InputFile("two.txt", SHA256, 4);
            };
            var data = PreferenceData.of(judgments(request), List.of(input));
            return flaw.equals("truth-of-unknown-attribute")
                    ? data.withTruth(new GroundTruth(
                            "culture",
                            List.of("nurse"),
                            org.polyphony.spi.profile.PreferenceEstimate.of(List.of("nurse"), List.of())))
                    : data;
        }

        private Judgments judgments(SourceRequest request) {
            var sound = sound();
            return switch (flaw) {
                case "items-unsorted" -> withCandidates(sound, names(sound.candidates(), "z", "a", 0));
                case "candidates-unsorted" -> withCandidates(sound, names(sound.candidates(), "a", "b", 1));
                case "annotators-unsorted" -> withAnnotators(sound, List.of("zoe", "anna"));
                case "names-its-folder" -> withAnnotators(sound, List.of("a" + request.root(), "b"));
                case "counts-its-calls" -> withAnnotators(sound, List.of("a" + CALLS.incrementAndGet(), "b"));
                case "infinite-value" -> put(sound, sound.values(), Double.POSITIVE_INFINITY, 7);
                case "negative-weight" -> put(sound, sound.weights(), -1, 2);
                case "entry-of-another-item" -> put(sound, sound.entries(), 2, 2);
                case "entry-twice" -> put(sound, sound.entries(), 2, 5);
                case "offsets-descend" -> put(sound, sound.offsets(), 1, 2);
                case "unknown-level" -> put(sound, sound.levels(), 2, 0);
                default -> sound;
            };
        }

        private static Judgments put(Judgments judgments, Tensor column, double value, int at) {
            if (column.type() == org.polyphony.spi.tensor.ElementType.INT32) {
                column.setInt(at, (int) value);
            } else {
                column.setDouble(at, value);
            }
            return judgments;
        }

        private static Candidates names(Candidates candidates, String first, String second, int swap) {
            var ids = new ArrayList<>(candidates.ids());
            java.util.Collections.swap(ids, 0, swap);
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
            return Judgments.of(
                    candidates,
                    j.annotators(),
                    j.attributes(),
                    j.forms(),
                    j.items(),
                    j.annotator(),
                    j.levels(),
                    j.offsets(),
                    j.entries(),
                    j.values(),
                    j.weights());
        }
    }

    private static Judgments withAnnotators(Judgments j, List<String> names) {
        return Judgments.of(
                j.candidates(),
                names,
                j.attributes(),
                j.forms(),
                j.items(),
                j.annotator(),
                j.levels(),
                j.offsets(),
                j.entries(),
                j.values(),
                j.weights());
    }
}
