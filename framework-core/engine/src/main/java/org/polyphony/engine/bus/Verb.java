package org.polyphony.engine.bus;

import org.polyphony.spi.context.PluginContext;

/// One thing a role can be asked to do.
///
/// @param role the interface that plugins of the role implement
/// @param roleName the role in addresses and messages, for example `algorithm`
/// @param name the verb, for example `align`
/// @param input the record that goes in
/// @param output the record that comes out
/// @param invocation calls the plugin
public record Verb<I extends Record, O extends Record>(
        Class<?> role, String roleName, String name, Class<I> input, Class<O> output, Invocation<I, O> invocation) {

    static <P, I extends Record, O extends Record> Verb<I, O> of(
            Class<P> role, String roleName, String name, Class<I> input, Class<O> output, Method<P, I, O> method) {
        return new Verb<>(
                role,
                roleName,
                name,
                input,
                output,
                (plugin, value, context) -> method.call(role.cast(plugin), value, context));
    }

    /// Where calls of this verb to `slot` are sent on the bus.
    public String address(String slot) {
        return "polyphony." + roleName + "." + slot + "." + name;
    }

    @Override
    public String toString() {
        return roleName + "." + name;
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
