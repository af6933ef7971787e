/// Contextual norms as data: rules that apply in some verified contexts and refuse some candidates.
@NullMarked
package org.polyphony.plugin.safety.rules;

import org.jspecify.annotations.NullMarked;
