package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The first hour of somebody who writes a plugin: `samples/plugin-template` as a project of its own,
/// against the built distribution.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginTemplateIT {

    private static final String ALGORITHM = "src/main/java/com/example/borda/BordaAlgorithm.java";
    private static final Path TEMPLATE = Distribution.checkout().resolve("samples/plugin-template");

    private Path project = Path.of("");
    private SampleProject sample = new SampleProject(project);

    @BeforeAll
    void copyTemplate(@TempDir Path folder) throws IOException {
        sample = SampleProject.copy("plugin-template", folder.resolve("my-plugin"));
        project = sample.folder();
    }

    @Test
    @Order(1)
    void verify_asItComes_theContractIsRed() {
        var build = sample.verify();
        assertThat(build.code()).as(build.out()).isNotZero();
        assertThat(build.out())
                .contains("BordaAlgorithmTest.align_someCandidatesNotAllowed_theyGetExactlyNoMass")
                .contains("the formulations that @Plugin declares")
                .doesNotContain("COMPILATION ERROR");
    }

    @Test
    @Order(2)
    void verify_twoMethodsImplemented_theContractIsGreen() throws IOException {
        Files.copy(
                TEMPLATE.resolve("solution/BordaAlgorithm.java"),
                project.resolve(ALGORITHM),
                StandardCopyOption.REPLACE_EXISTING);
        var build = sample.verify();
        assertThat(build.code()).as(build.out()).isZero();
    }

    @Test
    @Order(3)
    void algoList_jarInAFolder_showsThePlugin() {
        var folder = project.resolve("target").toString();
        var option = Distribution.run(project, List.of("algo", "list", "--plugins", folder));
        assertThat(option.code()).as(option.err()).isZero();
        assertThat(option.out()).contains("example-borda").contains("Plays candidates by their weighted Borda score.");

        var variable = Distribution.run(project, Map.of("POLYPHONY_PLUGINS", folder), List.of("algo", "list"));
        assertThat(variable.out()).contains("example-borda");

        var without = Distribution.run(project, List.of("algo", "list"));
        assertThat(without.out()).isNotBlank().doesNotContain("example-borda");
    }

    @Test
    @Order(4)
    void algoDescribe_plugin_showsItsSettings() {
        var folder = project.resolve("target").toString();
        var described = Distribution.run(project, List.of("algo", "describe", "example-borda", "--plugins", folder));
        assertThat(described.code()).as(described.err()).isZero();
        assertThat(described.out()).contains("sharpness").contains("20");
    }

    @Test
    @Order(5)
    void solve_withThePlugin_playsTheCandidateThatWinsMost() throws IOException {
        var games = Files.writeString(
                project.resolve("games.json"), "{\"games\":[{\"P\":[[[0.5,0.9,0.9],[0.1,0.5,0.6],[0.1,0.4,0.5]]]}]}");
        var solved = Distribution.run(
                project,
                List.of(
                        "solve",
                        games.toString(),
                        "--plugins",
                        project.resolve("target").toString(),
                        "--algorithm",
                        "example-borda",
                        "--formulation",
                        "borda"));
        assertThat(solved.code()).as(solved.err()).isZero();
        assertThat(solved.out()).containsPattern("\"policy\"\\s*:\\s*\\[\\s*0\\.99");
    }

    /// A version beside its successor, as one compares them: both solve, each under its full name.
    @Test
    @Order(6)
    void study_twoVersionsOfOnePlugin_eachIsNamedWhole() throws IOException {
        var jars = Files.createDirectories(project.resolve("jars"));
        try (var built = Files.list(project.resolve("target"))) {
            var jar = built.filter(file -> file.toString().endsWith(".jar")).findFirst();
            Files.copy(jar.orElseThrow(), jars.resolve("old.jar"));
            Distribution.withVersion(jar.orElseThrow(), "2.0.0", jars.resolve("new.jar"));
        }
        Files.writeString(project.resolve("judgments.csv"), """
                item,annotator,role,a,b,choice
                q,p1,nurse,x,y,a
                q,p2,nurse,x,y,a
                q,p3,patient,x,y,b
                """);
        var ambiguous = study("{plugin: example-borda}");
        assertThat(ambiguous.code()).as(ambiguous.err()).isEqualTo(3);
        var names = Pattern.compile("'example-borda' names 2 plugins of role algorithm: (\\S+), (\\S+); write which")
                .matcher(ambiguous.err());
        assertThat(names.find()).as(ambiguous.err()).isTrue();
        assertThat(names.group(1)).contains("/example-borda@1.0.0");
        assertThat(names.group(2)).endsWith("/example-borda@2.0.0");

        var both = study("{plugin: '" + names.group(1) + "', name: old, formulations: [borda]}, {plugin: '"
                + names.group(2) + "', name: new, formulations: [borda]}");

        assertThat(both.code()).as(both.err()).isZero();
        assertThat(both.out()).contains("borda (new)").contains(names.group(1)).contains(names.group(2));
        var report = Files.readString(project.resolve("out/report.json"));
        assertThat(report).contains(names.group(1)).contains(names.group(2));
    }

    private Distribution.Result study(String algorithms) throws IOException {
        Files.writeString(project.resolve("study.yaml"), """
                study: versions
                source:
                  plugin: files
                  settings:
                    format: table
                    file: judgments.csv
                    item: item
                    annotator: annotator
                    pair: {first: a, second: b, choice: choice, values: {a: first, b: second}}
                    attributes: [{name: role, column: role}]
                seats: {attribute: role}
                profiler: {plugin: groups}
                algorithms: [%s]
                evaluators: []
                seed: 1
                """.formatted(algorithms));
        return Distribution.run(project, List.of("study", "run", "study.yaml", "--out", "out", "--plugins", "jars"));
    }
}
