/// What a study is to do, read from its file, with all its problems at once.
@NullMarked
package org.polyphony.engine.plan;

import org.jspecify.annotations.NullMarked;
