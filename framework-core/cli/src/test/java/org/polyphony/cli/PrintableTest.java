package org.polyphony.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void message_escapeSequencesAndLineBreaks_areShownNotObeyed() {
        assertThat(Printable.message("item '\u001b[2J\u009b31m' of\nq1\r\tand \u202egnp\u007f"))
                .isEqualTo("item '\\u001b[2J\\u009b31m' of\\nq1\\r\\tand \\u202egnp\\u007f");
    }

    @Test
    void message_namesOfAllScripts_stay() {
        assertThat(Printable.message("größer als 東京 🙂 – «наука»")).isEqualTo("größer als 東京 🙂 – «наука»");
    }

    @Test
    void message_halfOfASurrogatePair_isEscaped() {
        assertThat(Printable.message("a\ud83dz")).isEqualTo("a\\ud83dz");
    }

    @Test
    void message_aMillionCharacters_keepsBeginningAndAdvice() {
        var text = "value '" + "x".repeat(1_000_000) + "'; give a shorter one";
        assertThat(Printable.message(text))
                .startsWith("value 'xxx")
                .contains("characters left out")
                .endsWith("; give a shorter one")
                .hasSizeLessThan(2100);
    }

    @Test
    void json_controlCharactersThatWritersLeave_areEscapedAndTheRestStays() {
        assertThat(Printable.json("{\n  \"a\" : \"\u009bé\"\n}")).isEqualTo("{\n  \"a\" : \"\\u009bé\"\n}");
    }
}
