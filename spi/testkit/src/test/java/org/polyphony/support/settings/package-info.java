/// Tests of settings.
@NullMarked
package org.polyphony.support.settings;

import org.jspecify.annotations.NullMarked;
