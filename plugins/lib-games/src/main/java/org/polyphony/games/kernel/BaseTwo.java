package org.polyphony.games.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// 2^x in lanes. Kernels keep their logits in units of log 2, so that exponentials cost no multiplication.
final class BaseTwo {

    static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    static final double PER_NAT = 1 / Math.log(2);

    /// Adding 1.5 · 2²³ leaves x, rounded to an integer, in the low bits.
    private static final float ROUNDER = 12_582_912f;

    /// The smallest power that is returned is 2⁻¹²⁵.
    private static final int LOWEST = Float.floatToRawIntBits(ROUNDER) - 125;

    private BaseTwo() {}

    /// 2^x for x ≤ 0, relative error below 2e-7; 2⁻¹²⁵ to 2⁻¹²⁶ for everything below. The polynomial is the minimax one
    /// of
    /// degree 5 for the relative error on \[−1/2, 1/2\], 5.6e-8 before rounding.
    ///
    /// The lower limit is taken among integers: `FloatVector.max` honours NaN and −0, which costs as much as the
    /// polynomial.
    static FloatVector power(FloatVector x) {
        var rounded = x.add(ROUNDER);
        var rest = x.sub(rounded.sub(ROUNDER));
        var mantissa = constant(1.3240888e-3f)
                .fma(rest, constant(9.674739e-3f))
                .fma(rest, constant(5.5508375e-2f))
                .fma(rest, constant(2.4022155e-1f))
                .fma(rest, constant(6.931469e-1f))
                .fma(rest, constant(1f));
        var exponent = rounded.reinterpretAsInts().max(LOWEST).lanewise(VectorOperators.LSHL, 23);
        return exponent.add(mantissa.reinterpretAsInts()).reinterpretAsFloats();
    }

    /// The larger of each pair, for numbers that are not NaN.
    static FloatVector larger(FloatVector a, FloatVector b) {
        return a.blend(b, a.compare(VectorOperators.LT, b));
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(LANES, value);
    }
}
