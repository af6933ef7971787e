package org.polyphony.engine.plugin;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.polyphony.spi.artefact.Artefact;
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
                role,
                name,
                input,
                output,
                (plugin, value, context, _) -> method.call(type.cast(plugin), value, context));
    }

    /// A verb that asks what the plugin has opened.
    ///
    /// @param artefact digest of what is opened
    static <P, T extends AutoCloseable, I extends Record, O extends Record> Verb<I, O> ofOpened(
            Role role,
            Class<P> type,
            String name,
            Class<I> input,
            Class<O> output,
            Function<I, String> artefact,
            Method<P, Artefact, T> open,
            Method<T, I, O> ask) {
        return new Verb<>(role, name, input, output, (plugin, value, context, lender) -> {
            var loan = lender.lend(
                    artefact.apply(value), (stored, opening) -> open.call(type.cast(plugin), stored, opening));
            try (loan) {
                return ask.call(loan.value(), value, context);
            }
        });
    }

    @Override
    public String toString() {
        return role + "." + name;
    }

    /// Calls a plugin of the verb's role.
    @FunctionalInterface
    public interface Invocation<I, O> {

        /// Calls `plugin`, on the calling thread.
        ///
        /// @param lender lends what the plugin has opened
        O invoke(Object plugin, I input, PluginContext context, Lender lender);
    }

    /// Lends one call what its plugin has opened.
    public interface Lender {

        /// What was opened from an artefact; opened now, unless it is open.
        ///
        /// @param artefact its digest
        /// @param open opens it, with a context that ends when it returns
        <T extends AutoCloseable> Opened.Loan<T> lend(String artefact, BiFunction<Artefact, PluginContext, T> open);
    }

    /// A method of a role interface, or a few that make one verb.
    @FunctionalInterface
    interface Method<P, I, O> {
        O call(P plugin, I input, PluginContext context);
    }
}
