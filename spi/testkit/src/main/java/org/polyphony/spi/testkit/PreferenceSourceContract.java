package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.support.digest.Digests;

/// What every [PreferenceSource] must do. Implement [#source] and [#root] (and
/// [#context][PluginContract#context], if settings are required) and inherit the tests.
public interface PreferenceSourceContract extends PluginContract {

    /// A fresh instance of the source under test.
    PreferenceSource source();

    /// A folder with a small example of what the source reads. It is copied, never written to.
    Path root() throws IOException;

    @Override
    default Object plugin() {
        return source();
    }

    @Test
    default void read_example_isWellFormed() throws IOException {
        try (var context = context()) {
            JudgmentChecks.assertWellFormed(read(root(), context));
        }
    }

    @Test
    default void read_twice_givesTheSame() throws IOException {
        assumePromised(Determinism.SEEDED);
        PluginContract.assertSame(readCopy(root()), readCopy(root()), "read twice");
    }

    @Test
    default void read_sameFilesInAnotherFolder_givesTheSame(@TempDir Path elsewhere) throws IOException {
        var copy = elsewhere.resolve("a folder with spaces");
        try (var files = Files.walk(root())) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(root().relativize(file).toString()));
            }
        }
        PluginContract.assertSame(readCopy(copy), readCopy(root()), "no path goes into the result");
    }

    @Test
    default void read_inputs_haveTheFilesDigests() throws IOException {
        try (var context = context()) {
            for (var input : read(root(), context).inputs()) {
                assertThat(Path.of(input.name()).isAbsolute())
                        .as("%s is relative", input.name())
                        .isFalse();
                assertThat(input.name()).doesNotContain("\\");
                var bytes = Files.readAllBytes(root().resolve(input.name()));
                assertThat(input.bytes()).as("size of %s", input.name()).isEqualTo(bytes.length);
                assertThat(input.sha256()).as(input.name()).isEqualTo(Digests.hex(bytes));
            }
        }
    }

    @Test
    default void read_filesGone_isTheUsersFault(@TempDir Path empty) throws IOException {
        try (var context = context()) {
            if (read(root(), context).inputs().isEmpty()) {
                return; // generates its data: there is no file that could be missing
            }
            assertThatExceptionOfType(AlignmentException.class)
                    .isThrownBy(() -> read(empty, context))
                    .satisfies(failure -> assertThat(failure.code().fault()).isEqualTo(ErrorCode.Fault.USER));
        }
    }

    @Test
    default void read_calledAtOnce_readsAsAlone() throws IOException {
        assumePromised(Determinism.SEEDED);
        var alone = readCopy(root());
        for (var data : PluginContract.atOnce(() -> readCopy(root()))) {
            PluginContract.assertSame(data, alone, "read");
        }
    }

    private PreferenceData readCopy(Path root) {
        try (var context = context()) {
            return PluginContract.taken(read(root, context));
        }
    }

    private PreferenceData read(Path root, TestContext context) {
        return source().read(new SourceRequest(root.toAbsolutePath().toString()), context);
    }
}
