package org.polyphony.spi.context;

/// Which call this is, for logs and traces.
///
/// @param run the run that it belongs to, unique in its process
/// @param stage what is asked in which place, for example `algorithm.algorithms-0.align`
public record CallId(String run, String stage) {

    @Override
    public String toString() {
        return stage + " of " + run;
    }
}
