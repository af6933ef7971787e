package org.polyphony.cli;

import org.polyphony.engine.Polyphony;
import picocli.CommandLine.IVersionProvider;

/// Prints what is running.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"polyphony " + Polyphony.version() + " on Java " + Runtime.version()};
    }
}
