/// Universal constraints: what no answer may contain, whoever asks, and nothing can switch off.
@NullMarked
package org.polyphony.trust;

import org.jspecify.annotations.NullMarked;
