package org.polyphony.engine.deploy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;

/// What is asked of a deployment: which of several candidates somebody is to get.
///
/// @param question what is asked, or the id of an item of the data
/// @param candidates what may be answered; empty means those that the data have for the question
/// @param claims what is verified of whoever asks, attribute or claim → value. Norms look at them, and
///     they say which seats speak for the asker
/// @param asker whose preferences decide; empty means those of the seats that fit the claims, weighted
///     by their people
/// @param also further viewpoints to answer from, for comparison
/// @param choice how one candidate is chosen
public record Request(
        Conversation question,
        List<Conversation> candidates,
        Map<String, String> claims,
        Optional<Viewpoint> asker,
        List<Viewpoint> also,
        Choice choice) {

    /// What the viewpoint of whoever asks is called where a request does not say.
    public static final String ASKER = "asker";

    /// How one candidate is chosen.
    ///
    /// @param policy which policy of the file decides, by its label; empty means the first
    /// @param seed of the pick, and of whatever plugins draw
    /// @param minSupport an answer behind which fewer judgments stand is refused; 0 refuses none
    public record Choice(Optional<String> policy, long seed, double minSupport) {

        public Choice {
            if (!(minSupport >= 0)) {
                throw new IllegalArgumentException("the least support must be a number from 0, got " + minSupport);
            }
        }
    }

    public Request {
        candidates = List.copyOf(candidates);
        claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
        also = List.copyOf(also);
    }

    /// A question of the data, asked by somebody of whom nothing is known.
    ///
    /// @param question its text, or the id of its item
    public static Request of(String question) {
        return new Request(
                Conversation.asking(question),
                List.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                new Choice(Optional.empty(), 1, 0));
    }

    /// The same with these texts as candidates.
    public Request withCandidates(List<String> texts) {
        return new Request(question, texts.stream().map(Conversation::answering).toList(), claims, asker, also, choice);
    }

    /// The same asked by somebody of whom this is verified.
    public Request withClaims(Map<String, String> verified) {
        return new Request(question, candidates, verified, asker, also, choice);
    }

    /// The same decided by what these prefer.
    public Request as(Whose whose) {
        return as(Viewpoint.of(ASKER, whose));
    }

    /// The same decided from this viewpoint.
    public Request as(Viewpoint viewpoint) {
        return new Request(question, candidates, claims, Optional.of(viewpoint), also, choice);
    }

    /// The same answered from these viewpoints too.
    public Request also(List<Viewpoint> viewpoints) {
        return new Request(question, candidates, claims, asker, viewpoints, choice);
    }

    /// The same with this seed.
    public Request withSeed(long seed) {
        return with(new Choice(choice.policy, seed, choice.minSupport));
    }

    /// The same refused where fewer judgments stand behind the answer.
    public Request withMinSupport(double judgments) {
        return with(new Choice(choice.policy, choice.seed, judgments));
    }

    /// The same decided by this policy of the file.
    public Request withPolicy(String label) {
        return with(new Choice(Optional.of(label), choice.seed, choice.minSupport));
    }

    private Request with(Choice other) {
        return new Request(question, candidates, claims, asker, also, other);
    }
}
