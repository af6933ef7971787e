package org.polyphony.engine.slot;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.plugin.Role;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// A named place in the pipeline. Which generation fills it is said by the current [Epoch].
///
/// @param name a part of bus addresses, without dots
/// @param role what fills it
/// @param turn held by the swap in progress: there are never more than two live generations
/// @param numbers counts the generations
record Slot(String name, Role role, ReentrantLock turn, AtomicInteger numbers) {

    static Slot of(String name, Role role) {
        return new Slot(name, role, new ReentrantLock(true), new AtomicInteger());
    }

    GenerationId next(PluginDescriptor plugin) {
        if (plugin.role() != role) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "the slot '" + name + "' takes a plugin of role " + role + ", " + plugin.title() + " is none");
        }
        return new GenerationId(
                name,
                numbers.incrementAndGet(),
                plugin.id(),
                plugin.version(),
                plugin.bundle().sha256());
    }
}
