/// What the contracts of roles say about answers, in one place for the engine, which refuses what breaks them, and for
/// the
/// test kit, which finds it before.
@NullMarked
package org.polyphony.support.contract;

import org.jspecify.annotations.NullMarked;
