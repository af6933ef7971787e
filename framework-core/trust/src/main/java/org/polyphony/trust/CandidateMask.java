package org.polyphony.trust;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/// Which of several candidates may be answered with, and which rules object to the others.
///
/// It begins with what the universal constraints decided and can only get smaller: `final = universal ∧
/// contextual₁ ∧ …`. The order in which layers narrow it makes no difference, and a layer that fails refuses every
/// candidate.
public final class CandidateMask {

    private final List<List<String>> objections;

    private CandidateMask(List<List<String>> objections) {
        this.objections = objections;
    }

    static CandidateMask of(List<Decision> decisions) {
        var objections = new ArrayList<List<String>>(decisions.size());
        for (Decision decision : decisions) {
            var rules = new TreeSet<String>();
            if (decision instanceof Refuse refuse) {
                rules.add(refuse.ruleId());
            } else if (!decision.allowed()) {
                rules.add(UniversalConstraints.FAULT);
            }
            objections.add(List.copyOf(rules));
        }
        return new CandidateMask(List.copyOf(objections));
    }

    static CandidateMask refusing(int size, String ruleId, String reason) {
        return of(Collections.nCopies(size, new Refuse(ruleId, reason)));
    }

    /// How many candidates there are, allowed or not.
    public int size() {
        return objections.size();
    }

    /// Whether no rule objects to a candidate.
    public boolean allowed(int candidate) {
        return objections.get(candidate).isEmpty();
    }

    /// Ids of the rules that object to a candidate, sorted; empty if it is allowed.
    public List<String> objections(int candidate) {
        return objections.get(candidate);
    }

    /// How many candidates are left.
    public int count() {
        return (int) objections.stream().filter(List::isEmpty).count();
    }

    /// The mask as an array, shape (M), true where allowed.
    public boolean[] toArray() {
        var array = new boolean[size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = allowed(i);
        }
        return array;
    }

    /// What is left after a contextual layer has spoken.
    ///
    /// @param layer the layer's name, which becomes the rule id if it fails
    /// @param review answers one entry per candidate: the id of the rule that objects, or an empty text where none
    ///     does. If it throws, answers null, an entry that is null, or another number of entries, every candidate
    ///     is refused
    public CandidateMask narrow(String layer, Callable<? extends List<String>> review) {
        List<String> answers;
        try {
            // copied before it is counted: a list may change, or lie about its size
            answers = List.copyOf(review.call());
            if (answers.size() != size()) {
                answers = Collections.nCopies(size(), layer);
            }
        } catch (Throwable e) { // whatever it is, the answer is no
            answers = Collections.nCopies(size(), layer);
        }
        var narrowed = new ArrayList<List<String>>(size());
        for (int i = 0; i < size(); i++) {
            var rules = new TreeSet<>(objections.get(i));
            if (!answers.get(i).isEmpty()) {
                rules.add(answers.get(i));
            }
            narrowed.add(List.copyOf(rules));
        }
        return new CandidateMask(List.copyOf(narrowed));
    }
}
