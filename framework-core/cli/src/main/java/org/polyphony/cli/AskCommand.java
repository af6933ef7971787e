package org.polyphony.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.deploy.Request;
import org.polyphony.engine.run.LearnedDeployment;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks who would get what.
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = "Says who would get which answer to a question, why, and what stands behind it.",
        footer = {
            "",
            "Learns from a study file what people prefer, then answers one question: candidates",
            "are reviewed, compared from the viewpoint of whoever asks and of every seat, a policy",
            "is solved and certified, and one candidate is picked.",
            "Without --candidates the question is one of the data: its text, or its item's id.",
            "Exit code 4: nothing may be given, or too little support stands behind it.",
            "",
            "Examples:",
            "  polyphony ask samples/clinic/study.yaml --claims role=patient q01-antibiotics-clinic",
            "  polyphony ask study.yaml \"Should plastic bottles be banned?\" --candidates answers.txt",
            "  polyphony ask study.yaml --claims role=nurse,country=jp --min-support 200 --json \"…\""
        })
final class AskCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final OutsideAccess access = new OutsideAccess();

    @Mixin
    private final StudyFile study = new StudyFile();

    @Parameters(index = "1", paramLabel = "QUESTION", description = "What is asked, or the id of an item of the data.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String question;

    @Option(
            names = "--candidates",
            paramLabel = "FILE",
            description = "What may be answered: one a line, or .json or .jsonl. Default: those of the data.")
    private @Nullable Path candidates;

    @Option(
            names = "--claims",
            paramLabel = "NAME=VALUE,…",
            description = "What is true of whoever asks, for example role=nurse,country=jp; may be repeated.")
    @SuppressWarnings("FieldMayBeFinal") // picocli sets it
    private List<String> claims = new ArrayList<>();

    @Option(
            names = "--person",
            paramLabel = "ID",
            description = "Answer by what this person of the data prefers, not by the seats that fit the claims.")
    private @Nullable String person;

    @Option(
            names = "--values",
            paramLabel = "NAME=NUMBER,…",
            description = "Values to set, for example security=5; refused as long as no plugin answers that.")
    @SuppressWarnings("FieldMayBeFinal") // picocli sets it
    private List<String> values = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "LABEL",
            description = "Which policy of the file decides. Default: the first.")
    private @Nullable String policy;

    @Option(
            names = "--min-support",
            paramLabel = "N",
            description = "Refuse an answer behind which fewer judgments stand. Default: say so.")
    private double minSupport;

    @Option(names = "--seed", description = "Seed of the pick. Default: the file's.")
    private @Nullable Long seed;

    @Override
    public Integer call() {
        if (!(minSupport >= 0 && minSupport < Double.POSITIVE_INFINITY)) {
            throw usage("--min-support takes a number of judgments from 0, got " + minSupport);
        }
        var claimed = pairs("--claims", claims, "role=nurse");
        var set = numbers(pairs("--values", values, "security=5"));
        var texts = candidates == null ? List.<String>of() : AskedCandidates.read(candidates);
        var read = study.read();
        try (var progress = new ProgressLine(common.quiet);
                var polyphony = common.start(access);
                var prepared = polyphony.prepareDeployment(study.request(read.plan()), progress)) {
            Failures.refuse(read.issues(), prepared.issues(), access.refused(read.plan()));
            try (var deployment = prepared.learn()) {
                progress.finish();
                var reply = deployment.answer(request(deployment, claimed, set, texts));
                var answer =
                        new AskAnswer(deployment, reply, read.plan().identity().name());
                answer.print(common.json);
                return answer.exitCode();
            }
        }
    }

    private Request request(
            LearnedDeployment deployment, Map<String, String> claimed, Map<String, Double> set, List<String> texts) {
        var request = Request.of(question)
                .withCandidates(texts)
                .withClaims(claimed)
                .withSeed(seed == null ? deployment.plan().identity().seed() : seed)
                .withMinSupport(minSupport)
                .also(deployment.seats().stream()
                        .map(Blend::viewpoint)
                        .map(Viewpoint::ofSeat)
                        .toList());
        if (policy != null) {
            request = request.withPolicy(policy);
        }
        if (person != null || !set.isEmpty()) {
            var whose = person != null ? new Whose.Person(person, Optional.empty()) : new Whose.Claiming(Map.of());
            request = request.as(new Viewpoint(Request.ASKER, whose, set));
        }
        return request;
    }

    private Map<String, String> pairs(String option, List<String> given, String example) {
        var pairs = new TreeMap<String, String>();
        for (var part : given) {
            for (var pair : part.split(",", -1)) {
                int at = pair.indexOf('=');
                if (at < 1 || at == pair.length() - 1) {
                    throw usage(
                            option + " takes name=value, got '" + pair + "'; for example " + option + " " + example);
                }
                var name = pair.substring(0, at).strip();
                if (pairs.put(name, pair.substring(at + 1).strip()) != null) {
                    throw usage(option + " names '" + name + "' twice; say once what it is");
                }
            }
        }
        return pairs;
    }

    private static Map<String, Double> numbers(Map<String, String> texts) {
        var numbers = new TreeMap<String, Double>();
        texts.forEach((name, text) -> {
            try {
                numbers.put(name, Double.valueOf(text));
            } catch (NumberFormatException _) {
                throw new AlignmentException(
                        StandardErrorCode.VALUE_INVALID,
                        "--values takes numbers, got " + name + "=" + text + "; for example security=5");
            }
        });
        return numbers;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
