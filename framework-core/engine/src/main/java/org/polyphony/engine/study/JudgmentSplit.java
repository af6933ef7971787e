package org.polyphony.engine.study;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.digest.Digests;

/// Which judgments are learned from. All judgments of an annotator go the same way: splitting by judgment
/// would let
/// a model meet its examiners in training.
final class JudgmentSplit {

    private JudgmentSplit() {}

    /// UINT8, shape (N): 1 for the judgments to learn from.
    static Tensor training(Judgments judgments, StudyPlan.Split split) {
        var mask = new byte[judgments.count()];
        switch (split) {
            case ALL -> Arrays.fill(mask, (byte) 1);
            case HALF -> {
                var even = new boolean[judgments.annotators().size()];
                for (int j = 0; j < even.length; j++) {
                    even[j] = hash(judgments.annotators().get(j)) % 2 == 0;
                }
                for (int n = 0; n < mask.length; n++) {
                    mask[n] = (byte) (even[judgments.annotator().getInt(n)] ? 1 : 0);
                }
            }
        }
        return Tensor.ofBytes(mask, mask.length);
    }

    static int count(Tensor training) {
        int count = 0;
        for (long n = 0; n < training.size(); n++) {
            count += training.getByte(n);
        }
        return count;
    }

    /// The first four bytes of SHA-256 of the id, big-endian and unsigned.
    static long hash(String annotator) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(Digests.sha256(annotator)).getInt());
    }
}
