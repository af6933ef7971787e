package org.polyphony.engine.plugin;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.EmbeddedResource;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.support.Answer;

/// Makes bundles from compiled sample classes, as a plugin author's build would.
public final class TestBundle {

    /// How plugins import what they are built with, in every pom that makes one.
    static final String POLICY = "${if;${matches;${@};0\\..*};${range;[==,=+);${@}};${range;[==,+);${@}}}";

    private final String name;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> resources = new LinkedHashMap<>();

    private TestBundle(String name) {
        this.name = name;
    }

    /// A bundle of the package `org.polyphony.engine.sample.NAME`.
    public static TestBundle of(String name) {
        return new TestBundle(name)
                .header(Constants.PRIVATE_PACKAGE, "org.polyphony.engine.sample." + name)
                .header(Constants.BUNDLE_SYMBOLICNAME, "sample-" + name)
                .header(Constants.BUNDLE_VERSION, "1.0.0")
                .header(Constants.CONSUMER_POLICY, POLICY);
    }

    /// The same with the test kit and its fakes inside, of which JUnit's part is not loaded.
    public TestBundle withTestKit() {
        return header(Constants.CONDITIONAL_PACKAGE, "org.polyphony.spi.testkit.*,org.polyphony.support.*")
                .header(
                        Constants.IMPORT_PACKAGE,
                        "org.junit.*;resolution:=optional,org.assertj.*;resolution:=optional,*");
    }

    /// The same with this header or bnd instruction.
    public TestBundle header(String key, String value) {
        headers.put(key, value);
        return this;
    }

    /// The same with this entry.
    public TestBundle resource(String path, byte... content) {
        resources.put(path, content);
        return this;
    }

    /// Writes the bundle as NAME.jar.
    public Path write(Path folder) throws Exception {
        return write(folder, name + ".jar");
    }

    /// Writes the bundle.
    public Path write(Path folder, String fileName) throws Exception {
        try (var builder = new Builder()) {
            builder.addClasspath(location(TestBundle.class));
            builder.addClasspath(location(Plugin.class));
            builder.addClasspath(location(TestContext.class));
            builder.addClasspath(location(Answer.class));
            headers.forEach(builder::setProperty);
            builder.setProperty(Constants.FIXUPMESSAGES, "is:=ignore");
            var jar = builder.build();
            resources.forEach((path, content) -> jar.putResource(path, new EmbeddedResource(content, 0)));
            var file = folder.resolve(fileName);
            jar.write(file.toFile());
            return file;
        }
    }

    private static File location(Class<?> type) throws URISyntaxException {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
