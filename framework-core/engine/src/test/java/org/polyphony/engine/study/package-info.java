/// Tests of `engine.study`.
@NullMarked
package org.polyphony.engine.study;

import org.jspecify.annotations.NullMarked;
