/// A plugin that breaks the contract of its role.
@NullMarked
package org.polyphony.engine.sample.wrong;

import org.jspecify.annotations.NullMarked;
