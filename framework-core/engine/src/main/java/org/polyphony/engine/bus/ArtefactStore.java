package org.polyphony.engine.bus;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.polyphony.engine.codec.RecordCodec;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.support.digest.Digests;

/// The artefacts that messages name by their digest instead of holding them. An artefact is here as long as
/// anybody keeps it; what was opened from it has a share of its own. Safe for use by many threads.
final class ArtefactStore {

    private final OwnerMemory memory;
    private final Map<String, Kept> byDigest = new HashMap<>();

    /// @param memory where artefacts are charged that nobody else holds
    ArtefactStore(OwnerMemory memory) {
        this.memory = memory;
    }

    private static final class Kept {

        private final Artefact artefact;
        private final TensorScope scope;
        private int keepers;

        Kept(Artefact artefact, TensorScope scope) {
            this.artefact = artefact;
            this.scope = scope;
        }
    }

    /// Keeps an artefact until it is released as often as it was kept. Its tensors are shared; those on the heap are
    /// copied.
    ///
    /// @param from the scope that holds its tensors, except those on the heap
    /// @return its digest
    String keep(Artefact artefact, TensorScope from) {
        var digest = digest(artefact);
        synchronized (this) {
            var kept = byDigest.get(digest);
            if (kept == null) {
                var scope = memory.openScope("artefact " + digest);
                try {
                    kept = new Kept(share(artefact, from, scope), scope);
                } catch (RuntimeException | Error e) {
                    scope.close();
                    throw e;
                }
                byDigest.put(digest, kept);
            }
            kept.keepers++;
        }
        return digest;
    }

    synchronized void release(String digest) {
        var kept = byDigest.get(digest);
        if (kept != null && --kept.keepers == 0) {
            byDigest.remove(digest);
            kept.scope.close();
        }
    }

    /// The artefact of this digest, with a share of its tensors.
    ///
    /// @throws AlignmentException with code `CANCELLED` if nobody keeps it any more
    synchronized Artefact share(String digest, TensorScope into) {
        var kept = byDigest.get(digest);
        if (kept == null) {
            throw new AlignmentException(
                    StandardErrorCode.CANCELLED, "the artefact " + digest + " is gone: the run that had it has ended");
        }
        return share(kept.artefact, kept.scope, into);
    }

    private static Artefact share(Artefact artefact, TensorScope from, TensorScope into) {
        return RecordCodec.decode(Artefact.class, RecordCodec.encode(artefact, from, into.allocator()), into);
    }

    /// SHA-256 over type, version, texts and tensors, in lower-case hexadecimal digits.
    static String digest(Artefact artefact) {
        var digest = Digests.sha256();
        text(digest, artefact.type());
        number(digest, artefact.version());
        number(digest, artefact.texts().size());
        artefact.texts().forEach((name, text) -> {
            text(digest, name);
            text(digest, text);
        });
        artefact.tensors().forEach((name, tensor) -> {
            text(digest, name);
            text(digest, tensor.type().name());
            text(digest, tensor.shape().toString());
            bytes(digest, tensor.data());
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    // after its length, so that no two sequences of texts look the same
    private static void text(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        number(digest, bytes.length);
        digest.update(bytes);
    }

    private static void number(MessageDigest digest, int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    private static void bytes(MessageDigest digest, MemorySegment data) {
        var part = new byte[(int) Math.min(data.byteSize(), 1 << 16)];
        for (long at = 0; at < data.byteSize(); at += part.length) {
            int length = (int) Math.min(part.length, data.byteSize() - at);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, part, 0, length);
            digest.update(part, 0, length);
        }
    }
}
