package org.polyphony.plugin.algorithm.nashdpo;

import java.util.Optional;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.testkit.PolicyScorerContract;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestContext;

class NashDpoPolicyScorerContractTest implements PolicyScorerContract {

    @Override
    public PolicyScorer scorer() {
        return new NashDpoPolicyScorer();
    }

    @Override
    public Artefact policy() {
        var settings = TestSettings.parametric(PolicyForm.MLP, TestSettings.fit(0.5, 0, 16, Optional.empty()));
        try (var context = TestContext.of(settings)) {
            var request = AlignmentRequest.of(context.share(FeatureGames.of(4, 10)), Formulation.STAKEHOLDER);
            return SpiValues.copy(
                    new NashDpoAlgorithm().align(request, context).policy().orElseThrow());
        }
    }

    @Override
    public int featureSize() {
        return FeatureGames.FEATURES;
    }
}
