package org.polyphony.engine.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/// Runs a contract's tests inside a test, for a plugin that breaks it.
final class ContractRun {

    private static final String WRONG = "wrong";

    private ContractRun() {}

    /// Names of the tests of `testCase` that fail when its constructor is given `wrong`.
    static Set<String> failures(Class<?> testCase, Enum<?> wrong) {
        return run(List.of(selectClass(testCase)), wrong);
    }

    /// Those of `tests` that fail when the constructor of `testCase` is given `wrong`.
    static Set<String> failures(Class<?> testCase, Enum<?> wrong, Collection<String> tests) {
        return run(
                tests.stream()
                        .map(test -> Arrays.stream(testCase.getMethods())
                                .filter(candidate -> candidate.getName().equals(test))
                                .findFirst()
                                .orElseThrow(() -> new IllegalArgumentException(testCase + " has no test " + test)))
                        .map(method -> selectMethod(testCase, method))
                        .toList(),
                wrong);
    }

    private static Set<String> run(List<? extends DiscoverySelector> tests, Enum<?> wrong) {
        var events = EngineTestKit.engine("junit-jupiter")
                .selectors(tests.toArray(DiscoverySelector[]::new))
                .configurationParameter(WRONG, wrong.name())
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

    /// Gives a test case's constructor what is wrong in this run.
    static final class Wrongs implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().isEnum();
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var name = context.getConfigurationParameter(WRONG).orElseThrow();
            return Arrays.stream(parameter.getParameter().getType().getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
