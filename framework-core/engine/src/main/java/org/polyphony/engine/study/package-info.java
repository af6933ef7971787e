/// Offline studies: from a plan to judgments, profiles, certified policies and what they mean for whom.
@NullMarked
package org.polyphony.engine.study;

import org.jspecify.annotations.NullMarked;
