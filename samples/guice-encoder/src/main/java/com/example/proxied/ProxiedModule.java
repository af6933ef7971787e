package com.example.proxied;

import com.google.inject.AbstractModule;
import com.google.inject.util.Modules;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import org.polyphony.plugin.encoder.http.client.EmbeddingsModule;

/// The encoder's own bindings, but clients go through the proxy that `EXAMPLE_PROXY` names, `host:port`.
public final class ProxiedModule extends AbstractModule {

    @Override
    protected void configure() {
        install(Modules.override(new EmbeddingsModule())
                .with(binder -> binder.bind(HttpClient.Builder.class).toProvider(ProxiedModule::client)));
    }

    private static HttpClient.Builder client() {
        var proxy = System.getenv().getOrDefault("EXAMPLE_PROXY", "localhost:3128").split(":", 2);
        return HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(proxy[0], Integer.parseInt(proxy[1]))));
    }
}
