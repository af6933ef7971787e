/// The part of Polyphony that is trusted: universal constraints, the decisions they make, and the log that proves
/// them.
///
/// It reads nothing but `java.base` and opens nothing; jspecify is for the compiler only.
module org.polyphony.trust {
    requires static org.jspecify;

    exports org.polyphony.trust;
    exports org.polyphony.trust.log;
}
