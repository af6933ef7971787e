package org.polyphony.spi.testkit.fake;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;
import org.polyphony.spi.testkit.PreferenceSourceContract;
import org.polyphony.spi.testkit.SafetyLayerContract;
import org.polyphony.spi.testkit.TestJudgments;

/// Fakes keep the contracts of their roles. The others are tried in the engine, where contracts meet plugins that break
/// them.
class FakesTest {

    @Nested
    class Uniform implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new UniformAlgorithm();
        }
    }

    @Nested
    class AllowAll implements SafetyLayerContract {

        @Override
        public SafetyLayer layer() {
            return new AllowAllLayer();
        }

        @Override
        public Optional<ReviewRequest> refused() {
            return Optional.empty();
        }
    }

    @Nested
    class Fixed implements PreferenceSourceContract {

        @TempDir
        @SuppressWarnings("NullAway.Init") // JUnit sets it
        Path folder;

        @Override
        public PreferenceSource source() {
            var candidates = TestJudgments.candidates(3, 2);
            return new FixedSource(
                    PreferenceData.of(TestJudgments.random(3, candidates, 4, 20, "nurse", "patient"), List.of()));
        }

        @Override
        public Path root() {
            return folder;
        }
    }
}
