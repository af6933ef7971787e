package org.polyphony.plugin.source.generated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Attribute;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;

/// Generates pharmacists, patients, journalists and counsellors who compare answers to short questions, and
/// says what they truly prefer ([TruePreferences]).
///
/// The attribute `role` says who judged; the item attribute `arm` is `difference` or `control`.
@Plugin(
        role = PreferenceSource.class,
        id = "generated",
        settings = GeneratedSettings.class,
        summary = "Generated judgments of four groups with known preferences, cycles and a control arm")
public final class GeneratedSource implements PreferenceSource, SelfTesting {

    private static final String ROLE = "role";

    // whether the first answer won, of the judgments of the self-test
    private static final String GOLDEN = "010001100101011011101101";

    @Override
    public PreferenceData read(SourceRequest request, PluginContext context) {
        return generate(context.settings(GeneratedSettings.class), context);
    }

    private static PreferenceData generate(GeneratedSettings settings, PluginContext context) {
        List<Question> questions = Question.all(settings);
        var preferences = new TruePreferences(settings.seed(), settings.strengths(), questions);
        List<double[][][]> truth = new ArrayList<>();
        for (int b = 0; b < questions.size(); b++) {
            truth.add(preferences.of(b));
        }
        List<String> roles = Arrays.stream(Group.values()).map(Group::level).toList();
        var assembly = new Assembly(List.of(new Attribute(ROLE, roles, List.of())), false);
        List<int[]> candidates =
                questions.stream().map(question -> add(assembly, question)).toList();
        judge(settings, candidates, truth, assembly, context);
        var judgments = assembly.build(context, "generated data");
        // the judgments may miss a question; the truth speaks of those that are there
        List<double[][][]> judged = new ArrayList<>();
        for (int b = 0; b < questions.size(); b++) {
            if (judgments.candidates().items().contains(questions.get(b).id())) {
                judged.add(truth.get(b));
            }
        }
        return PreferenceData.of(judgments, List.of())
                .withTruth(GroundTruth.of(ROLE, roles, PreferenceEstimate.ofSeats(roles, buckets(judged, context))));
    }

    private static int[] add(Assembly assembly, Question question) {
        var catalogue = assembly.catalogue();
        int item = catalogue.item(question.id());
        catalogue.prompt(item, question.prompt());
        catalogue.attribute(item, "arm", question.control() ? "control" : "difference");
        catalogue.attribute(item, "topic", question.topic());
        int[] numbers = new int[question.answers().size()];
        for (int k = 0; k < numbers.length; k++) {
            var answer = question.answers().get(k);
            numbers[k] = catalogue.candidate(item, answer.id());
            catalogue.text(item, numbers[k], answer.text());
            if (answer.unsafe()) {
                catalogue.unsafe(numbers[k]);
            }
        }
        return numbers;
    }

    private static void judge(
            GeneratedSettings settings,
            List<int[]> candidates,
            List<double[][][]> truth,
            Assembly assembly,
            PluginContext context) {
        int perGroup = settings.size().annotatorsPerGroup();
        String digits = "%0" + Integer.toString(perGroup).length() + "d";
        Group[] groups = Group.values();
        for (int annotator = 0; annotator < perGroup * groups.length; annotator++) {
            context.checkCancelled();
            Group group = groups[annotator / perGroup];
            String id = group.level() + "-" + String.format(Locale.ROOT, digits, annotator % perGroup + 1);
            var random = KeyedRandom.of(settings.seed(), "annotator", annotator);
            Set<Long> done = new HashSet<>();
            while (done.size() < settings.size().judgmentsPerAnnotator()) {
                int item = random.nextInt(candidates.size());
                int[] numbers = candidates.get(item);
                int i = random.nextInt(numbers.length);
                int j = other(random, numbers.length, i);
                long pair = ((long) item << 16) | ((long) Math.min(i, j) << 8) | Math.max(i, j);
                if (done.add(pair)) {
                    boolean first = random.nextDouble() < truth.get(item)[group.index()][i][j];
                    assembly.begin(JudgmentForm.PAIR, item, id, new int[] {group.index()}, 1, 0);
                    assembly.entry(numbers[i], first ? 1 : 0);
                    assembly.entry(numbers[j], first ? 0 : 1);
                    assembly.end();
                }
            }
            context.progress(annotator + 1L, (long) perGroup * groups.length);
        }
    }

    private static int other(RandomGenerator random, int count, int than) {
        int drawn = random.nextInt(count - 1);
        return drawn < than ? drawn : drawn + 1;
    }

    private static List<PreferenceBucket> buckets(List<double[][][]> truth, PluginContext context) {
        var buckets = new ArrayList<PreferenceBucket>();
        int[] sizes =
                truth.stream().mapToInt(p -> p[0].length).distinct().sorted().toArray();
        for (int k : sizes) {
            int[] items = IntStream.range(0, truth.size())
                    .filter(b -> truth.get(b)[0].length == k)
                    .toArray();
            int groups = Group.values().length;
            var memory = context.allocator();
            Tensor numbers = memory.ints(items.length);
            Tensor p = memory.doubles(items.length, groups, k, k);
            long at = 0;
            for (int b = 0; b < items.length; b++) {
                numbers.setInt(b, items[b]);
                for (double[][] ofGroup : truth.get(items[b])) {
                    for (double[] row : ofGroup) {
                        p.put(at, row);
                        at += k;
                    }
                }
            }
            buckets.add(PreferenceBucket.of(
                    numbers,
                    p,
                    memory.doubles(items.length, groups, k, k),
                    memory.doubles(items.length, groups, k, k)));
        }
        return buckets;
    }

    /// Generates two questions and checks what came out against the values of this version.
    @Override
    public void selfTest(PluginContext context) {
        var data = generate(
                new GeneratedSettings(1, new DataSize(2, 3, 4, 2, 3), new Strengths(1, 1, 1), 0.5, 0.5), context);
        var judgments = data.judgments();
        var outcomes = new StringBuilder();
        for (int n = 0; n < judgments.count(); n++) {
            outcomes.append(judgments.entries().value(judgments.entries().first(n)) == 1 ? '1' : '0');
        }
        if (!outcomes.toString().equals(GOLDEN)) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "the golden outcomes are " + GOLDEN + ", generated were " + outcomes
                            + "; this build of the plugin does not work here");
        }
    }
}
