/// A study's run: from judgments to profiles, certified policies and what they mean for whom.
@NullMarked
package org.polyphony.engine.run;

import org.jspecify.annotations.NullMarked;
