package org.polyphony.support.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestsTest {

    // self-computed by an independent Python implementation of the same definition
    @Test
    void share_knownIds_meetsTheReference() {
        assertThat(Digests.share("w0001")).isEqualTo(2_679_889_694L);
        assertThat(Digests.share("w3815")).isEqualTo(1_299_307_350L);
    }
}
