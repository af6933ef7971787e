package org.polyphony.engine.bus;

import org.polyphony.engine.tensor.TensorBatch;

/// A stage call on the bus.
///
/// @param input the verb's input; the endpoint claims it
/// @param call which plugin, with which settings
/// @param run identity, seed and listener
/// @param state whether the caller still waits
/// @param deadline after which nobody waits, of `System.nanoTime()`
record StageMessage(TensorBatch input, StageCall call, StageRun run, CallState state, long deadline) {}
