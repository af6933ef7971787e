/// Tests of `engine.yaml`.
@NullMarked
package org.polyphony.engine.yaml;

import org.jspecify.annotations.NullMarked;
