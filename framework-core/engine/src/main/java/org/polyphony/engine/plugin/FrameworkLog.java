package org.polyphony.engine.plugin;

import java.lang.System.Logger.Level;
import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/// Sends the framework's messages to the process's log: its own would go to standard output, among results.
final class FrameworkLog extends Logger {

    private static final System.Logger LOG = System.getLogger("org.polyphony.engine.plugin.framework");

    @Override
    @SuppressWarnings("rawtypes")
    protected void doLog(
            @Nullable Bundle bundle,
            @Nullable ServiceReference reference,
            int level,
            String message,
            @Nullable Throwable cause) {
        doLog(level, bundle == null ? message : bundle + ": " + message, cause);
    }

    @Override
    protected void doLog(int level, String message, @Nullable Throwable cause) {
        // failures reach the caller as exceptions too, with what to do; here they are for the developer
        LOG.log(level <= LOG_ERROR ? Level.DEBUG : Level.TRACE, message, cause);
    }
}
