package org.polyphony.plugin.safety.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.spi.tensor.Tensor;

/// Refuses candidates by [Rule]s that are data. Who asks is what is verified; the text is only ever searched.
@Plugin(
        role = SafetyLayer.class,
        id = "rules",
        settings = RulesSettings.class,
        claims = Plugin.ALL,
        summary = "Contextual norms as data: what a verified role, culture or jurisdiction does not allow")
public final class RulesLayer implements SafetyLayer, SelfTesting {

    // fixed, so that chunks do not depend on the number of cores
    private static final int CANDIDATES_PER_CHUNK = 256;
    private static final int ALLOWED = -1;

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        return review(context.settings(RulesSettings.class), request, context);
    }

    private static ReviewResult review(RulesSettings settings, ReviewRequest request, PluginContext context) {
        var rules = settings.rules().stream().map(CompiledRule::new).toList();
        var claims = request.situation().claims();
        var applying = rules.stream().filter(rule -> rule.appliesIn(claims)).toList();
        var candidates = request.candidates();
        int count = candidates.ids().size();
        int[] items = itemsOf(candidates);
        var allowed = context.allocator().bytes(count);
        var refusedBy = context.allocator().ints(count);
        int chunks = Math.ceilDiv(count, CANDIDATES_PER_CHUNK);
        context.parallel(chunks, chunk -> {
            context.checkCancelled();
            int end = Math.min(count, (chunk + 1) * CANDIDATES_PER_CHUNK);
            for (int m = chunk * CANDIDATES_PER_CHUNK; m < end; m++) {
                int rule = decide(applying, rules, candidates, m, items[m]);
                refusedBy.setInt(m, rule);
                allowed.setByte(m, (byte) (rule == ALLOWED ? 1 : 0));
            }
            return chunk;
        });
        return ReviewResult.of(
                allowed, refusedBy, rules.stream().map(CompiledRule::norm).toList());
    }

    /// The index, among all rules, of the first applying one that objects.
    private static int decide(
            List<CompiledRule> applying, List<CompiledRule> rules, Candidates candidates, int m, int item) {
        if (applying.isEmpty()) {
            return ALLOWED;
        }
        var text = NormalizedText.of(candidates.texts().get(m));
        for (CompiledRule rule : applying) {
            if (rule.isAbout(candidates, item) && rule.refuses(candidates.ids().get(m), text)) {
                return rules.indexOf(rule);
            }
        }
        return ALLOWED;
    }

    private static int[] itemsOf(Candidates candidates) {
        int[] items = new int[candidates.ids().size()];
        for (int b = 0; b < candidates.items().size(); b++) {
            Arrays.fill(items, candidates.first(b), candidates.first(b) + candidates.count(b), b);
        }
        return items;
    }

    /// Two rules, one of them lifted for a pharmacist, on three candidates.
    @Override
    public void selfTest(PluginContext context) {
        var settings = new RulesSettings(List.of(
                Rule.of("dose", "doses are for professionals", List.of("milligrams"))
                        .unless("role", "pharmacist"),
                Rule.of("brand", "no advertising", List.of("best brand")).when("jurisdiction", "de")));
        var candidates = Candidates.of(
                List.of("item"),
                List.of("?"),
                List.of("a", "b", "c"),
                List.of("Take 5 Milligrams.", "It is the BEST brand!", "Ask a doctor."),
                new int[] {0, 3});
        expect(settings, candidates, Map.of("role", "patient", "jurisdiction", "de"), context, 0, 1, ALLOWED);
        expect(
                settings,
                candidates,
                Map.of("role", "pharmacist", "jurisdiction", "at"),
                context,
                ALLOWED,
                ALLOWED,
                ALLOWED);
    }

    private static void expect(
            RulesSettings settings,
            Candidates candidates,
            Map<String, String> claims,
            PluginContext context,
            int... rules) {
        var request = ReviewRequest.of(candidates).in(VerifiedContext.of(claims));
        Tensor decided = review(settings, request, context).rule();
        if (!Arrays.equals(decided.toInts(), rules)) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "three candidates were refused by rules " + Arrays.toString(decided.toInts()) + ", expected "
                            + Arrays.toString(rules) + "; this build of the plugin does not work here");
        }
    }
}
