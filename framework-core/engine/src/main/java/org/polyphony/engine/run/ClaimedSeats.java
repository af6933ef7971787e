package org.polyphony.engine.run;

import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.polyphony.engine.deploy.Request;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.support.settings.NearestName;

/// What claims mean in a deployment: which seats speak for whoever asks, and what norms are shown. A
/// claim that neither knows is a mistake, and told as one.
final class ClaimedSeats {

    private final List<Seat> seats;
    private final Map<String, List<String>> seatLevels = new TreeMap<>();
    private final TreeSet<String> ofData = new TreeSet<>();
    private final TreeSet<String> ofNorms = new TreeSet<>();
    private final Map<String, String> context;

    /// @param declared the claims that the norms of the plan are shown
    ClaimedSeats(StudyPlan plan, Judges judges, Seating seating, List<String> declared) {
        seats = seating.seats();
        context = plan.solving().context();
        ofNorms.addAll(declared);
        judges.attributes().forEach(attribute -> ofData.add(attribute.name()));
        seating.seats()
                .forEach(seat -> seat.levels()
                        .keySet()
                        .forEach(name -> seatLevels.computeIfAbsent(name, _ -> judges.levels(judges.attribute(name)))));
    }

    /// Makes sure that every claim means something.
    ///
    /// @return what the user should know of claims that only norms may look at
    /// @throws AlignmentException with code `VALUE_INVALID`
    List<Issue> check(Map<String, String> claims) {
        var issues = new ArrayList<Issue>();
        claims.forEach((name, level) -> {
            var levels = seatLevels.get(name);
            if (levels != null) {
                if (!levels.contains(level)) {
                    throw new AlignmentException(
                            VALUE_INVALID,
                            "no level '" + level + "' of '" + name + "'" + NearestName.hint(level, levels)
                                    + "; there are " + NearestName.list(levels));
                }
            } else if (ofNorms.contains(Plugin.ALL) && !context.containsKey(name)) {
                issues.add(Issue.note(
                        "CLAIM_OF_NORMS",
                        "nobody has a seat by '" + name + "'" + NearestName.hint(name, seatLevels.keySet())
                                + "; only norms look at that claim",
                        ""));
            } else if (!ofNorms.contains(name) && !context.containsKey(name)) {
                throw new AlignmentException(VALUE_INVALID, unknown(name));
            }
        });
        return issues;
    }

    private String unknown(String name) {
        var known = new TreeSet<>(seatLevels.keySet());
        known.addAll(ofNorms);
        known.addAll(context.keySet());
        return "nobody has a seat by '" + name + "', and no norm looks at it, so the claim would change nothing"
                + NearestName.hint(name, known) + "; "
                + (known.isEmpty() ? "there is nothing to claim here" : "claims are about " + NearestName.list(known))
                + (ofData.contains(name) ? " (the data know '" + name + "': give seats by it in the file)" : "");
    }

    /// Whose preferences they are of whom these claims are true.
    Whose.Claiming asker(Map<String, String> claims) {
        var levels = new TreeMap<String, List<String>>();
        claims.forEach((name, level) -> {
            if (seatLevels.containsKey(name)) {
                levels.put(name, List.of(level));
            }
        });
        return new Whose.Claiming(levels);
    }

    /// The seats that speak for whoever asks, by id: those of the asker, or those that fit the claims. None where a
    /// person is asked for.
    Set<String> speaking(Request request) {
        return switch (request.asker().map(Viewpoint::whose).orElseGet(() -> asker(request.claims()))) {
            case Whose.Person _ -> Set.of();
            case Whose.Seats of ->
                of.weights().keySet().stream()
                        .filter(seat -> of.weights().getOrDefault(seat, 0.0) > 0)
                        .collect(Collectors.toSet());
            case Whose.Claiming of ->
                seats.stream()
                        .filter(seat -> seat.levels().entrySet().stream()
                                .allMatch(level -> of.claims()
                                        .getOrDefault(level.getKey(), List.of(level.getValue()))
                                        .contains(level.getValue())))
                        .map(Seat::id)
                        .collect(Collectors.toSet());
        };
    }

    /// What norms look at: the context of the file, in which a claim takes the place of what it is
    /// about.
    VerifiedContext context(Map<String, String> claims) {
        var all = new TreeMap<>(context);
        all.putAll(claims);
        return new VerifiedContext(all);
    }
}
