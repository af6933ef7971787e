/// Tests of the model package.
@NullMarked
package org.polyphony.preferences.model;

import org.jspecify.annotations.NullMarked;
