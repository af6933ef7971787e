/// Tests of `engine.report`.
@NullMarked
package org.polyphony.engine.report;

import org.jspecify.annotations.NullMarked;
