package org.polyphony.spi.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/// Runs a contract's tests inside a test, for a plugin with a flaw.
final class ContractRun {

    private static final String FLAW = "flaw";

    private ContractRun() {}

    /// Names of the tests of `testCase` that fail when its constructor is given `flaw`.
    static Set<String> failures(Class<?> testCase, String flaw) {
        return run(selectClass(testCase), flaw);
    }

    /// Whether one test of `testCase` fails when its constructor is given `flaw`.
    static boolean fails(Class<?> testCase, String flaw, String test) {
        var method = Arrays.stream(testCase.getMethods())
                .filter(candidate -> candidate.getName().equals(test))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(testCase + " has no test " + test));
        return run(selectMethod(testCase, method), flaw).contains(test);
    }

    private static Set<String> run(DiscoverySelector tests, String flaw) {
        var events = EngineTestKit.engine("junit-jupiter")
                .selectors(tests)
                .configurationParameter(FLAW, flaw)
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .execute()
                .testEvents();
        if (events.started().count() == 0) {
            throw new IllegalStateException(tests + " selects no tests");
        }
        return events.failed().stream().map(ContractRun::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(Event event) {
        return event.getTestDescriptor().getDisplayName().replaceAll("\\(.*", "");
    }

    /// Gives a test case's constructor the flaw of the run.
    static final class Flaws implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == String.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getConfigurationParameter(FLAW).orElseThrow();
        }
    }
}
