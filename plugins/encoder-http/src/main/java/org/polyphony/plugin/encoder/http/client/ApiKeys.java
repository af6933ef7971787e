package org.polyphony.plugin.encoder.http.client;

import org.jspecify.annotations.Nullable;

/// Where the keys of servers are looked up.
@FunctionalInterface
public interface ApiKeys {

    /// The key that the setting `api-key-env` names, for example the environment's variable; null if there is none.
    @Nullable
    String find(String name);
}
