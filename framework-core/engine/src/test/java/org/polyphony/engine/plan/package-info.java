/// Tests of `engine.plan`.
@NullMarked
package org.polyphony.engine.plan;

import org.jspecify.annotations.NullMarked;
