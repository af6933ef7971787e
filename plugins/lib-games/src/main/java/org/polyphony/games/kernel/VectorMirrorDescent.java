package org.polyphony.games.kernel;

/// Mirror descent in float32 on the Vector API, for whatever width of vector the machine has. Loaded only where the
/// module `jdk.incubator.vector` is.
///
/// Until the JIT compiler has seen a few thousand updates it is slower than [ReferenceMirrorDescent]: it is for many
/// games.
final class VectorMirrorDescent implements MirrorDescentKernel {

    /// Lanes of the widest vectors that this machine adds and multiplies.
    static int lanes() {
        return BaseTwo.LANES.length();
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public void iterate(MirrorDescent updates, KernelBatch bucket, int from, int to) {
        if (bucket.k() <= PromptLanes.LARGEST) {
            var lanes = new PromptLanes(bucket.k(), updates.kept());
            for (int first = from; first < to; first += lanes.games()) {
                int last = Math.min(to, first + lanes.games());
                lanes.load(updates, bucket, first, last);
                lanes.iterate(updates.iterations());
                lanes.store(bucket, first, last);
            }
        } else {
            var lanes = new CandidateLanes(bucket.k(), updates.kept());
            for (int game = from; game < to; game++) {
                lanes.load(updates, bucket, game);
                lanes.iterate(updates.iterations());
                lanes.store(bucket, game);
            }
        }
    }
}
