package org.polyphony.preferences;

import java.nio.file.Path;
import java.util.List;
import org.polyphony.preferences.group.VoteMatrix;

/// A real Polis conversation.
///
/// @param statements statement ids
/// @param participants participant ids
/// @param votes participants in rows
public record PolisConversation(List<String> statements, List<String> participants, VoteMatrix votes) {
    /// The conversation of a folder of the public data, or the calling test is skipped.
    public static PolisConversation load(String name) {
        Path file = RealData.folder("polis").resolve(name).resolve("participants-votes.csv.gz");
        List<List<String>> rows = RealData.csv(file);
        int before = rows.getFirst().indexOf("n-disagree") + 1;
        List<String> statements =
                List.copyOf(rows.getFirst().subList(before, rows.getFirst().size()));
        byte[] votes = new byte[(rows.size() - 1) * statements.size()];
        for (int p = 1; p < rows.size(); p++) {
            for (int s = 0; s < statements.size(); s++) {
                String vote = rows.get(p).get(before + s);
                votes[(p - 1) * statements.size() + s] =
                        vote.isEmpty() ? VoteMatrix.UNSEEN : (byte) Integer.parseInt(vote);
            }
        }
        return new PolisConversation(
                statements,
                rows.subList(1, rows.size()).stream().map(List::getFirst).toList(),
                VoteMatrix.of(rows.size() - 1, statements.size(), votes));
    }

    /// The statements of a half, by the hash of their id.
    public int[] half(int half) {
        return java.util.stream.IntStream.range(0, statements.size())
                .filter(s -> JudgeSplit.half(statements.get(s)) == half)
                .toArray();
    }
}
