package org.polyphony.engine.result;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.io.ArrowTables;
import org.polyphony.engine.io.Table;
import org.polyphony.engine.io.TableColumn;
import org.polyphony.engine.run.StudyOutcome;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.tensor.Tensor;

/// A study's policies as an Arrow file of plain columns that any reader opens: `formulation` (the policy's
/// label), `item`, `candidate`, `stakeholder` (empty for the deployed policy), `log_prob` (float64, −∞ where
/// the mass is zero) and `standing` (`CERTIFIED` or `VALID`). Refused and rejected items have no rows. The
/// schema's metadata `polyphony.result` holds the result's id.
final class PolicyFile {

    // the schema's metadata: which result the file belongs to
    private static final String RESULT = "polyphony.result";

    private final StudyOutcome outcome;
    private final List<String> formulations = new ArrayList<>();
    private final List<String> items = new ArrayList<>();
    private final List<String> candidates = new ArrayList<>();
    private final List<String> stakeholders = new ArrayList<>();
    private final List<Double> logs = new ArrayList<>();
    private final List<String> standings = new ArrayList<>();

    private PolicyFile(StudyOutcome outcome) {
        this.outcome = outcome;
    }

    /// Writes `target`.
    ///
    /// @param result the id of the result that the file belongs to
    static void write(StudyOutcome outcome, String result, Path target, OwnerMemory memory) throws IOException {
        var file = new PolicyFile(outcome);
        outcome.answers()
                .solved()
                .ifPresent(solved -> solved.solutions().forEach(solution -> file.add(solved.games(), solution)));
        try (var channel = FileChannel.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ArrowTables.write(channel, file.table(), Map.of(RESULT, result), memory);
        }
    }

    private void add(PreferenceGames games, CertifiedSolution solution) {
        for (int n = 0; n < games.count(); n++) {
            var standing = Standing.of(solution, n);
            if (!standing.published()) {
                continue;
            }
            var answer = solution.solution().solution(n);
            int item = games.game(n).item();
            int before = logs.size();
            add(solution.label(), item, "", answer.logPolicy());
            if (answer.hasProfile()) {
                for (int s = 0; s < games.stakeholders().size(); s++) {
                    add(solution.label(), item, games.stakeholders().get(s), answer.logProfile(s));
                }
            }
            standings.addAll(Collections.nCopies(logs.size() - before, standing.name()));
        }
    }

    private void add(String formulation, int item, String stakeholder, Tensor log) {
        var known = outcome.data().judgments().candidates();
        for (int i = 0; i < log.size(); i++) {
            formulations.add(formulation);
            items.add(known.items().get(item));
            candidates.add(known.ids().get(known.first(item) + i));
            stakeholders.add(stakeholder);
            logs.add(log.getDouble(i));
        }
    }

    private Table table() {
        return Table.of(
                new TableColumn.Texts("formulation", formulations),
                new TableColumn.Texts("item", items),
                new TableColumn.Texts("candidate", candidates),
                new TableColumn.Texts("stakeholder", stakeholders),
                new TableColumn.Doubles(
                        "log_prob",
                        logs.stream().mapToDouble(Double::doubleValue).toArray()),
                new TableColumn.Texts("standing", standings));
    }
}
