package org.polyphony.engine.plugin;

import org.polyphony.spi.context.PluginContext;

/// One thing a role can be asked to do. Those that there are stand in [Role].
///
/// @param role whose verb it is
/// @param name the verb, for example `align`
/// @param input the record that goes in
/// @param output the record that comes out
/// @param invocation calls a plugin of the role
public record Verb<I extends Record, O extends Record>(
        Role role, String name, Class<I> input, Class<O> output, Invocation<I, O> invocation) {

    static <P, I extends Record, O extends Record> Verb<I, O> of(
            Role role, Class<P> type, String name, Class<I> input, Class<O> output, Method<P, I, O> method) {
        return new Verb<>(
                role, name, input, output, (plugin, value, context) -> method.call(type.cast(plugin), value, context));
    }

    @Override
    public String toString() {
        return role + "." + name;
    }

    /// Calls a plugin of the verb's role.
    @FunctionalInterface
    public interface Invocation<I, O> {

        /// Calls `plugin`, on the calling thread.
        O invoke(Object plugin, I input, PluginContext context);
    }

    /// A method of a role interface, or a few that make one verb.
    @FunctionalInterface
    interface Method<P, I, O> {
        O call(P plugin, I input, PluginContext context);
    }
}
