import aQute.bnd.header.Attrs;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes the packages that the host lends to plugins, with their versions and the packages they use, one per
/// line. Run by the build with the engine's class path: what a plugin is resolved against is then exactly what
/// the launcher starts with.
final class SystemPackages {

    /// A library whose API plugins may see: a pattern over its jar's name, and its packages.
    private record Lent(String jar, String packages) {}

    private static final List<Lent> LENT = List.of(
            new Lent("(polyphony-spi-api-.*\\.jar)|spi/api/target/classes", "org\\.polyphony\\.spi\\..*"),
            new Lent("arrow-memory-core-.*\\.jar", "org\\.apache\\.arrow\\..*"),
            new Lent("arrow-format-.*\\.jar", "org\\.apache\\.arrow\\..*"),
            new Lent("arrow-vector-.*\\.jar", "org\\.apache\\.arrow\\..*"),
            new Lent("duckdb_jdbc-.*\\.jar", "org\\.duckdb(\\.user)?"),
            new Lent("vertx-core-\\d.*\\.jar", "io\\.vertx\\.core(\\..*)?"),
            new Lent("guice-\\d.*\\.jar", "com\\.google\\.inject(\\..*)?"),
            new Lent("jakarta\\.inject-api-.*\\.jar", "jakarta\\.inject"),
            new Lent("aopalliance-.*\\.jar", "org\\.aopalliance\\..*"),
            new Lent("jspecify-.*\\.jar", "org\\.jspecify\\.annotations"),
            new Lent("slf4j-api-.*\\.jar", "org\\.slf4j(\\..*)?"));

    // what an API's authors keep to themselves, and Jackson, whose caches would pin plugins
    private static final Pattern PRIVATE = Pattern.compile(".*\\.(impl|internal|jackson)(\\..*)?|org\\.slf4j\\.helpers");

    private static final Pattern VERSION_IN_NAME = Pattern.compile(".*?-(\\d+(?:\\.\\d+)*)(?:[-.].*)?\\.jar");

    private SystemPackages() {}

    public static void main(String[] arguments) throws Exception {
        var target = Path.of(arguments[0]);
        var text = render(exports(System.getProperty("java.class.path").split(File.pathSeparator)));
        // untouched when nothing changed, so that nothing downstream is rebuilt
        if (!Files.exists(target) || !Files.readString(target).equals(text)) {
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
        }
    }

    private static Parameters exports(String[] classPath) throws Exception {
        try (var builder = new Builder()) {
            var instructions = new TreeMap<String, String>();
            for (var lent : LENT) {
                var file = find(classPath, lent);
                var jar = new Jar(file);
                builder.addClasspath(jar);
                instructions.putAll(packages(jar, lent, file.getName()));
            }
            builder.setProperty(
                    Constants.EXPORT_PACKAGE,
                    instructions.entrySet().stream()
                            .map(e -> e.getKey() + e.getValue())
                            .collect(Collectors.joining(",")));
            builder.setProperty(Constants.IMPORT_PACKAGE, "*;resolution:=optional");
            builder.setProperty(Constants.FIXUPMESSAGES, ".*;is:=ignore");
            builder.setBundleSymbolicName("org.polyphony.system");
            var bundle = builder.build();
            if (!builder.isOk()) {
                throw new IllegalStateException("cannot compute the lent packages: " + builder.getErrors());
            }
            return new Parameters(bundle.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE));
        }
    }

    private static File find(String[] classPath, Lent lent) {
        var pattern = Pattern.compile(".*(" + lent.jar() + ")");
        for (var entry : classPath) {
            if (pattern.matcher(entry.replace(File.separatorChar, '/')).matches()) {
                return new File(entry);
            }
        }
        throw new IllegalStateException("no jar on the class path matches " + lent.jar());
    }

    // versions: our own packages carry an annotation that bnd reads; else the jar's manifest, else its name
    private static Map<String, String> packages(Jar jar, Lent lent, String fileName) throws Exception {
        var declared = jar.getManifest() == null
                ? new Parameters()
                : new Parameters(jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE));
        var result = new TreeMap<String, String>();
        for (var name : jar.getPackages()) {
            if (!name.matches(lent.packages()) || PRIVATE.matcher(name).matches() || !holdsClasses(jar, name)) {
                continue;
            }
            String version = null;
            if (!name.startsWith("org.polyphony.")) {
                var own = declared.containsKey(name) ? declared.get(name).getVersion() : null;
                version = own == null ? versionOf(fileName) : own;
            }
            result.put(name, version == null ? "" : ";version=\"" + version + "\"");
        }
        if (result.isEmpty()) {
            throw new IllegalStateException("no package of " + fileName + " matches " + lent.packages());
        }
        return result;
    }

    private static boolean holdsClasses(Jar jar, String name) {
        var directory = jar.getDirectories().get(name.replace('.', '/'));
        return directory != null && directory.keySet().stream().anyMatch(path -> path.endsWith(".class"));
    }

    private static String versionOf(String fileName) {
        var matcher = VERSION_IN_NAME.matcher(fileName);
        if (!matcher.matches()) {
            throw new IllegalStateException("no version in the name of " + fileName);
        }
        return matcher.group(1);
    }

    private static String render(Parameters exports) throws IOException {
        var lines = new TreeSet<String>();
        for (var entry : exports.entrySet()) {
            Attrs attributes = entry.getValue();
            var line = new StringBuilder(entry.getKey())
                    .append(";version=\"")
                    .append(attributes.getVersion())
                    .append('"');
            var uses = attributes.get(Constants.USES_DIRECTIVE);
            if (uses != null) {
                var lentOnly = List.of(uses.split(",")).stream()
                        .map(String::trim)
                        .filter(exports::containsKey)
                        .sorted()
                        .collect(Collectors.joining(","));
                if (!lentOnly.isEmpty()) {
                    line.append(";uses:=\"").append(lentOnly).append('"');
                }
            }
            lines.add(line.toString());
        }
        return String.join("\n", lines) + "\n";
    }
}
