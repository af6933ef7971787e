package org.polyphony.plugin.encoder.http.client;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.name.Named;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/// What the encoder gets from outside: how a client is made, where keys are looked up, threads, and time.
///
/// A bundle that wants one of them otherwise overrides that binding:
/// `Modules.override(new EmbeddingsModule()).with(…)`, see `samples/guice-encoder`.
public final class EmbeddingsModule extends AbstractModule {

    /// The pause before the first repetition of a request; each further one is twice as long.
    public static final String FIRST_PAUSE = "first-pause";

    /// For the bundle, and for modules that override it.
    public EmbeddingsModule() {}

    // a new one a call, whose threads end with it
    @Provides
    HttpClient.Builder client() {
        return HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
    }

    @Provides
    ThreadFactory threads() {
        return Thread.ofVirtual().factory();
    }

    @Provides
    ApiKeys keys() {
        return System::getenv;
    }

    // of servers that say until when to wait
    @Provides
    Clock clock() {
        return Clock.systemUTC();
    }

    @Provides
    @Named(FIRST_PAUSE)
    Duration firstPause() {
        return Duration.ofMillis(500);
    }
}
