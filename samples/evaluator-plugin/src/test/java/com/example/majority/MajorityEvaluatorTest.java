package com.example.majority;

import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.testkit.EvaluatorContract;

/// The contract of every evaluator.
class MajorityEvaluatorTest implements EvaluatorContract {

    @Override
    public Evaluator evaluator() {
        return new MajorityEvaluator();
    }
}
