import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Writes THIRD-PARTY-NOTICES.txt: what others made, under which licence, as the bill of materials has it, and the
/// notices that their jars carry.
///
/// `java Notices.java HOME BOM.xml`
final class Notices {

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        if (!Files.exists(Path.of(args[1]))) {
            System.err.println("no bill of materials, and so no notices: Maven is offline");
            return;
        }
        var text = new StringBuilder("""
                Polyphony contains, or is distributed with, the software below. Its makers' licences apply to it; their
                texts are in the jars, below META-INF. polyphony-sbom.json lists the same with digests.

                """);
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(args[1]).toFile());
        var all = children(document.getDocumentElement(), "components").getFirst();
        var lines = new TreeSet<String>();
        for (Element component : children(all, "component")) {
            if (!child(component, "group").equals("org.polyphony")) {
                lines.add(line(component));
            }
        }
        // no jars: files that every page of results carries
        lines.add("d3 7.9.0: ISC, in report.html");
        lines.add("@observablehq/plot 0.6.17: ISC, in report.html");
        lines.forEach(line -> text.append(line).append('\n'));
        for (var notice : notices(home).entrySet()) {
            text.append("\n").append("-".repeat(80)).append('\n').append(String.join(", ", notice.getValue()))
                    .append("\n\n").append(notice.getKey()).append('\n');
        }
        Files.writeString(home.resolve("THIRD-PARTY-NOTICES.txt"), text);
    }

    private static String line(Element component) {
        String licences = children(component, "licenses").stream()
                .flatMap(list -> children(list, "license").stream())
                .map(licence -> child(licence, "id").isEmpty() ? child(licence, "name") : child(licence, "id"))
                .collect(Collectors.joining(" or "));
        String expression = children(component, "licenses").stream()
                .map(list -> child(list, "expression"))
                .collect(Collectors.joining());
        String name = child(component, "group") + ":" + child(component, "name") + " " + child(component, "version");
        if (licences.isEmpty() && expression.isEmpty()) {
            throw new IllegalStateException(name + " names no licence; add it to the distribution's pom or leave it out");
        }
        return name + ": " + licences + expression;
    }

    // by text, because many jars carry the same one
    private static TreeMap<String, TreeSet<String>> notices(Path home) throws IOException {
        var notices = new TreeMap<String, TreeSet<String>>();
        for (String folder : List.of("lib", "plugins/libraries")) {
            try (var jars = Files.newDirectoryStream(home.resolve(folder), "*.jar")) {
                for (Path jar : jars) {
                    try (var in = new ZipFile(jar.toFile())) {
                        for (var entry : (Iterable<ZipEntry>) in.stream().map(ZipEntry.class::cast)::iterator) {
                            if (entry.getName().matches("META-INF/NOTICE(\\.(txt|md))?")) {
                                String text = new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
                                        .strip()
                                        .replace("\r", "");
                                notices.computeIfAbsent(text, _ -> new TreeSet<>()).add(jar.getFileName().toString());
                            }
                        }
                    }
                }
            }
        }
        return notices;
    }

    private static List<Element> children(Element parent, String name) {
        return IntStream.range(0, parent.getChildNodes().getLength())
                .mapToObj(i -> parent.getChildNodes().item(i))
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE && node.getNodeName().equals(name))
                .map(Element.class::cast)
                .toList();
    }

    private static String child(Element parent, String name) {
        return children(parent, name).stream().findFirst().map(Element::getTextContent).orElse("").strip();
    }
}
