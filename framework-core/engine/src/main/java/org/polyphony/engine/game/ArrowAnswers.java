package org.polyphony.engine.game;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.game.GameResults.Answer;
import org.polyphony.engine.tensor.ElementTypes;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.alignment.CertificateRow;
import org.polyphony.spi.alignment.Solution;
import org.polyphony.spi.tensor.ElementType;

/// Answers as an Arrow IPC file, one row a game, with the numbers that the JSON document has. What the
/// document calls null, or leaves out, is null. The profile of S stakeholders is one list of S·K
/// probabilities.
final class ArrowAnswers implements AnswerSink<ArrowRecordBatch>, AutoCloseable {

    private static final ArrowType NUMBER = ElementTypes.arrow(ElementType.FLOAT64);
    private static final Schema SCHEMA = new Schema(List.of(
            Field.nullable("standing", ArrowType.Utf8.INSTANCE),
            Field.nullable("error", ArrowType.Utf8.INSTANCE),
            Field.nullable("residual", NUMBER),
            numbers("policy"),
            numbers("profile"),
            Field.nullable("gap", NUMBER),
            Field.nullable("gapTau", NUMBER),
            Field.nullable("tau", NUMBER),
            numbers("nashConv"),
            numbers("unilateralGain"),
            numbers("utility"),
            Field.nullable("delta", NUMBER),
            Field.nullable("iterations", ElementTypes.arrow(ElementType.INT32)),
            Field.nullable("converged", ArrowType.Bool.INSTANCE),
            Field.nullable("uniqueGuaranteed", ArrowType.Bool.INSTANCE),
            Field.nullable("accepted", ArrowType.Bool.INSTANCE)));

    private final OwnerMemory memory;
    private final VectorSchemaRoot written;
    private final VectorLoader loader;
    private final ArrowFileWriter writer;

    /// @param channel stays the caller's to close
    ArrowAnswers(WritableByteChannel channel, OwnerMemory memory) throws IOException {
        this.memory = memory;
        written = VectorSchemaRoot.create(SCHEMA, memory.allocator());
        loader = new VectorLoader(written);
        writer = new ArrowFileWriter(written, null, channel);
        writer.start();
    }

    private static Field numbers(String name) {
        return new Field(name, FieldType.nullable(ArrowType.List.INSTANCE), List.of(Field.nullable("item", NUMBER)));
    }

    @Override
    public ArrowRecordBatch encode(GameResults results) {
        try (var root = VectorSchemaRoot.create(SCHEMA, memory.allocator())) {
            var rows = new Rows(root);
            for (int place = 0; place < results.count(); place++) {
                rows.add(place, results.answer(place));
            }
            root.setRowCount(results.count());
            return new VectorUnloader(root).getRecordBatch();
        }
    }

    @Override
    public void write(ArrowRecordBatch encoded) throws IOException {
        try (encoded) {
            loader.load(encoded);
            writer.writeBatch();
        }
    }

    @Override
    public void discard(ArrowRecordBatch encoded) {
        encoded.close();
    }

    /// The columns of a batch.
    private static final class Rows {

        private final VarCharVector standing;
        private final VarCharVector error;
        private final Float8Vector residual;
        private final ListVector policy;
        private final ListVector profile;
        private final Float8Vector gap;
        private final Float8Vector gapTau;
        private final Float8Vector tau;
        private final ListVector nashConv;
        private final ListVector unilateralGain;
        private final ListVector utility;
        private final Float8Vector delta;
        private final IntVector iterations;
        private final BitVector converged;
        private final BitVector uniqueGuaranteed;
        private final BitVector accepted;

        Rows(VectorSchemaRoot root) {
            standing = (VarCharVector) root.getVector("standing");
            error = (VarCharVector) root.getVector("error");
            residual = (Float8Vector) root.getVector("residual");
            policy = (ListVector) root.getVector("policy");
            profile = (ListVector) root.getVector("profile");
            gap = (Float8Vector) root.getVector("gap");
            gapTau = (Float8Vector) root.getVector("gapTau");
            tau = (Float8Vector) root.getVector("tau");
            nashConv = (ListVector) root.getVector("nashConv");
            unilateralGain = (ListVector) root.getVector("unilateralGain");
            utility = (ListVector) root.getVector("utility");
            delta = (Float8Vector) root.getVector("delta");
            iterations = (IntVector) root.getVector("iterations");
            converged = (BitVector) root.getVector("converged");
            uniqueGuaranteed = (BitVector) root.getVector("uniqueGuaranteed");
            accepted = (BitVector) root.getVector("accepted");
        }

        void add(int row, Answer answer) {
            switch (answer) {
                case Answer.Failed(var reason) -> text(error, row, reason);
                case Answer.Refused() -> {
                    text(standing, row, Standing.REFUSED.name());
                    text(error, row, GameResults.NOTHING_ALLOWED);
                }
                case Answer.Withheld(var how, var code, var reason, var left) -> {
                    text(standing, row, how.name());
                    text(error, row, code + ": " + reason);
                    put(residual, row, left);
                }
                case Answer.Solved(var solution, var certificate, var how) -> {
                    text(standing, row, how.name());
                    add(row, solution, certificate.utility().dimension(0));
                    add(row, certificate);
                    accepted.setSafe(row, how == Standing.CERTIFIED ? 1 : 0);
                }
            }
        }

        private void add(int row, Solution solution, int stakeholders) {
            list(policy, row, solution.policy());
            if (solution.hasProfile()) {
                int k = solution.candidates();
                var policies = new double[stakeholders * k];
                for (int s = 0; s < stakeholders; s++) {
                    System.arraycopy(solution.profile(s), 0, policies, s * k, k);
                }
                list(profile, row, policies);
            }
            put(tau, row, solution.tau());
            iterations.setSafe(row, solution.iterations());
            converged.setSafe(row, solution.converged() ? 1 : 0);
        }

        private void add(int row, CertificateRow certificate) {
            put(gap, row, certificate.gap());
            put(gapTau, row, certificate.gapTau());
            list(nashConv, row, certificate.nashConv().toDoubles());
            list(unilateralGain, row, certificate.unilateralGain().toDoubles());
            list(utility, row, certificate.utility().toDoubles());
            put(delta, row, certificate.delta());
            uniqueGuaranteed.setSafe(row, certificate.uniqueGuaranteed() ? 1 : 0);
        }

        private static void text(VarCharVector column, int row, String value) {
            column.setSafe(row, value.getBytes(StandardCharsets.UTF_8));
        }

        private static void list(ListVector column, int row, double[] values) {
            int from = column.startNewValue(row);
            var numbers = (Float8Vector) column.getDataVector();
            for (int i = 0; i < values.length; i++) {
                put(numbers, from + i, values[i]);
            }
            column.endValue(row, values.length);
        }

        private static void put(Float8Vector column, int at, double value) {
            if (Double.isFinite(value)) {
                column.setSafe(at, value);
            } else {
                column.setNull(at);
            }
        }
    }

    /// Writes the end.
    void end() throws IOException {
        writer.end();
    }

    @Override
    public void close() {
        written.close();
    }
}
