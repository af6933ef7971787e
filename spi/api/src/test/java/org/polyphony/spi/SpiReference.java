package org.polyphony.spi;

import static java.util.stream.Collectors.joining;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.RawTextTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The SPI as one page, `docs/reference/spi.md`, from signatures and `///` docs as the compiler parses them.
final class SpiReference {

    private static final String CONSUMER = "ConsumerType";
    private static final Pattern QUALIFIER = Pattern.compile("^(?:[a-z]+\\.)+");
    private static final Pattern VERSION = Pattern.compile("@Version\\(\"(.*)\"\\)");

    private final DocTrees docs;
    private final StringBuilder roles = new StringBuilder();
    private final StringBuilder types = new StringBuilder();

    private SpiReference(DocTrees docs) {
        this.docs = docs;
    }

    /// The page.
    ///
    /// @param sources the folder of the packages
    static String of(Path sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var found = Files.walk(sources)) {
            var task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(
                            found.filter(file -> file.toString().endsWith(".java"))
                                    .sorted()
                                    .toList()));
            var packages = new TreeMap<String, List<CompilationUnitTree>>();
            for (var unit : task.parse()) {
                packages.computeIfAbsent(unit.getPackageName().toString(), name -> new ArrayList<>())
                        .add(unit);
            }
            var page = new SpiReference(DocTrees.instance(task));
            packages.forEach(page::describe);
            return """
                    # The SPI

                    Every public type by package, with the version of the package. Generated from `spi/api` by
                    `mvn -pl spi/api test -Dtest=SpiReferenceTest -Dspi.reference=write`; not to be edited.

                    ## What a plugin implements

                    | type | package | what it is |
                    |---|---|---|
                    """ + page.roles + page.types;
        }
    }

    private void describe(String name, List<CompilationUnitTree> units) {
        var info = units.stream()
                .filter(unit -> unit.getTypeDecls().isEmpty())
                .findFirst()
                .orElseThrow();
        var version = VERSION.matcher(info.getPackageAnnotations().toString());
        types.append("\n## ")
                .append(name)
                .append(version.find() ? " " + version.group(1) : "")
                .append("\n\n");
        types.append(Doc.of(docs, new TreePath(new TreePath(info), info.getPackage()))
                        .body())
                .append('\n');
        units.stream()
                .filter(unit -> unit != info)
                .map(unit ->
                        new TreePath(new TreePath(unit), unit.getTypeDecls().getFirst()))
                .filter(path ->
                        ((ClassTree) path.getLeaf()).getModifiers().getFlags().contains(Modifier.PUBLIC))
                .sorted(Comparator.comparing(path -> !says((ClassTree) path.getLeaf(), CONSUMER)))
                .forEach(path -> describe(path, ""));
    }

    private void describe(TreePath path, String outer) {
        var type = (ClassTree) path.getLeaf();
        var name = outer + type.getSimpleName();
        var doc = Doc.of(docs, path);
        if (says(type, CONSUMER)) {
            var home = path.getCompilationUnit().getPackageName().toString();
            roles.append("| [%s](#%s) | `%s` | %s |\n"
                    .formatted(name, anchor(name), home.substring(home.lastIndexOf('.') + 1), doc.sentence()));
        }
        types.append("\n### ")
                .append(name)
                .append("\n\n*")
                .append(kind(type))
                .append("*\n\n")
                .append(doc.body());
        types.append('\n');
        var nested = new ArrayList<TreePath>();
        var list = new StringBuilder();
        for (var member : type.getMembers()) {
            var at = new TreePath(path, member);
            if (member instanceof ClassTree inner && visible(type, inner.getModifiers())) {
                nested.add(at);
            } else if (member instanceof VariableTree field && component(type, field)) {
                list.append(item(
                        field.getType() + " " + field.getName(),
                        doc.tags().getOrDefault(field.getName().toString(), ""),
                        Map.of()));
            } else {
                Optional.ofNullable(signature(type, member)).ifPresent(signature -> {
                    var of = Doc.of(docs, at);
                    list.append(item(signature, of.body(), of.tags()));
                });
            }
        }
        types.append(list.isEmpty() ? "" : "\n").append(list);
        nested.forEach(at -> describe(at, name + "."));
    }

    private static String item(String signature, String body, Map<String, String> tags) {
        var text = new StringBuilder("- `" + signature + "`" + (body.isEmpty() ? "" : ": " + indented(body, 2)));
        tags.forEach(
                (name, of) -> text.append("\n  - `").append(name).append("`: ").append(indented(of, 4)));
        return text.append('\n').toString();
    }

    // further lines of a list's item, whatever their indentation in the comment
    private static String indented(String text, int by) {
        return text.replaceAll("\n *(?=[^ \n])", "\n" + " ".repeat(by));
    }

    private static String kind(ClassTree type) {
        var kind = switch (type.getKind()) {
            case ANNOTATION_TYPE -> "annotation";
            case ENUM -> "enum";
            case INTERFACE -> "interface";
            case RECORD -> "record";
            default -> "class";
        };
        var sealed = type.getModifiers().getFlags().contains(Modifier.SEALED) ? "sealed " : "";
        var parameters = type.getTypeParameters().isEmpty() ? "" : " of " + list(type.getTypeParameters());
        return sealed
                + kind
                + parameters
                + (type.getExtendsClause() == null ? "" : ", extends " + type.getExtendsClause())
                + (type.getImplementsClause().isEmpty() ? "" : ", is " + list(type.getImplementsClause()))
                + (says(type, CONSUMER) ? ", implemented by plugins" : "")
                + (says(type, "ProviderType") ? ", implemented by the framework" : "");
    }

    // what stands in code; null for what is not public, not documented or generated
    private static @Nullable String signature(ClassTree type, Tree member) {
        return switch (member) {
            case VariableTree field
            when type.getKind() == Tree.Kind.ENUM
                    && field.getType().toString().equals(type.getSimpleName().toString()) ->
                field.getName().toString();
            case VariableTree field
            when visible(type, field.getModifiers()) ->
                field.getType() + " " + field.getName()
                        + (field.getInitializer() instanceof LiteralTree value ? " = " + value : "");
            case MethodTree method
            when visible(type, method.getModifiers())
                    && !says(method.getModifiers(), "Override")
                    && !(method.getReturnType() == null && type.getKind() == Tree.Kind.RECORD) -> {
                var flags = method.getModifiers().getFlags();
                yield (flags.contains(Modifier.STATIC) ? "static " : flags.contains(Modifier.DEFAULT) ? "default " : "")
                        + (method.getTypeParameters().isEmpty() ? "" : "<" + list(method.getTypeParameters()) + "> ")
                        + (method.getReturnType() == null
                                ? type.getSimpleName()
                                : method.getReturnType() + " " + method.getName())
                        + "(" + list(method.getParameters()) + ")"
                        + (method.getThrows().isEmpty() ? "" : " throws " + list(method.getThrows()))
                        + (method.getDefaultValue() == null ? "" : " default " + method.getDefaultValue());
            }
            default -> null;
        };
    }

    private static String list(List<? extends Tree> trees) {
        return trees.stream().map(Tree::toString).map(String::strip).collect(joining(", "));
    }

    private static boolean component(ClassTree type, VariableTree field) {
        return type.getKind() == Tree.Kind.RECORD
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private static boolean visible(ClassTree type, ModifiersTree member) {
        boolean open = type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
        return member.getFlags().contains(Modifier.PUBLIC)
                || (open && !member.getFlags().contains(Modifier.PRIVATE));
    }

    private static boolean says(ClassTree type, String annotation) {
        return says(type.getModifiers(), annotation);
    }

    private static boolean says(ModifiersTree modifiers, String annotation) {
        return modifiers.getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .anyMatch(of -> of.toString().equals(annotation));
    }

    private static String anchor(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace(".", "");
    }

    /// A comment: its text, and what its tags say by parameter, exception or tag.
    private record Doc(String sentence, String body, Map<String, String> tags) {

        static Doc of(DocTrees docs, TreePath path) {
            var tree = docs.getDocCommentTree(path);
            if (tree == null) {
                return new Doc("", "", Map.of());
            }
            var tags = new LinkedHashMap<String, String>();
            for (var tag : tree.getBlockTags()) {
                switch (tag) {
                    case ParamTree of -> tags.put(of.getName().toString(), text(of.getDescription()));
                    case ThrowsTree of ->
                        tags.put(simple(of.getExceptionName().getSignature()), text(of.getDescription()));
                    case ReturnTree of -> tags.put("returns", text(of.getDescription()));
                    default -> throw new IllegalStateException("what is " + tag);
                }
            }
            return new Doc(text(tree.getFirstSentence()).replace('\n', ' '), text(tree.getFullBody()), tags);
        }

        private static String simple(String signature) {
            return QUALIFIER.matcher(signature).replaceFirst("");
        }

        // what is written; links to code become code
        private static String text(List<? extends DocTree> trees) {
            return trees.stream()
                    .map(tree -> switch (tree) {
                        case RawTextTree raw -> raw.getContent();
                        case TextTree text -> text.getBody();
                        case LinkTree link when !link.getLabel().isEmpty() -> text(link.getLabel());
                        case LinkTree link ->
                            "`"
                                    + simple(link.getReference().getSignature())
                                            .replaceFirst("^#", "")
                                            .replace('#', '.')
                                    + "`";
                        default -> tree.toString();
                    })
                    .collect(joining())
                    .strip();
        }
    }
}
