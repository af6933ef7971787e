package org.polyphony.verify;

/// One formulation that answers can be proved of: what it is called, what it asks of a policy, what an answer holds
/// beside the policy, and how that is proved. [Certifiers] lists them; a formulation that is not listed is described
/// by [Certificate#described] and nothing is proved of it.
///
/// Nothing here searches, iterates or optimises: every number is one evaluation of a closed form, with A = P - 1/2 and
/// only allowed candidates playing. Methods are pure, may be called from any thread, and do not throw for bad values;
/// those come back as [Certificate#violations()].
public interface Certifier {

    /// What it is called and what it means.
    Wording wording();

    /// What an answer holds beside the policy.
    Evidence evidence();

    /// Whether an answer may come without its evidence: then nothing is proved of it, nor held against it.
    default boolean evidenceOptional() {
        return false;
    }

    /// Recomputes what an answer is worth, from the game and the answer alone.
    Certificate certify(PreferenceGame game, Claim claim);
}
