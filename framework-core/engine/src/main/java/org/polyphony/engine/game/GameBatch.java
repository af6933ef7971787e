package org.polyphony.engine.game;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Games that follow each other in a file, as columns: there is no object a game. What is no game has its
/// place too, and a reason. Filled by one thread, then read by any.
final class GameBatch {

    private final int first;
    private int count;
    private int[] stakeholders = new int[16];
    private int[] candidates = new int[16];
    private int[] pAt = new int[16];
    private int[] weightsAt = new int[16];
    private int[] candidatesAt = new int[16];
    private boolean[] referred = new boolean[16];
    private double[] p = new double[256];
    private int numbers;
    private double[] weights = new double[16];
    private int seats;
    private double[] reference = new double[64];
    private byte[] allowed = new byte[64];
    private int entries;
    private final Map<Integer, String> broken = new HashMap<>();

    /// @param first the number in the file of the first game
    GameBatch(int first) {
        this.first = first;
    }

    /// These games, from number 0 on.
    static GameBatch of(List<ExplicitGame> games) {
        var batch = new GameBatch(0);
        for (var game : games) {
            int k = game.candidates();
            var flat = new double[game.stakeholders() * k * k];
            for (int row = 0; row < game.stakeholders() * k; row++) {
                System.arraycopy(game.p()[row / k][row % k], 0, flat, row * k, k);
            }
            batch.append(
                    game.stakeholders(),
                    k,
                    flat,
                    game.weights(),
                    game.reference().orElse(null));
            for (int i = 0; i < k; i++) {
                batch.allow(i, game.allowed()[i]);
            }
        }
        return batch;
    }

    /// Adds a game.
    ///
    /// @throws IllegalArgumentException if it is none; nothing is added then
    void add(GameDraft draft) {
        draft.check();
        int s = draft.stakeholders();
        int k = draft.candidates();
        append(s, k, draft.p(), draft.weights(), draft.hasReference() ? draft.reference() : null);
        for (int i = 0; i < k; i++) {
            allow(i, draft.allowed(i));
        }
    }

    private void append(int s, int k, double[] preferences, double[] ofSeats, double @Nullable [] log) {
        reserve(s, k);
        stakeholders[count] = s;
        candidates[count] = k;
        pAt[count] = numbers;
        weightsAt[count] = seats;
        candidatesAt[count] = entries;
        referred[count] = log != null;
        System.arraycopy(preferences, 0, p, numbers, s * k * k);
        System.arraycopy(ofSeats, 0, weights, seats, s);
        if (log != null) {
            System.arraycopy(log, 0, reference, entries, k);
        }
        numbers += s * k * k;
        seats += s;
        entries += k;
        count++;
    }

    // of the game added last
    private void allow(int i, boolean may) {
        allowed[candidatesAt[count - 1] + i] = (byte) (may ? 1 : 0);
    }

    /// Adds what is no game.
    void addBroken(String reason) {
        reserve(0, 0);
        stakeholders[count] = 0;
        candidates[count] = 0;
        broken.put(count++, reason);
    }

    private void reserve(int s, int k) {
        if (count == stakeholders.length) {
            stakeholders = Arrays.copyOf(stakeholders, 2 * count);
            candidates = Arrays.copyOf(candidates, 2 * count);
            pAt = Arrays.copyOf(pAt, 2 * count);
            weightsAt = Arrays.copyOf(weightsAt, 2 * count);
            candidatesAt = Arrays.copyOf(candidatesAt, 2 * count);
            referred = Arrays.copyOf(referred, 2 * count);
        }
        if (numbers + s * k * k > p.length) {
            p = Arrays.copyOf(p, Math.max(2 * p.length, numbers + s * k * k));
        }
        if (seats + s > weights.length) {
            weights = Arrays.copyOf(weights, Math.max(2 * weights.length, seats + s));
        }
        if (entries + k > reference.length) {
            int size = Math.max(2 * reference.length, entries + k);
            reference = Arrays.copyOf(reference, size);
            allowed = Arrays.copyOf(allowed, size);
        }
    }

    /// The number in the file of the first game.
    int first() {
        return first;
    }

    /// How many places there are.
    int count() {
        return count;
    }

    /// How many probabilities all P together have.
    int numbers() {
        return numbers;
    }

    /// Why there is no game at a place; null if there is one.
    @Nullable
    String broken(int g) {
        return broken.get(g);
    }

    /// S.
    int stakeholders(int g) {
        return stakeholders[g];
    }

    /// K.
    int candidates(int g) {
        return candidates[g];
    }

    /// Whether a reference policy is given.
    boolean hasReference(int g) {
        return referred[g];
    }

    /// Whether two games have the same stakeholders' weights.
    boolean sameWeights(int g, int h) {
        return Arrays.equals(
                weights,
                weightsAt[g],
                weightsAt[g] + stakeholders[g],
                weights,
                weightsAt[h],
                weightsAt[h] + stakeholders[h]);
    }

    /// Of the stakeholders, shape (S), summing to one.
    double[] weights(int g) {
        return Arrays.copyOfRange(weights, weightsAt[g], weightsAt[g] + stakeholders[g]);
    }

    /// P of all games, one after another, each (S, K, K).
    double[] p() {
        return p;
    }

    /// Where P of a game begins in [#p].
    int pAt(int g) {
        return pAt[g];
    }

    /// Copies the mask of a game, 1 where a candidate may be played.
    void copyAllowed(int g, byte[] into, int at) {
        System.arraycopy(allowed, candidatesAt[g], into, at, candidates[g]);
    }

    /// Copies the log-probabilities of a game's reference policy.
    void copyReference(int g, double[] into, int at) {
        System.arraycopy(reference, candidatesAt[g], into, at, candidates[g]);
    }

    /// The game at a place.
    ///
    /// @return empty if there is none
    Optional<ExplicitGame> game(int g) {
        if (stakeholders[g] == 0) {
            return Optional.empty();
        }
        int k = candidates[g];
        var cube = new double[stakeholders[g]][k][];
        for (int s = 0; s < cube.length; s++) {
            for (int i = 0; i < k; i++) {
                int from = pAt[g] + (s * k + i) * k;
                cube[s][i] = Arrays.copyOfRange(p, from, from + k);
            }
        }
        var mask = new boolean[k];
        for (int i = 0; i < k; i++) {
            mask[i] = allowed[candidatesAt[g] + i] == 1;
        }
        var log = referred[g]
                ? Optional.of(Arrays.copyOfRange(reference, candidatesAt[g], candidatesAt[g] + k))
                : Optional.<double[]>empty();
        return Optional.of(new ExplicitGame(cube, weights(g), log, mask));
    }
}
