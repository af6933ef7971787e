package org.polyphony.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.deploy.Deployment;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.spi.error.Issue;

class RunSlotsTest {

    @TempDir
    Path folder;

    @Test
    void fill_severalUses_tellsTheProblemsOfAll() throws Exception {
        var uses = new LinkedHashMap<PluginUse, Role>();
        for (var sample : List.of("broken", "allowing", "needy", "absent")) {
            if (!sample.equals("absent")) {
                TestBundle.of(sample).write(folder);
            }
            uses.put(new PluginUse(sample, Map.of(), "norms[" + uses.size() + "]"), Role.SAFETY);
        }
        var problems = new ArrayList<Issue>();
        try (var deployment =
                        Deployment.of(PluginRegistry.scan(List.of(folder)), Duration.ofSeconds(30), 1 << 20, false);
                var slots =
                        PlanSlots.fill(deployment.registry(), deployment.assembly("run"), uses, Map.of(), problems);
                var leased = slots.lease()) {
            assertThat(problems)
                    .extracting(Issue::location)
                    .containsExactly("norms[0].plugin", "norms[2].plugin", "norms[3].plugin");
            assertThat(leased.plugins())
                    .extracting(StudyOutcome.PluginInUse::slot)
                    .containsExactly("norms[1]");
        }
    }
}
