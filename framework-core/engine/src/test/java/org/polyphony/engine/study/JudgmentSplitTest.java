package org.polyphony.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JudgmentSplitTest {

    // self-computed by an independent Python implementation of the same definition
    @Test
    void hash_knownIds_meetsTheReference() {
        assertThat(JudgmentSplit.hash("w0001")).isEqualTo(2_679_889_694L);
        assertThat(JudgmentSplit.hash("w3815")).isEqualTo(1_299_307_350L);
    }
}
