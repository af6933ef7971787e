package org.polyphony.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import picocli.CommandLine.Option;

/// What a file may reach beyond its data folder. A study file comes from somebody else as often as not: it names
/// addresses and environment variables only where the person at the command line allows it.
final class OutsideAccess {

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://\\S*");
    private static final Pattern VARIABLE = Pattern.compile("(.+-)?env");

    @Option(
            names = "--allow-network",
            description = "Let the file name addresses on a network, and plugins that need one be used.")
    private boolean network;

    @Option(names = "--allow-env", description = "Let the file name environment variables.")
    private boolean environment;

    /// Whether services on a network may be asked.
    boolean network() {
        return network;
    }

    /// Every place of a study that reaches further than it is allowed to.
    List<Issue> refused(StudyPlan plan) {
        return refused(Stream.of(
                        Stream.of(plan.data().source()),
                        plan.people().profiler().stream(),
                        plan.solving().norms().stream(),
                        plan.data().encoders().stream().map(StudyPlan.EncoderUse::use),
                        plan.solving().algorithms().stream().map(StudyPlan.AlgorithmUse::use),
                        plan.solving().algorithms().stream().flatMap(of -> of.scorer().stream()),
                        plan.measuring().evaluators().stream())
                .flatMap(uses -> uses)
                .toList());
    }

    /// Every place of these uses of plugins that reaches further than it is allowed to.
    List<Issue> refused(List<PluginUse> uses) {
        var issues = new ArrayList<Issue>();
        uses.forEach(use -> check(use.path() + ".settings", "", use.settings(), issues));
        return issues;
    }

    private void check(String path, String key, Object value, List<Issue> issues) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((name, inner) -> check(path + "." + name, String.valueOf(name), inner, issues));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    check(path + "[" + i + "]", key, list.get(i), issues);
                }
            }
            case String text
            when !network && ADDRESS.matcher(text).matches() ->
                issues.add(issue(path, "names the address '" + text + "'; allow it with --allow-network"));
            case String text
            when !environment && VARIABLE.matcher(key).matches() && !text.isBlank() ->
                issues.add(issue(path, "names the environment variable '" + text + "'; allow it with --allow-env"));
            default -> {}
        }
    }

    private static Issue issue(String path, String message) {
        return Issue.error(StandardErrorCode.SETTING_INVALID.name(), "'" + path + "' " + message, "");
    }
}
