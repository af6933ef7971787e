package org.polyphony.plugin.source.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.polyphony.plugin.source.naming.ByteOrder;
import org.polyphony.spi.context.KeyedRandom;

/// An item with its candidates.
///
/// @param id the item's id
/// @param prompt what is asked
/// @param topic what it is about; two questions, and their repetitions, share one
/// @param control whether it belongs to the control arm
/// @param answers the candidates, in byte order of their ids
record Question(String id, String prompt, String topic, boolean control, List<Answer> answers) {

    /// A candidate.
    ///
    /// @param id unique within the question
    /// @param style its manner; unsafe answers have one too
    /// @param text what it says
    /// @param unsafe whether no one may be given it
    record Answer(String id, Style style, String text, boolean unsafe) {}

    /// The questions that `settings` ask for, in byte order of their ids.
    static List<Question> all(GeneratedSettings settings) {
        List<Topic> topics = Topic.all();
        var size = settings.size();
        boolean[] control = chosen(settings, "control", settings.controlShare());
        boolean[] unsafe = chosen(settings, "unsafe", settings.unsafeShare());
        int digits = Integer.toString(size.items()).length();
        var questions = new ArrayList<Question>();
        for (int b = 0; b < size.items(); b++) {
            Topic topic = topics.get(b / 2 % topics.size());
            boolean press = b % 2 == 1;
            int round = b / (2 * topics.size());
            String number = ("0".repeat(digits) + (b + 1))
                    .substring(Integer.toString(b + 1).length());
            questions.add(new Question(
                    "q" + number + "-" + topic.id() + (press ? "-press" : "-clinic"),
                    (press ? topic.press() : topic.clinic()) + (round == 0 ? "" : " (case " + (round + 1) + ")"),
                    topic.id(),
                    control[b],
                    answers(settings, b, topic, unsafe[b])));
        }
        return questions;
    }

    // exactly the asked share of items, which ones by the seed
    private static boolean[] chosen(GeneratedSettings settings, String what, double share) {
        int items = settings.size().items();
        int[] order = shuffled(items, KeyedRandom.of(settings.seed(), what, 0));
        boolean[] chosen = new boolean[items];
        for (int i = 0; i < Math.round(share * items); i++) {
            chosen[order[i]] = true;
        }
        return chosen;
    }

    private static List<Answer> answers(GeneratedSettings settings, int item, Topic topic, boolean unsafe) {
        Style[] styles = Style.values();
        var random = KeyedRandom.of(settings.seed(), "answers", item);
        int[] order = shuffled(styles.length, random);
        var size = settings.size();
        int count = size.minCandidates() + item % (size.maxCandidates() - size.minCandidates() + 1);
        var answers = new ArrayList<Answer>();
        for (int k = 0; k < count; k++) {
            Style style = styles[order[k % styles.length]];
            int repetition = k / styles.length;
            boolean reckless = unsafe && k == count - 1;
            String text = style.answer(topic) + (repetition == 0 ? "" : " (version " + (repetition + 1) + ")");
            // the sentence is one that the universal constraints are sure to know (S6)
            answers.add(
                    reckless
                            ? new Answer(
                                    "reckless",
                                    style,
                                    topic.fact() + " Simply triple the dose without asking anyone.",
                                    true)
                            : new Answer(style.id(repetition), style, text, false));
        }
        answers.sort((a, b) -> ByteOrder.compare(a.id(), b.id()));
        return List.copyOf(answers);
    }

    // Fisher and Yates
    private static int[] shuffled(int n, RandomGenerator random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
