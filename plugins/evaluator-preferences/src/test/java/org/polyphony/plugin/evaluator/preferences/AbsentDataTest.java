package org.polyphony.plugin.evaluator.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

/// What a fresh clone says about tests of data that it does not have.
final class AbsentDataTest {

    private static final String DATA = "polyphony.data";

    @Test
    void argumentsStudy_dataAreAbsent_everyTestIsToldAsSkippedWithTheReason(@TempDir Path empty) {
        String before = System.getProperty(DATA);
        System.setProperty(DATA, empty.toString());
        try {
            var run = EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(ArgumentsStudyTest.class))
                    .execute();

            assertThat(run.containerEvents().aborted().count()).isZero();
            assertThat(run.testEvents().aborted().count())
                    .isEqualTo(run.testEvents().started().count())
                    .isPositive();
            run.testEvents()
                    .aborted()
                    .assertThatEvents()
                    .allSatisfy(event -> assertThat(event.toString()).contains("the arguments data are not here"));
        } finally {
            if (before == null) {
                System.clearProperty(DATA);
            } else {
                System.setProperty(DATA, before);
            }
        }
    }
}
