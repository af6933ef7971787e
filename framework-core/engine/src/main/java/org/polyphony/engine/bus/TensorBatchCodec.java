package org.polyphony.engine.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/// Hands messages with tensors from sender to receiver by reference. The batch inside has one owner, so such
/// messages are sent or requested, never published: the second receiver could not claim it.
///
/// @param <T> the message, of a class of the engine
final class TensorBatchCodec<T> implements MessageCodec<T, T> {

    private final Class<T> type;

    TensorBatchCodec(Class<T> type) {
        this.type = type;
    }

    @Override
    public T transform(T message) {
        return message;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        throw offMachine();
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw offMachine();
    }

    @Override
    public String name() {
        return "polyphony." + type.getSimpleName();
    }

    @Override
    public byte systemCodecID() {
        return -1; // not one of Vert.x's own
    }

    private static UnsupportedOperationException offMachine() {
        return new UnsupportedOperationException("tensors do not cross machines on the event bus; send a ticket");
    }
}
