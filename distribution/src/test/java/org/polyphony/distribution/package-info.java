/// Closed-box tests of the built distribution: real processes, nothing but what a user has.
@NullMarked
package org.polyphony.distribution;

import org.jspecify.annotations.NullMarked;
