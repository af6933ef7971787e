package org.polyphony.engine.bus;

/// Finds the plugin that a lease holds. Implemented by whoever keeps slots and generations.
@FunctionalInterface
public interface StageProvider {

    /// Enters the generation that `lease` holds in `slot`. The generation must stay started, its class loader
    /// and its threads usable, until the target is closed, even if the lease is given back before. Called on an
    /// event-loop thread: it must not block.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException if the slot has no such lease
    StageTarget target(String slot, String lease);
}
