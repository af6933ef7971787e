/// Plugins that break their contract on purpose, each in a way of its own, and the study they are tried in.
@org.jspecify.annotations.NullMarked
package org.polyphony.engine.sample.rogue;
