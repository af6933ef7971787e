package org.polyphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules about the sources of every module that a compiler does not know.
class SourceRulesTest {

    private static final Path CHECKOUT = Path.of(System.getProperty("basedir", ""), "..", "..");
    private static final List<String> ROOMS = List.of("spi", "framework-core", "plugins", "samples", "benchmarks");

    // their order is salted in every process, and sooner or later it is an order of bytes or of messages
    @Test
    void main_noMapOrSet_isCopiedInASaltedOrder() throws IOException {
        assertThat(places("Map\\.copyOf\\(|Set\\.copyOf\\(|toUnmodifiable(Map|Set)\\("))
                .isEmpty();
    }

    // a record is made by position: what belongs together is a record of its own
    @Test
    void main_noRecord_hasMoreThanSevenComponents() throws IOException {
        var sources = mainSources();
        var components = new TreeMap<String, Integer>();
        scan(sources, new TreeScanner<Void, String>() {
            @Override
            public Void visitClass(ClassTree type, String file) {
                if (type.getKind() == Tree.Kind.RECORD) {
                    // its only fields that are not static
                    long count = type.getMembers().stream()
                            .filter(member -> member instanceof VariableTree field
                                    && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                            .count();
                    components.put(file + ": " + type.getSimpleName(), (int) count);
                }
                return super.visitClass(type, file);
            }
        });
        assertThat(components).hasSizeGreaterThan(300);
        assertThat(components.values()).contains(7);
        components.values().removeIf(count -> count <= 7);
        assertThat(components).isEmpty();
    }

    // what stands for plugins that were built before fills what is new with nothing, which here is a mistake
    @Test
    void main_noDeprecatedConstructorOfTheSpi_isUsed() throws IOException {
        var all = mainSources();
        var spi = all.stream()
                .filter(file -> file.toString().contains("/spi/api/"))
                .toList();
        assertThat(spi).hasSizeGreaterThan(50);
        assertThat(usesOf(deprecatedConstructors(spi), all)).isEmpty();
    }

    @Test
    void deprecatedConstructor_whereverItIsUsed_isFound(@TempDir Path folder) throws IOException {
        var spi = Files.writeString(folder.resolve("Pair.java"), """
                public record Pair(int first, int second, java.util.List<String> notes) {
                    @Deprecated
                    public Pair(int first, int second) {
                        this(first, second, java.util.List.of());
                    }
                    public static Pair of(int first) {
                        return new Pair(first, first, java.util.List.of());
                    }
                }
                """);
        var user = Files.writeString(folder.resolve("User.java"), """
                class User {
                    Object fine = new Pair(1, 2, java.util.List.of("x"));
                    Object old = new a.b.Pair(1, 2);
                    Object other = new Paired(1, 2);
                }
                """);
        assertThat(deprecatedConstructors(List.of(spi))).isEqualTo(Map.of("Pair", Set.of(2)));
        assertThat(usesOf(Map.of("Pair", Set.of(2)), List.of(spi, user)))
                .containsExactly(user + ": new a.b.Pair(1, 2)");
    }

    /// The numbers of arguments that only deprecated constructors of a type take, by its simple name.
    private static Map<String, Set<Integer>> deprecatedConstructors(List<Path> sources) throws IOException {
        var deprecated = new TreeMap<String, Set<Integer>>();
        scan(sources, new TreeScanner<Void, String>() {
            @Override
            public Void visitClass(ClassTree type, String file) {
                for (var member : type.getMembers()) {
                    if (member instanceof MethodTree method
                            && method.getName().contentEquals("<init>")
                            && method.getModifiers().getAnnotations().stream()
                                    .anyMatch(annotation -> annotation
                                            .getAnnotationType()
                                            .toString()
                                            .endsWith("Deprecated"))) {
                        deprecated
                                .computeIfAbsent(type.getSimpleName().toString(), _ -> new TreeSet<>())
                                .add(method.getParameters().size());
                    }
                }
                return super.visitClass(type, file);
            }
        });
        return deprecated;
    }

    private static List<String> usesOf(Map<String, Set<Integer>> constructors, List<Path> sources) throws IOException {
        var uses = new ArrayList<String>();
        scan(sources, new TreeScanner<Void, String>() {
            @Override
            public Void visitNewClass(NewClassTree made, String file) {
                var name = made.getIdentifier().toString();
                var simple = name.substring(name.lastIndexOf('.') + 1).replaceFirst("<.*", "");
                if (constructors
                        .getOrDefault(simple, Set.of())
                        .contains(made.getArguments().size())) {
                    uses.add(file + ": " + made);
                }
                return super.visitNewClass(made, file);
            }
        });
        return uses;
    }

    // a constructor by position is what a component more would break; `of` and `with` stay
    @Test
    void plugins_recordsOfTheSpi_areMadeByOfAndWith() throws IOException {
        var all = mainSources();
        var records = new TreeSet<String>();
        scan(all.stream().filter(file -> within(file, "/spi/api/")).toList(), new TreeScanner<Void, String>() {
            @Override
            public Void visitCompilationUnit(CompilationUnitTree unit, String file) {
                unit.getTypeDecls().stream()
                        .filter(type -> type.getKind() == Tree.Kind.RECORD)
                        .forEach(type -> records.add(unit.getPackageName() + "." + ((ClassTree) type).getSimpleName()));
                return null;
            }
        });
        assertThat(records).hasSizeGreaterThan(30);
        var authors = all.stream()
                .filter(file -> within(file, "/plugins/") || within(file, "/samples/") || within(file, "/spi/support/"))
                .toList();
        assertThat(madeByPosition(records, authors)).isEmpty();
    }

    @Test
    void recordOfTheSpi_madeByPosition_isFoundWhereItIsImported(@TempDir Path folder) throws IOException {
        var user = Files.writeString(folder.resolve("User.java"), """
                import a.b.Pair;
                class User {
                    Object made = new Pair(1, 2);
                    Object fine = Pair.of(1, 2);
                }
                """);
        var other = Files.writeString(folder.resolve("Other.java"), """
                class Other {
                    record Pair(int first) {}
                    Object own = new Pair(1);
                }
                """);
        assertThat(madeByPosition(Set.of("a.b.Pair"), List.of(user, other))).containsExactly(user + ": new Pair(1, 2)");
    }

    private static List<String> madeByPosition(Set<String> records, List<Path> sources) throws IOException {
        var made = new ArrayList<String>();
        scan(sources, new TreeScanner<Void, String>() {

            private Set<String> imported = Set.of();

            @Override
            public Void visitCompilationUnit(CompilationUnitTree unit, String file) {
                imported = unit.getImports().stream()
                        .map(line -> line.getQualifiedIdentifier().toString())
                        .filter(records::contains)
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .collect(Collectors.toCollection(TreeSet::new));
                return super.visitCompilationUnit(unit, file);
            }

            @Override
            public Void visitNewClass(NewClassTree node, String file) {
                if (imported.contains(node.getIdentifier().toString())) {
                    made.add(file + ": " + node);
                }
                return super.visitNewClass(node, file);
            }
        });
        return made;
    }

    private static boolean within(Path file, String room) {
        return file.toString().replace('\\', '/').contains(room);
    }

    private static List<Path> mainSources() throws IOException {
        var sources = new ArrayList<Path>();
        for (var room : ROOMS) {
            try (Stream<Path> files = Files.walk(CHECKOUT.resolve(room))) {
                files.filter(SourceRulesTest::isMainSource).sorted().forEach(sources::add);
            }
        }
        return sources;
    }

    private static void scan(List<Path> sources, TreeScanner<Void, String> scanner) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
            for (var unit : task.parse()) {
                scanner.scan(unit, unit.getSourceFile().getName());
            }
        }
    }

    // what an evaluator measures is its own affair: the engine shows sections of anybody
    @Test
    void engineCommandLineAndPage_nameNoMetric() throws IOException {
        var names = Pattern.compile("`([a-z]+(?:\\.[a-z-]+)+)`")
                .matcher(Files.readString(CHECKOUT.resolve("docs/reference/metrics.md")))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).contains("policy.worst-off", "groups.p-value");
        var places = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(CHECKOUT.resolve("framework-core"))) {
            for (var file : files.filter(SourceRulesTest::isShown).sorted().toList()) {
                var text = Files.readString(file);
                names.stream()
                        .filter(name -> Pattern.compile("['\"`/^]" + Pattern.quote(name) + "['\"`/$]")
                                .matcher(text)
                                .find())
                        .forEach(name -> places.add(file + ": " + name));
            }
        }
        assertThat(places).isEmpty();
    }

    // who imports whom goes one way, so that a package can be understood by itself and what it stands on
    @Test
    void engine_noPackages_importEachOtherInACircle() throws IOException {
        var engine = CHECKOUT.resolve("framework-core/engine/src/main/java/org/polyphony/engine");
        var imports = new TreeMap<String, TreeSet<String>>();
        var name = Pattern.compile("(?m)^import (?:static )?org\\.polyphony\\.engine\\.([a-z]+)\\.");
        try (Stream<Path> files = Files.walk(engine)) {
            for (var file : files.filter(SourceRulesTest::isMainSource).toList()) {
                var folder = engine.relativize(file.getParent()).toString();
                var seen = imports.computeIfAbsent(folder, _ -> new TreeSet<>());
                name.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .filter(other -> !other.equals(folder))
                        .forEach(seen::add);
            }
        }
        assertThat(imports).hasSizeGreaterThan(10);
        // what stands on nothing that is left is taken away until nothing can be
        boolean less = true;
        while (less) {
            var left = imports.keySet();
            less = imports.values().removeIf(others -> others.stream().noneMatch(left::contains));
        }
        assertThat(imports).as("packages in a circle, or on one").isEmpty();
    }

    private static boolean isShown(Path file) {
        var name = file.toString().replace('\\', '/');
        return isMainSource(file)
                || (name.contains("/src/main/resources/") && name.matches(".*(?<!\\.min)\\.(js|html)"));
    }

    private static List<String> places(String wanted) throws IOException {
        var pattern = Pattern.compile(wanted);
        var places = new ArrayList<String>();
        for (var room : ROOMS) {
            try (Stream<Path> files = Files.walk(CHECKOUT.resolve(room))) {
                for (var file :
                        files.filter(SourceRulesTest::isMainSource).sorted().toList()) {
                    for (var line : Files.readAllLines(file)) {
                        if (pattern.matcher(line).find() && !line.strip().startsWith("//")) {
                            places.add(file + ": " + line.strip());
                        }
                    }
                }
            }
        }
        return places;
    }

    private static boolean isMainSource(Path file) {
        var name = file.toString().replace('\\', '/');
        return name.endsWith(".java") && name.contains("/src/main/java/");
    }
}
