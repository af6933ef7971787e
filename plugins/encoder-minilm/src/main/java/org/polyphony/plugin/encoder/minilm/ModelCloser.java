package org.polyphony.plugin.encoder.minilm;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/// Frees the model when the bundle stops: memory outside the heap that no collector would.
public final class ModelCloser implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        // the first call opens the model
    }

    @Override
    public void stop(BundleContext context) {
        SharedModel.SHARED.stop();
    }
}
