package org.polyphony.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.run.AskVerb;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
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
        customSynopsis = {"polyphony ask [OPTIONS] FILE QUESTION", "polyphony ask [OPTIONS] --host FILE QUESTION"},
        description = "Says who would get which answer to a question, why, and what stands behind it.",
        footer = {
            "",
            "Learns from a study file what people prefer, then answers one question: candidates",
            "are reviewed, compared from the viewpoint of whoever asks and of every seat, a policy",
            "is solved and certified, and one candidate is picked.",
            "Without --candidates the question is one of the data: its text, or its item's id.",
            "With --host a running host is asked, which has learned already.",
            "Exit code 4: nothing may be given, or too little support stands behind it.",
            "",
            "Examples:",
            "  polyphony ask samples/clinic/study.yaml --claims role=patient q01-antibiotics-clinic",
            "  polyphony ask study.yaml \"Should plastic bottles be banned?\" --candidates answers.txt",
            "  polyphony ask study.yaml --claims role=nurse,country=jp --min-support 200 --json \"…\"",
            "  polyphony ask --host study.yaml --claims role=nurse \"…\""
        })
final class AskCommand implements Callable<Integer> {

    private static final List<String> OF_THE_HOST =
            List.of("--data", "--set", "--plugins", "--plugin-timeout", "--allow-network", "--allow-env");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final OutsideAccess access = new OutsideAccess();

    @Mixin
    private final StudyFile study = new StudyFile();

    @Mixin
    private final HostOption host = new HostOption();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "QUESTION",
            description = "What is asked, or the id of an item of the data.")
    private @Nullable String question;

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
        var request = request();
        if (host.given()) {
            return print(host.ask(request, common.quiet));
        }
        var read = study.read();
        try (var progress = new ProgressLine(common.quiet);
                var polyphony = common.start(access);
                var prepared = polyphony.prepareDeployment(study.request(read.plan()), progress)) {
            Failures.refuse(read.issues(), prepared.issues(), access.refused(read.plan()));
            try (var deployment = prepared.learn()) {
                progress.finish();
                return print(new AskVerb(deployment).answer(request, _ -> {}));
            }
        }
    }

    private int print(JsonNode answered) {
        var answer = new AskAnswer(answered);
        answer.print(common.json);
        return answer.exitCode();
    }

    // as AskVerb takes it
    private ObjectNode request() {
        var claimed = pairs("--claims", claims, "role=nurse");
        var set = numbers(pairs("--values", values, "security=5"));
        var request = HostOption.verb("ask").put("question", question());
        if (candidates != null) {
            AskedCandidates.read(candidates).forEach(request.putArray("candidates")::add);
        }
        claimed.forEach(request.putObject("claims")::put);
        set.forEach(request.putObject("values")::put);
        return request.put("person", person)
                .put("policy", policy)
                .put("minSupport", minSupport)
                .put("seed", seed);
    }

    // of a running host the file is known: what stands first is the question
    private String question() {
        var line = spec.commandLine().getParseResult();
        if (!host.given()) {
            if (question == null) {
                throw usage("Missing required parameter: 'QUESTION'");
            }
            return question;
        }
        if (question != null) {
            throw usage("with --host the question is all there is to say: ask --host FILE QUESTION");
        }
        for (var option : OF_THE_HOST) {
            if (line.hasMatchedOption(option)) {
                throw usage(option + " is said when a host is started, not when it is asked: polyphony host FILE "
                        + option);
            }
        }
        return line.matchedPositionals().getFirst().originalStringValues().getFirst();
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
