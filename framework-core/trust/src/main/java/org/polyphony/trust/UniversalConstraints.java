package org.polyphony.trust;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The constraints that apply to every text, whoever asks, whatever runs.
///
/// They take no context and no setting, so that nothing about a request can change what they decide. A set can be
/// added to them; none can be taken away, and nothing here lets a text pass that the shipped set refuses. Whatever
/// goes wrong while a text is checked is a refusal: null, too long, an exception, memory that ran out.
///
/// What they promise is that every text is checked. What they *find* is what their phrases say: a paraphrase, an
/// unlisted language or a new encoding passes. **Threads.** Immutable; any number at once. Time is linear in the
/// text's length.
public final class UniversalConstraints {

    /// Longest text that is checked, in UTF-16 units; longer ones are refused.
    public static final int LONGEST_TEXT = 1 << 18;

    /// How many encodings inside each other are undone; text hidden deeper is refused.
    public static final int DEEPEST_ENCODING = 3;

    /// Refused because the data declare it unsafe.
    public static final String DECLARED_UNSAFE = "declared-unsafe";

    /// Refused because there is no text.
    public static final String NO_TEXT = "fault.no-text";

    /// Refused because of [#LONGEST_TEXT].
    public static final String TOO_LONG = "fault.too-long";

    /// Refused because of half a surrogate pair, which programs read differently.
    public static final String MALFORMED = "fault.malformed";

    /// Refused because of [#DEEPEST_ENCODING].
    public static final String TOO_DEEP = "fault.too-deep";

    /// Refused because the check itself failed.
    public static final String FAULT = "fault.check";

    private static final String SHIPPED = "universal-constraints.txt";

    /// Of the shipped file, so that an edited or cut one in a distribution is found before the first request.
    private static final String SHIPPED_DIGEST = "58315f9a51be49d40d845fe8fd3b735d92b5ffddc4c7bf704bce38bf04daaac7";

    private final List<ConstraintSet> sets;
    private final List<Constraint> constraints;
    private final PhraseIndex index;

    private UniversalConstraints(List<ConstraintSet> sets) {
        this.sets = List.copyOf(sets);
        this.constraints =
                sets.stream().flatMap(set -> set.constraints().stream()).toList();
        var ids = new HashSet<String>();
        for (Constraint constraint : constraints) {
            if (!ids.add(constraint.id())) {
                throw new IllegalArgumentException(
                        "two constraint sets have a constraint called " + constraint.id() + "; rename the added one");
            }
        }
        this.index = new PhraseIndex(constraints);
    }

    /// The set that ships with Polyphony.
    ///
    /// @throws IllegalStateException if it is missing or is not the one this class was built with; do not start
    ///     then
    public static UniversalConstraints shipped() {
        try (InputStream in = UniversalConstraints.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the universal constraints are missing; reinstall this distribution");
            }
            var set = ConstraintSet.parse(in.readAllBytes());
            if (!set.digest().equals(SHIPPED_DIGEST)) {
                throw new IllegalStateException("the universal constraints have digest " + set.digest() + ", expected "
                        + SHIPPED_DIGEST + "; reinstall this distribution");
            }
            return new UniversalConstraints(List.of(set));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("the universal constraints cannot be read; reinstall this distribution", e);
        }
    }

    /// These constraints and those of another set. There is no inverse.
    public UniversalConstraints and(ConstraintSet more) {
        var all = new ArrayList<>(sets);
        all.add(more);
        return new UniversalConstraints(all);
    }

    /// The sets in force, for records and reports.
    public List<ConstraintSet> sets() {
        return sets;
    }

    /// Decides about one text. Never throws, never returns null.
    public Decision check(@Nullable CharSequence text) {
        try {
            String copy = text == null ? null : text.toString();
            if (copy == null) {
                return new Refuse(NO_TEXT, "there is no text to check");
            }
            return decide(copy);
        } catch (Throwable e) { // whatever it is, the answer is no
            return new Refuse(FAULT, "the check failed");
        }
    }

    /// Decides about a candidate that the data may declare unsafe. The declaration can only add a refusal.
    public Decision check(@Nullable CharSequence text, boolean declaredUnsafe) {
        return declaredUnsafe ? new Refuse(DECLARED_UNSAFE, "the data declare this candidate unsafe") : check(text);
    }

    /// Decides about many candidates.
    ///
    /// @param declaredUnsafe one flag per text; another length refuses them all
    public CandidateMask review(List<? extends @Nullable CharSequence> texts, boolean[] declaredUnsafe) {
        if (declaredUnsafe.length != texts.size()) {
            return CandidateMask.refusing(
                    texts.size(), FAULT, declaredUnsafe.length + " flags for " + texts.size() + " candidates");
        }
        var decisions = new ArrayList<Decision>(texts.size());
        for (int i = 0; i < declaredUnsafe.length; i++) {
            decisions.add(check(texts.get(i), declaredUnsafe[i]));
        }
        return CandidateMask.of(decisions);
    }

    private Decision decide(String text) {
        if (text.length() > LONGEST_TEXT) {
            return new Refuse(
                    TOO_LONG,
                    "the text has " + text.length() + " characters; at most " + LONGEST_TEXT + " are checked");
        }
        if (hasHalfSurrogate(text)) {
            return new Refuse(MALFORMED, "the text holds half a surrogate pair");
        }
        var broken = new TreeSet<String>();
        List<String> layer = List.of(text);
        for (int depth = 0; depth <= DEEPEST_ENCODING; depth++) {
            var inner = new ArrayList<String>();
            for (String view : layer) {
                for (Skeleton skeleton : Skeleton.values()) {
                    index.search(skeleton.tokens(view), broken);
                }
                inner.addAll(Encodings.decode(view));
            }
            layer = inner;
        }
        if (!broken.isEmpty()) {
            return refusal(broken.first());
        }
        return layer.isEmpty()
                ? Allow.of(text)
                : new Refuse(TOO_DEEP, "text is encoded more than " + DEEPEST_ENCODING + " times");
    }

    private Refuse refusal(String id) {
        for (Constraint constraint : constraints) {
            if (constraint.id().equals(id)) {
                return new Refuse(id, constraint.reason());
            }
        }
        return new Refuse(id, "a universal constraint objects");
    }

    private static boolean hasHalfSurrogate(String text) {
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return true;
            }
            at += Character.charCount(c);
        }
        return false;
    }
}
