package org.polyphony.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Offline studies.
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = "Runs offline studies: judgments in; profiles, certified policies and a report out.",
        subcommands = StudyRunCommand.class)
final class StudyCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: study run FILE");
    }
}
