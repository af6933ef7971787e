package org.polyphony.benchmarks.games;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.polyphony.engine.tensor.ElementTypes;
import org.polyphony.engine.tensor.FixedShapeTensorType;
import org.polyphony.engine.tensor.FixedShapeTensorVector;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;

/// Writes generated games for `polyphony solve`: `java -cp JAR org.polyphony.benchmarks.games.GamesTable
/// FILE GAMES STAKEHOLDERS CANDIDATES SEED`, where FILE ends in `.arrow` or `.json`. The same arguments
/// give the same bytes, and both forms hold the same numbers.
///
/// The games are those of [HardGames]: of each stakeholder's four in a row one has ties and one repeats
/// candidates.
public final class GamesTable {

    private static final int ROWS_PER_BATCH = 1 << 14;

    private GamesTable() {}

    /// Writes the file.
    public static void main(String[] args) throws IOException {
        if (args.length != 5) {
            System.err.println("usage: GamesTable FILE.arrow|FILE.json GAMES STAKEHOLDERS CANDIDATES SEED");
            System.exit(2);
        }
        var file = Path.of(args[0]);
        int games = Integer.parseInt(args[1]);
        int s = Integer.parseInt(args[2]);
        int k = Integer.parseInt(args[3]);
        var random = new SplittableRandom(Long.parseLong(args[4]));
        if (file.toString().endsWith(".json")) {
            json(file, games, s, k, random);
        } else {
            arrow(file, games, s, k, random);
        }
    }

    private static void arrow(Path file, int games, int s, int k, SplittableRandom random) throws IOException {
        FixedShapeTensorType.register();
        var element = Field.nullable("item", ElementTypes.arrow(ElementType.FLOAT64));
        var type = FieldType.notNullable(FixedShapeTensorType.of(Shape.of(s, k, k)));
        var schema = new Schema(List.of(new Field("P", type, List.of(element))));
        try (var allocator = new RootAllocator();
                var root = VectorSchemaRoot.create(schema, allocator);
                var channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                var writer = new ArrowFileWriter(root, null, channel)) {
            writer.start();
            for (int from = 0; from < games; from += ROWS_PER_BATCH) {
                int rows = Math.min(ROWS_PER_BATCH, games - from);
                var lists = ((FixedShapeTensorVector) root.getVector("P")).getUnderlyingVector();
                lists.allocateNew();
                var values = (Float8Vector) lists.getDataVector();
                int at = 0;
                for (int row = 0; row < rows; row++) {
                    lists.setNotNull(row);
                    for (int n = 0; n < s; n++) {
                        for (double p : HardGames.game(random, from + row, k)) {
                            values.setSafe(at++, p);
                        }
                    }
                }
                root.setRowCount(rows);
                writer.writeBatch();
            }
            writer.end();
        }
    }

    private static void json(Path file, int games, int s, int k, SplittableRandom random) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write("{\"games\":[");
            for (int game = 0; game < games; game++) {
                out.write(game == 0 ? "\n{\"P\":[" : ",\n{\"P\":[");
                for (int n = 0; n < s; n++) {
                    out.write(n == 0 ? "" : ",");
                    matrix(out, HardGames.game(random, game, k), k);
                }
                out.write("]}");
            }
            out.write("\n]}\n");
        }
    }

    private static void matrix(Writer out, double[] p, int k) throws IOException {
        for (int at = 0; at < p.length; at++) {
            out.write(at == 0 ? "[[" : at % k == 0 ? "],[" : ",");
            out.write(Double.toString(p[at]));
        }
        out.write("]]");
    }
}
