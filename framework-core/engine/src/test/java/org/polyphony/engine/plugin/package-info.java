/// Tests of the plugin host, with bundles made on the fly.
@NullMarked
package org.polyphony.engine.plugin;

import org.jspecify.annotations.NullMarked;
