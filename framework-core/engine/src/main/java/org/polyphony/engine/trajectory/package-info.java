/// How algorithms move on explicit games: solved at growing budgets of iterations, certified at each,
/// drawn.
@NullMarked
package org.polyphony.engine.trajectory;

import org.jspecify.annotations.NullMarked;
