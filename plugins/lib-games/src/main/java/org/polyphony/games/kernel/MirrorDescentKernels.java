package org.polyphony.games.kernel;

import java.lang.System.Logger.Level;
import java.util.Optional;

/// Chooses the kernel for a run, and says in one log line which and why.
public final class MirrorDescentKernels {

    /// Gaps below this are rounding in float32.
    public static final double SINGLE_FLOOR = 1e-6;

    private static final int FEWEST_LANES = 8;

    private static final System.Logger LOG = System.getLogger(MirrorDescentKernels.class.getName());

    private MirrorDescentKernels() {}

    /// The kernel in double precision, which is the definition.
    public static MirrorDescentKernel reference() {
        return new ReferenceMirrorDescent();
    }

    /// The fastest kernel that does what was asked. Single precision that cannot be had becomes double, never less.
    ///
    /// @param tolerance the gap that the run must reach
    public static MirrorDescentKernel choose(Precision precision, double tolerance) {
        var choice = choice(precision, tolerance);
        LOG.log(
                Level.INFO,
                "mirror descent runs on the {0} kernel: {1}",
                choice.kernel().name(),
                choice.reason());
        return choice.kernel();
    }

    /// The kernel in single precision, where the machine and the tolerance allow it; one log line says so or why not.
    public static Optional<MirrorDescentKernel> single(double tolerance) {
        return Optional.of(choose(Precision.SINGLE, tolerance))
                .filter(kernel -> !(kernel instanceof ReferenceMirrorDescent));
    }

    private static Choice choice(Precision precision, double tolerance) {
        if (precision == Precision.DOUBLE) {
            return new Choice(reference(), "double precision was asked for");
        }
        if (!(tolerance >= SINGLE_FLOOR)) {
            return new Choice(
                    reference(),
                    "a gap of " + tolerance + " cannot be seen in float32, whose floor is " + SINGLE_FLOOR);
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new Choice(
                    reference(),
                    "the Vector API is off; to turn it on, start the JVM with --add-modules=jdk.incubator.vector");
        }
        try {
            int lanes = VectorMirrorDescent.lanes();
            return lanes < FEWEST_LANES
                    ? new Choice(
                            reference(),
                            "vectors of " + lanes + " floats are no faster than plain loops in double precision")
                    : new Choice(new VectorMirrorDescent(), "single precision in vectors of " + lanes + " floats");
        } catch (LinkageError e) {
            // a bundle may be resolved without the package although the JVM has it
            return new Choice(reference(), "the Vector API cannot be reached: " + e);
        }
    }

    private record Choice(MirrorDescentKernel kernel, String reason) {}
}
