package org.polyphony.engine.run;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.polyphony.engine.deploy.Reply;

/// What a request tells, without a judge, of the seats that speak for whoever asks: the guardrails of a watch. Each
/// value is in [0, 1] and counts in a mean over requests.
///
/// * `refused:SEAT`: 1 where nothing may be given, else 0.
/// * `withheld:SEAT`: the share of the candidates that may not be given.
/// * `shared:SEAT`: Σ min(p, q) over the candidates, p what is given to whoever asks and q what the seat alone would
///   get: 1 less their distance in total variation. Of each seat that the request compares with and that is not all
///   who speaks.
///
/// The first two are told of `everyone` too.
final class SeatMetrics {

    private static final String EVERYONE = "everyone";

    private SeatMetrics() {}

    /// @param speaking the seats that speak for whoever asked
    static Map<String, Double> of(Reply reply, Set<String> speaking) {
        var metrics = new TreeMap<String, Double>();
        double refused = reply.pick().isPresent() ? 0 : 1;
        double withheld = reply.candidates().stream()
                .mapToDouble(candidate -> candidate.allowed() ? 0 : 1)
                .average()
                .orElse(0);
        metrics.put("refused:" + EVERYONE, refused);
        metrics.put("withheld:" + EVERYONE, withheld);
        for (var seat : speaking) {
            metrics.put("refused:" + seat, refused);
            metrics.put("withheld:" + seat, withheld);
        }
        if (!reply.answers().isEmpty()) {
            shared(reply, metrics);
        }
        return metrics;
    }

    private static void shared(Reply reply, Map<String, Double> metrics) {
        var given = reply.answers().getFirst();
        for (var answer : reply.answers().subList(1, reply.answers().size())) {
            var alone = answer.blend().seats().keySet();
            if (alone.size() == 1
                    && !alone.equals(given.blend().seats().keySet())
                    && answer.standing().published()
                    && given.standing().published()) {
                double common = 0;
                for (int i = 0; i < given.probabilities().size(); i++) {
                    common += Math.min(
                            given.probabilities().get(i), answer.probabilities().get(i));
                }
                metrics.put("shared:" + alone.iterator().next(), Math.clamp(common, 0, 1));
            }
        }
    }
}
