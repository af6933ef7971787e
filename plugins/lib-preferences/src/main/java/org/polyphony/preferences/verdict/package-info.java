/// What may be said about whether seats differ: like compared with like, judges relabelled, reliability told apart,
/// sizes with what could have been seen. Looks at judgments only, at no model or policy of the study.
@NullMarked
package org.polyphony.preferences.verdict;

import org.jspecify.annotations.NullMarked;
