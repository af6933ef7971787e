package org.polyphony.plugin.encoder.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SharedModelTest {

    private final SharedModel shared = new SharedModel();

    @Test
    void stop_duringACall_closesTheModelBehindIt() {
        var first = shared.acquire();
        var second = shared.acquire();
        assertThat(second.model()).isSameAs(first.model());
        first.close();
        shared.stop();

        assertThat(second.vector("still here", 16)).hasSize(SentenceModel.SIZE);
        second.close();

        assertThatThrownBy(() -> second.vector("gone", 16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void acquire_afterStop_isRefused() {
        shared.stop();

        assertThatThrownBy(shared::acquire)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("replaced");
    }
}
