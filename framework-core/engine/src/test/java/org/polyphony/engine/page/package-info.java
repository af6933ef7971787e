/// Tests of `engine.page`.
@NullMarked
package org.polyphony.engine.page;

import org.jspecify.annotations.NullMarked;
