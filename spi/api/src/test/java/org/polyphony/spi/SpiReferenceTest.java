package org.polyphony.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SpiReferenceTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Path PAGE = MODULE.resolve("../../docs/reference/spi.md");

    @Test
    void page_isWhatTheSourcesSay() throws IOException {
        var page = SpiReference.of(MODULE.resolve("src/main/java"));
        if (System.getProperty("spi.reference", "").equals("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/reference/spi.md is old; renew it: mvn -pl spi/api test -Dtest=SpiReferenceTest"
                        + " -Dspi.reference=write")
                .isEqualTo(page);
    }

    @Test
    void page_holdsRolesFirstThenEveryTypeWithItsMembers() throws IOException {
        assertThat(SpiReference.of(MODULE.resolve("src/main/java")))
                .containsSubsequence(
                        "| [AlignmentAlgorithm](#alignmentalgorithm) | `alignment` | Turns preference games into policies. |",
                        "\n## org.polyphony.spi.alignment ",
                        "\n### AlignmentAlgorithm\n\n*interface, implemented by plugins*\n",
                        "- `PolicySolution align(AlignmentRequest request, PluginContext context)`: Solves every game",
                        "\n### Block.Dots\n\n*record, is Block*\n",
                        "\n### ReviewResult\n",
                        "- `Tensor allowed`: UINT8, shape (M): 1 where the candidate may be shown\n",
                        "\n## org.polyphony.spi.tensor ");
    }
}
