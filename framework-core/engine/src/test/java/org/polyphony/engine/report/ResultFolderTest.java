package org.polyphony.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

class ResultFolderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void replace_secondFileFails_leavesEverythingAsItWas() throws IOException {
        Files.writeString(folder.resolve("first"), "earlier");
        Files.writeString(folder.resolve("second"), "earlier");
        var files = new LinkedHashMap<String, ResultFolder.Content>();
        files.put("first", target -> Files.writeString(target, "new"));
        files.put("second", _ -> {
            throw new IOException("No space left on device");
        });
        var results = ResultFolder.open(folder);

        assertThatThrownBy(() -> results.replace(files))
                .isInstanceOfSatisfying(
                        AlignmentException.class,
                        failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.IO_FAILED))
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("Earlier results there are unchanged");

        assertThat(folder.resolve("first")).hasContent("earlier");
        assertThat(folder.resolve("second")).hasContent("earlier");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void replace_allWritten_replacesAll() throws IOException {
        Files.writeString(folder.resolve("first"), "earlier");
        var files = new LinkedHashMap<String, ResultFolder.Content>();
        files.put("first", target -> Files.writeString(target, "new"));
        assertThat(ResultFolder.open(folder).replace(files)).containsExactly(folder.resolve("first"));
        assertThat(folder.resolve("first")).hasContent("new");
    }

    @Test
    void open_aFile_saysSo() throws IOException {
        var file = Files.writeString(folder.resolve("taken"), "x");
        assertThatThrownBy(() -> ResultFolder.open(file))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("is a file");
    }
}
