package org.polyphony.lib.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Pins what is built in: a changed file fails the build.
class MiniLmTest {

    @Test
    void model_always_isThePinnedOne() throws Exception {
        assertThat(sha256(MiniLm.model()))
                .isEqualTo("afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1");
    }

    @Test
    void vocabulary_always_isThePinnedOne() throws Exception {
        var vocabulary = MiniLm.vocabulary();
        assertThat(vocabulary).hasSize(30_522).doesNotHaveDuplicates();
        assertThat(vocabulary.subList(100, 104)).containsExactly("[UNK]", "[CLS]", "[SEP]", "[MASK]");
        assertThat(sha256(String.join("\n", vocabulary).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("0f052197aac305fe42f378b5c61554b7bacb34b8be4af83fec2cfdcdffbc9973");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
