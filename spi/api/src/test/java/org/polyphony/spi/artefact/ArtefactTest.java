package org.polyphony.spi.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;

class ArtefactTest {

    @Test
    void tensorAndText_present_areGiven() {
        var weights = Tensor.ofDoubles(new double[] {1}, 1);
        var artefact = Artefact.of("a.b", 1, Map.of("tau", "0.1"), Map.of("weights", weights));
        assertThat(artefact.tensor("weights")).isSameAs(weights);
        assertThat(artefact.text("tau")).isEqualTo("0.1");
    }

    @Test
    void tensorAndText_absent_sayWhatThereIs() {
        var artefact = Artefact.of("a.b", 2, Map.of("tau", "0.1"), Map.of());
        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> artefact.tensor("weights"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.ARTEFACT_UNREADABLE))
                .withMessage("artefact a.b version 2 has no tensor weights, only []; fit it again");
        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> artefact.text("beta"))
                .withMessageContaining("[tau]");
    }

    @Test
    void of_versionZero_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Artefact.of("a.b", 0, Map.of(), Map.of()))
                .withMessageContaining("got 0");
    }
}
