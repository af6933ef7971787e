package com.example.proxied;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import java.net.URI;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

class ProxiedModuleTest {

    @Test
    void injector_makesTheEncoderWithClientsThatGoThroughTheProxy() {
        var injector = Guice.createInjector(new ProxiedModule());
        try (var client = injector.getInstance(HttpClient.Builder.class).build()) {
            var proxies = client.proxy().orElseThrow().select(URI.create("http://embeddings.example/v1"));
            assertThat(proxies.getFirst().address().toString()).contains("3128");
        }
        assertThat(injector.getInstance(ProxiedEncoder.class)).isNotNull();
    }
}
