/// Tests of the columns, splits and random keys, and the readers of the real data that the other tests share.
@NullMarked
package org.polyphony.preferences;

import org.jspecify.annotations.NullMarked;
