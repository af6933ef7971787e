package org.polyphony.games.welfare;

/// A convex function of a point of the simplex, to be minimised by [SimplexInteriorPoint]. Holds the last
/// point: one thread.
interface ConvexFunction {

    /// Moves to a point with every entry > 0; false, and nothing else may be asked, where the function is
    /// infinite.
    boolean moveTo(double[] point);

    /// At the last point.
    double value();

    /// At the last point, shape (n).
    double[] gradient();

    /// At the last point, shape (n, n).
    double[] hessian();
}
