package org.polyphony.plugin.evaluator.preferences;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.testkit.EvaluatorContract;
import org.polyphony.spi.testkit.TestContext;

final class PreferenceEvaluatorContractTest implements EvaluatorContract {
    @Override
    public Evaluator evaluator() {
        return new PreferenceEvaluator();
    }

    @Override
    public TestContext context() {
        // the contract runs the evaluator a dozen times; fewer draws ask the same questions
        return TestContext.of(new EvaluatorSettings(
                5,
                new ModelGrid(0.3, 1, List.of()),
                new CycleGrid(List.of(), 1),
                new Draws(20, 10, 3, 10, 199),
                Optional.empty(),
                200));
    }
}
