/// The independent verifier: recomputes certificates in float64 and shares no code with any solver.
///
/// It reads nothing but `java.base`; jspecify is for the compiler only.
module org.polyphony.verify {
    requires static org.jspecify;

    exports org.polyphony.verify;
}
