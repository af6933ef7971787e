package org.polyphony.games.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorDescentKernelsTest {

    /// What the JVMs below run: chooses, solves, prints the name of the kernel and the gap.
    public static final class Probe {

        private Probe() {}

        /// Takes the precision and the tolerance.
        public static void main(String[] arguments) {
            var kernel = MirrorDescentKernels.choose(Precision.valueOf(arguments[0]), Double.parseDouble(arguments[1]));
            var bucket = SeededGames.bucket(1, 20, 9, 1);
            kernel.iterate(new MirrorDescent(0.5, 0.1, 200), bucket, 0, 20);
            System.out.println(kernel.name() + " " + (SeededGames.largestGap(bucket) < 0.5));
        }
    }

    @Test
    void choose_withoutTheModule_fallsBackAndSaysSoOnce() throws Exception {
        var run = run(List.of(), "SINGLE", "1e-4");

        assertThat(run.output()).isEqualTo("reference true");
        assertThat(run.log())
                .containsOnlyOnce("mirror descent runs on the")
                .contains("reference kernel: the Vector API is off")
                .contains("--add-modules=jdk.incubator.vector");
    }

    @Test
    void choose_vectorsOfFourFloats_fallsBackAndSaysSo() throws Exception {
        var run = run(List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=16"), "SINGLE", "1e-4");

        assertThat(run.output()).isEqualTo("reference true");
        assertThat(run.log()).contains("vectors of 4 floats");
    }

    @Test
    void choose_withTheModule_takesTheVectorKernelWhereSinglePrecisionIsAskedForAndEnough() throws Exception {
        List<String> flags = List.of("--add-modules=jdk.incubator.vector");

        assertThat(run(flags, "SINGLE", "1e-4").output()).isEqualTo("vector true");
        var tooFine = run(flags, "SINGLE", "1e-9");
        assertThat(tooFine.output()).isEqualTo("reference true");
        assertThat(tooFine.log()).contains("a gap of 1.0E-9 cannot be seen in float32");
        var asked = run(flags, "DOUBLE", "1e-4");
        assertThat(asked.output()).isEqualTo("reference true");
        assertThat(asked.log()).contains("double precision was asked for");
    }

    private record Run(String output, String log) {}

    private static Run run(List<String> flags, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "-cp", home(MirrorDescentKernels.class) + System.getProperty("path.separator") + home(Probe.class)));
        command.add(Probe.class.getName());
        command.addAll(List.of(arguments));
        var log = Files.createTempFile("kernel", ".log");
        try {
            var process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return new Run(output.strip(), Files.readString(log));
        } finally {
            Files.delete(log);
        }
    }

    private static Path home(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
