/// The client of an OpenAI-compatible endpoint for embeddings, and the bindings it is made of. Holds no plugin: a
/// bundle
/// that wants one of them otherwise takes this package along.
@NullMarked
package org.polyphony.plugin.encoder.http.client;

import org.jspecify.annotations.NullMarked;
