/// Where plugins come from: bundles are inspected, listed, installed in an embedded OSGi framework, and their
/// classes constructed.
@NullMarked
package org.polyphony.engine.plugin;

import org.jspecify.annotations.NullMarked;
