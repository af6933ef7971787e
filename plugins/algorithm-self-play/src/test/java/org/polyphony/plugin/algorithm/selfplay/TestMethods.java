package org.polyphony.plugin.algorithm.selfplay;

import java.util.Map;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.support.Declarations;

/// The methods of the bundle, as tests call them.
final class TestMethods {

    private TestMethods() {}

    static Plugin declared(SelfPlayMethod method) {
        return Declarations.of(SelfPlayAlgorithm.class, AlignmentAlgorithm.class, method.toString())
                .filter(declared -> declared.id().equals(method.toString()))
                .orElseThrow();
    }

    /// A context of a method on its default settings.
    static TestContext context(SelfPlayMethod method) {
        return TestContext.forPlugin(declared(method), Map.of());
    }

    /// A context of a method on these settings.
    static TestContext context(SelfPlayMethod method, Record settings) {
        return TestContext.of(settings).as(method.toString());
    }
}
