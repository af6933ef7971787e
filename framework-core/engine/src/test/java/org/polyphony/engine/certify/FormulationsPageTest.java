package org.polyphony.engine.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.verify.Certifier;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Evidence;

/// The names that the SPI gives, the certifiers and the documentation are one list.
class FormulationsPageTest {

    private static final Path PAGE = Path.of("../../docs/reference/formulations.md");

    @Test
    void spi_everyName_hasItsCertifier() throws IllegalAccessException {
        var names = new ArrayList<String>();
        for (var field : Formulation.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                names.add((String) field.get(null));
            }
        }

        assertThat(Certifiers.all())
                .extracting(certifier -> certifier.wording().formulation())
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void page_everyFormulation_isExplainedAsTheListSays() throws IOException {
        var table = Certifiers.all().stream()
                .map(FormulationsPageTest::row)
                .collect(Collectors.joining(
                        "",
                        "| formulation | what is deployed | an answer holds | `gap` | `gapTau` |\n|---|---|---|---|---|\n",
                        ""));

        assertThat(Files.readString(PAGE))
                .as("docs/reference/formulations.md must hold this table")
                .contains(table)
                .contains(Arrays.stream(Standing.values())
                        .map(standing -> "`" + standing + "`")
                        .toList());
    }

    private static String row(Certifier certifier) {
        var words = certifier.wording();
        return "| `" + words.formulation() + "` | " + words.title() + ": " + words.sentence() + " | "
                + evidence(certifier) + " | " + words.gap() + " | "
                + (words.gapTau().equals(words.gap()) ? "the same" : words.gapTau()) + " |\n";
    }

    private static String evidence(Certifier certifier) {
        var evidence = switch (certifier.evidence()) {
            case Evidence.NONE -> "a policy";
            case Evidence.PROFILE -> "a policy per stakeholder; their mixture is deployed";
            case Evidence.DUALS -> "a policy and duals";
            case Evidence.LEVELS -> "a policy and duals, level by level";
        };
        return certifier.evidenceOptional() ? evidence + ", without which nothing is proved" : evidence;
    }
}
