package org.polyphony.games.parametric;

import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// What a fit is given by whoever runs it.
public interface FitRun {

    /// Runs `work` for chunks 0 … chunks − 1, on as many threads as there are, and returns the results in
    /// chunk order.
    <T> List<T> parallel(int chunks, IntFunction<T> work);

    /// What the generators are keyed by, beside stage and index.
    long seed();

    /// The generator of this key; the same key gives the same numbers.
    RandomGenerator random(String stage, long index);

    /// Called between steps; throws to stop the fit.
    void checkCancelled();

    /// How many rounds of at most how many are done.
    void progress(int round, int rounds);

    /// What the user should know that does not stop the fit.
    void note(String message);
}
