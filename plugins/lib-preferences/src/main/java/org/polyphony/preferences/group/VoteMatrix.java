package org.polyphony.preferences.group;

/// Votes of participants on statements: agree, disagree, pass, or not seen. Immutable.
public final class VoteMatrix {
    /// The participant agrees.
    public static final byte AGREE = 1;
    /// The participant neither agrees nor disagrees.
    public static final byte PASS = 0;
    /// The participant disagrees.
    public static final byte DISAGREE = -1;
    /// The statement was not shown to the participant.
    public static final byte UNSEEN = -2;

    private final int participants;
    private final int statements;
    private final byte[] votes;

    private VoteMatrix(int participants, int statements, byte[] votes) {
        this.participants = participants;
        this.statements = statements;
        this.votes = votes;
    }

    /// A matrix of these votes, participants in rows.
    ///
    /// @param votes row-major, each one of the four constants
    public static VoteMatrix of(int participants, int statements, byte[] votes) {
        if (votes.length != participants * statements) {
            throw new IllegalArgumentException(
                    votes.length + " votes for " + participants + " participants and " + statements + " statements");
        }
        for (byte vote : votes) {
            if (vote < UNSEEN || vote > AGREE) {
                throw new IllegalArgumentException("vote " + vote + " is not agree (1), pass (0), disagree (-1) or -2");
            }
        }
        return new VoteMatrix(participants, statements, votes.clone());
    }

    /// Number of participants.
    public int participants() {
        return participants;
    }

    /// Number of statements.
    public int statements() {
        return statements;
    }

    /// The vote of a participant on a statement.
    public byte vote(int participant, int statement) {
        return votes[participant * statements + statement];
    }

    /// Whether a participant voted on a statement, passes included.
    public boolean seen(int participant, int statement) {
        return vote(participant, statement) != UNSEEN;
    }
}
