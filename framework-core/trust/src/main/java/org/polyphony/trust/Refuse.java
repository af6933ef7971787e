package org.polyphony.trust;

/// The text must not be used.
///
/// @param ruleId the constraint that objects, for example `S9.weapons`, or one of the ids of [UniversalConstraints]
///     that stand for a fault
/// @param reason why, for people; never quotes the text
public record Refuse(String ruleId, String reason) implements Decision {

    @Override
    public boolean allowed() {
        return false;
    }
}
