package org.polyphony.engine.sample.rogue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;

/// What a [Cheat] does to a call and to its answer.
final class Forgery {

    private Forgery() {}

    /// Which candidates of game `g` may be played, of a mask of shape (B, K).
    static boolean[] allowed(Tensor mask, int g) {
        var allowed = new boolean[mask.dimension(1)];
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = mask.getByte((long) g * allowed.length + i) == 1;
        }
        return allowed;
    }

    /// What is done to what was lent, or instead of an answer.
    static void calls(Cheat cheat, AlignmentRequest request) {
        switch (cheat) {
            case THROWS -> throw new IllegalStateException("it throws");
            case THROWS_AN_ERROR -> throw new AssertionError("it throws an error");
            case RECURSES -> recurse(Integer.MAX_VALUE);
            case PREFERENCES_REWRITTEN -> request.games().buckets().forEach(bucket -> write(bucket.p(), 0.5));
            case PREFERENCES_REWRITTEN_LATER -> {
                var writer = new Thread(() -> {
                    // what was freed belongs to this whole process, tests included: no attack is worth that
                    for (int n = 0; n < 5; n++) {
                        request.games().buckets().stream()
                                .map(GameBucket::p)
                                .filter(p -> p.data().scope().isAlive())
                                .forEach(p -> write(p, 0.5));
                        pause();
                    }
                });
                writer.start();
            }
            case MASK_REWRITTEN -> request.games().buckets().forEach(bucket -> bytes(bucket.allowed(), (byte) 1));
            case WEIGHTS_REWRITTEN -> write(request.games().weights(), 0);
            default -> {}
        }
    }

    private static int recurse(int depth) {
        return depth == 0 ? 0 : 1 + recurse(depth - 1);
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What was lent as read-only, written through its address.
    @SuppressWarnings("restricted") // that is the attack
    private static void write(Tensor tensor, double value) {
        var data = MemorySegment.ofAddress(tensor.data().address())
                .reinterpret(tensor.data().byteSize());
        for (long i = 0; i < tensor.size(); i++) {
            data.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, value);
        }
    }

    @SuppressWarnings("restricted") // that is the attack
    private static void bytes(Tensor tensor, byte value) {
        MemorySegment.ofAddress(tensor.data().address())
                .reinterpret(tensor.data().byteSize())
                .fill(value);
    }

    static boolean ofAProfile(Cheat cheat) {
        return cheat == Cheat.MASK_IGNORED_BY_A_PROFILE || cheat == Cheat.NAN_IN_A_PROFILE;
    }

    static double[] profile(Cheat cheat, boolean[] allowed, double[] played) {
        return policy(
                cheat == Cheat.NAN_IN_A_PROFILE ? Cheat.NAN_OF_ONE_CANDIDATE : Cheat.MASK_IGNORED_WITH_1E_12,
                allowed,
                played);
    }

    /// Masses in the place of those of the policy.
    static double[] policy(Cheat cheat, boolean[] allowed, double[] played) {
        switch (cheat) {
            case MASK_IGNORED, MASK_REWRITTEN -> onlyRefused(played);
            case MASK_IGNORED_WITH_1E_12 -> move(allowed, played, 1e-12);
            case MASK_IGNORED_WITH_1E_300 -> move(allowed, played, 1e-300);
            case UNIFORM_OVER_EVERYTHING -> Arrays.fill(played, 1.0 / played.length);
            case NAN, CHEATS_IN_GOLDEN_CALLS_TOO -> Arrays.fill(played, Double.NaN);
            case NAN_OF_ONE_CANDIDATE -> played[played.length - 1] = Double.NaN;
            case INFINITY -> played[0] = Double.POSITIVE_INFINITY;
            case HALF_THE_MASS -> scale(played, 0.5);
            case TWICE_THE_MASS -> scale(played, 2);
            case MASS_OFF_BY_1E_8 -> scale(played, 1 + 1e-8);
            case NOTHING_PLAYED -> Arrays.fill(played, 0);
            case CONVERGENCE_CLAIMED_FOR_THE_WORST,
                    PREFERENCES_REWRITTEN,
                    PREFERENCES_REWRITTEN_LATER,
                    WEIGHTS_REWRITTEN -> worst(allowed, played);
            default -> {}
        }
        return played;
    }

    private static void scale(double[] played, double factor) {
        for (int i = 0; i < played.length; i++) {
            played[i] *= factor;
        }
    }

    private static void onlyRefused(double[] played) {
        Arrays.fill(played, 0);
        // the second candidate is the one that may not be played, whatever the mask has become
        played[1] = 1;
    }

    private static void move(boolean[] allowed, double[] played, double mass) {
        for (int i = 0; i < played.length; i++) {
            played[i] = allowed[i] ? played[i] * (1 - mass) : mass;
        }
    }

    private static void worst(boolean[] allowed, double[] played) {
        Arrays.fill(played, 0);
        for (int i = played.length - 1; i >= 0; i--) {
            if (allowed[i]) {
                played[i] = 1;
                return;
            }
        }
    }

    static Tensor shape(Cheat cheat, double[] logs, int n, int k) {
        return switch (cheat) {
            case SHAPE_TRANSPOSED -> Tensor.ofDoubles(logs, k, n);
            case SHAPE_FLAT -> Tensor.ofDoubles(logs, n * k);
            case ONE_GAME_FEWER -> Tensor.ofDoubles(Arrays.copyOf(logs, (n - 1) * k), n - 1, k);
            case ONE_CANDIDATE_FEWER -> Tensor.ofDoubles(Arrays.copyOf(logs, n * (k - 1)), n, k - 1);
            case FLOATS_FOR_DOUBLES ->
                Tensor.of(ElementType.FLOAT32, Shape.of(n, k), MemorySegment.ofArray(floats(logs)));
            case INTEGERS_FOR_DOUBLES -> Tensor.ofLongs(new long[n * k], n, k);
            default -> Tensor.ofDoubles(logs, n, k);
        };
    }

    private static float[] floats(double[] values) {
        var floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static void duals(Cheat cheat, double[] duals) {
        switch (cheat) {
            case DUALS_NAN -> Arrays.fill(duals, Double.NaN);
            case DUALS_NEGATIVE -> Arrays.fill(duals, -1);
            default -> {}
        }
    }

    /// Writes to an answer after it was given.
    static void later(Cheat cheat, double[] logs) {
        if (cheat == Cheat.ANSWER_REWRITTEN_LATER) {
            new Thread(() -> {
                        for (int n = 0; n < 50; n++) {
                            Arrays.fill(logs, 0);
                            pause();
                        }
                    })
                    .start();
        }
    }

    /// The columns beside the policy.
    static final class Columns {

        private static final double USUAL = -2;

        private final byte[] refused;
        private final byte[] converged;
        private int length;
        private double tau = USUAL;

        Columns(int n, byte[] refused) {
            this.refused = refused;
            converged = new byte[n];
            length = n;
            Arrays.fill(converged, (byte) 1);
        }

        void forge(Cheat cheat) {
            switch (cheat) {
                case TAU_NAN -> tau = Double.NaN;
                case TAU_NEGATIVE -> tau = -1;
                case TAU_INFINITE -> tau = Double.POSITIVE_INFINITY;
                case FLAGS_OF_2 -> {
                    Arrays.fill(converged, (byte) 2);
                    Arrays.fill(refused, (byte) 2);
                }
                case REFUSES_EVERYTHING -> Arrays.fill(refused, (byte) 1);
                case REFUSES_NOTHING -> Arrays.fill(refused, (byte) 0);
                case COLUMN_OF_ANOTHER_LENGTH -> length++;
                default -> {}
            }
        }

        Tensor tau(double usual) {
            var column = new double[length];
            Arrays.fill(column, tau == USUAL ? usual : tau);
            return Tensor.ofDoubles(column, length);
        }

        Tensor iterations() {
            return Tensor.ofInts(new int[converged.length], converged.length);
        }

        Tensor converged() {
            return Tensor.ofBytes(converged, converged.length);
        }

        Tensor refused() {
            return Tensor.ofBytes(refused, refused.length);
        }
    }
}
