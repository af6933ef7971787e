package org.polyphony.plugin.source.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.polis.PolisReader;
import org.polyphony.plugin.source.files.preflib.PrefLibReader;
import org.polyphony.plugin.source.files.records.CanonicalReader;
import org.polyphony.plugin.source.files.records.ChosenRejectedReader;
import org.polyphony.plugin.source.files.table.TableReader;
import org.polyphony.plugin.source.naming.ByteOrder;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;

/// Reads judgments from files below the data folder; [FilesSettings] says how.
///
/// The order of rows in the files, and how they are divided into files, change nothing in the result.
@Plugin(
        role = PreferenceSource.class,
        id = "files",
        settings = FilesSettings.class,
        summary = "Judgments from CSV, JSON lines, Parquet, PrefLib ballots and Polis exports")
public final class FilesSource implements PreferenceSource, SelfTesting {

    private static final long MEGABYTE = 1L << 20;

    @Override
    public PreferenceData read(SourceRequest request, PluginContext context) {
        return read(context.settings(FilesSettings.class), request.root(), context);
    }

    private static PreferenceData read(FilesSettings settings, String root, PluginContext context) {
        var folder = DataFolder.of(
                root,
                settings.reading().maxMegabytes() * MEGABYTE,
                settings.reading().delimiter().charAt(0));
        Assembly assembly = switch (settings.format()) {
            case PREFLIB -> new PrefLibReader(folder, settings.unranked(), context).read(settings.file());
            case TABLE, CANONICAL, TRL, POLIS -> readThroughDatabase(settings, folder, context);
        };
        var judgments = assembly.build(context, settings.file());
        return PreferenceData.of(
                judgments,
                folder.opened().stream()
                        .sorted((a, b) -> ByteOrder.compare(a.name(), b.name()))
                        .map(DataFile::input)
                        .toList());
    }

    private static Assembly readThroughDatabase(FilesSettings settings, DataFolder folder, PluginContext context) {
        var file = settings.file();
        try (var database = Database.open(folder, settings.reading().delimiter().charAt(0), context)) {
            return switch (settings.format()) {
                case CANONICAL ->
                    new CanonicalReader(file, settings.columns().attributes(), folder, database, context).read();
                case TRL -> new ChosenRejectedReader(file, settings.columns(), folder, database, context).read();
                case POLIS -> new PolisReader(file, settings.polis(), folder, database, context).read();
                case TABLE, PREFLIB -> new TableReader(settings, folder, database, context).read();
            };
        }
    }

    /// Reads two judgments from a file of its own, through DuckDB.
    @Override
    public void selfTest(PluginContext context) {
        try {
            Path folder = Files.createTempDirectory("polyphony-source-files");
            Path file = folder.resolve("golden.csv");
            try {
                Files.writeString(file, "item,who,a,b,choice\nq,u2,y,x,tie\nq,u1,x,y,first\n");
                var judgments = read(FilesSettings.pairs(file.getFileName().toString()), folder.toString(), context)
                        .judgments();
                if (!Arrays.equals(judgments.entries().value().toDoubles(), new double[] {1, 0, 0.5, 0.5})
                        || !judgments.judges().ids().equals(List.of("u1", "u2"))) {
                    throw new AlignmentException(
                            StandardErrorCode.PLUGIN_FAILED,
                            "two judgments were read as "
                                    + Arrays.toString(
                                            judgments.entries().value().toDoubles()) + " by "
                                    + judgments.judges().ids()
                                    + "; this build of the plugin does not work here");
                }
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new AlignmentException(
                    StandardErrorCode.IO_FAILED, "the self-test cannot write a temporary file: " + e.getMessage(), e);
        }
    }
}
