package org.polyphony.engine.sample.injected;

import com.google.inject.AbstractModule;
import com.google.inject.name.Names;

/// Names the rule.
public final class InjectedModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(String.class).annotatedWith(Names.named("rule")).toInstance("house rule 7");
    }
}
