package org.polyphony.engine.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Section;

class ReportPageTest {

    @ParameterizedTest
    @CsvSource({
        "d3.min.js, f2094bbf6141b359722c4fe454eb6c4b0f0e42cc10cc7af921fc158fceb86539",
        "plot.umd.min.js, 4358086467740777dd788d6b27a95cebdbaefdd50c730a3060117073bd7134cb"
    })
    void libraries_areThoseOfTheirPackages(String name, String sha256) throws Exception {
        try (var in = Objects.requireNonNull(ReportPage.class.getResourceAsStream("plot/" + name), name)) {
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes())))
                    .isEqualTo(sha256);
        }
    }

    @Test
    void of_textThatLooksLikeMarkup_staysText() throws IOException {
        var document = JsonNodeFactory.instance.objectNode();
        document.set(
                "sections",
                SectionJson.of(List.of(Section.of("x", "</script><script>alert(1)</script>", List.of())
                        .with(Headline.of("x", Map.of(), "<!-- \\u2028 /*SCRIPTS*/ /*STYLE*/")))));

        var page = ReportPage.of(document, "trajectories.js");

        assertThat(page).doesNotContain("</script><script>alert").contains("\\u003c/script>");
        assertThat(page.split("</script>", -1))
                .as("libraries, document and script of the page")
                .hasSize(4);
        assertThat(page).doesNotContain("<script src").doesNotContain("<link");
    }

    @Test
    void json_moreRowsThanAreShown_areCounted() {
        var dot = new Block.Estimate("a", "", 1, OptionalDouble.empty(), OptionalDouble.empty());
        var block = new Block.Bars(
                new Block.Caption("Many", "Many ones."), Block.Axis.of("1"), Collections.nCopies(Block.ROWS + 7, dot));

        var json = SectionJson.of(List.of(Section.of("many", "Many", List.of(block))))
                .at("/0/blocks/0");

        assertThat(json.path("bars")).hasSize(Block.ROWS);
        assertThat(json.path("leftOut").intValue()).isEqualTo(7);
    }
}
