package org.polyphony.plugin.source.files;

import java.net.URISyntaxException;
import java.nio.file.Path;

/// Inputs of the kind that people reported; `cases/README.md` among the resources says where.
final class Cases {

    private Cases() {}

    /// A folder of them, for example `B01/C14`.
    static Path folder(String name) {
        var url = Cases.class.getResource("/cases/" + name);
        if (url == null) {
            throw new IllegalArgumentException("no case " + name);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
