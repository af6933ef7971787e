package org.polyphony.engine.game;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.certify.CertificateJson;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.certify.Standing;
import org.polyphony.spi.alignment.CertificateRow;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Solution;
import org.polyphony.spi.error.Issue;

/// Answers to games that follow each other in a file, in their order. Those that were solved stay in the
/// tensors of their solutions.
public final class GameResults {

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            // errors repeat what a file holds; a terminal meets no control character
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
    /// What is said of a game that has no policy because none is possible.
    static final String NOTHING_ALLOWED = "no candidate may be played: all are unsafe; mark at least one as safe";

    private static final SerializedString NEXT = new SerializedString("," + System.lineSeparator());

    private final int first;
    private final int[] rows;
    private final @Nullable CertifiedSolution[] solutions;
    private final Map<Integer, Answer> others = new HashMap<>();
    private int refused;
    private int failed;

    /// @param first the number in the file of the first game
    /// @param count how many there are; each is put in its place
    GameResults(int first, int count) {
        this.first = first;
        rows = new int[count];
        solutions = new CertifiedSolution[count];
    }

    /// Game `n` of a solution, nothing of which is held back, answers the one at a place.
    void put(int place, CertifiedSolution solution, int n) {
        if (solution.solution().solution(n).refused()) {
            put(place, new Answer.Refused());
        } else {
            solutions[place] = solution;
            rows[place] = n;
        }
    }

    /// An answer that is no policy.
    void put(int place, Answer answer) {
        others.put(place, answer);
        refused += answer instanceof Answer.Refused ? 1 : 0;
        failed += answer instanceof Answer.Failed ? 1 : 0;
    }

    /// What became of one game.
    public sealed interface Answer {

        /// Solved, well or not: the standing and the certificate say.
        record Solved(Solution answer, CertificateRow certificate, Standing standing) implements Answer {}

        /// No candidate may be played.
        record Refused() implements Answer {}

        /// Answered, but not published.
        ///
        /// @param standing refused or rejected
        /// @param code of [org.polyphony.engine.certify.HeldBack]
        /// @param reason what was wrong with the answer
        /// @param residual what the verifier found left to gain at the solution's tau; NaN if it found no
        ///     policy
        record Withheld(Standing standing, String code, String reason, double residual) implements Answer {}

        /// Not a game, or not one this formulation can be played on.
        record Failed(String reason) implements Answer {}
    }

    /// The answer at a place.
    public Answer answer(int place) {
        var solution = solutions[place];
        if (solution == null) {
            return Objects.requireNonNull(others.get(place));
        }
        int n = rows[place];
        return new Answer.Solved(solution.solution().solution(n), solution.certificate(n), Standing.of(solution, n));
    }

    /// The answers, in the order of the games.
    public List<Answer> answers() {
        return IntStream.range(0, count()).mapToObj(this::answer).toList();
    }

    /// The number in the file of the first game.
    public int first() {
        return first;
    }

    /// How many games there were.
    public int count() {
        return rows.length;
    }

    /// How many were refused because no candidate may be played.
    public int refused() {
        return refused;
    }

    /// How many could not be solved.
    public int failed() {
        return failed;
    }

    /// What is held back because of a code, by numbers of games, ascending.
    List<HeldBack> heldBack(String code) {
        var held = new ArrayList<HeldBack>();
        for (int place = 0; place < count() && !others.isEmpty(); place++) {
            if (others.get(place) instanceof Answer.Withheld withheld
                    && withheld.code().equals(code)) {
                held.add(new HeldBack(first + place, code, withheld.reason()));
            }
        }
        return held;
    }

    /// What the user should know of what is held back.
    ///
    /// @param algorithm whose answers these are
    public List<Issue> issues(String algorithm) {
        var issues = new ArrayList<Issue>();
        for (var code : List.of(HeldBack.BROKEN, HeldBack.REJECTED)) {
            var held = heldBack(code);
            if (!held.isEmpty()) {
                issues.add(issue(held.getFirst(), held.size(), algorithm));
            }
        }
        return issues;
    }

    /// The same of one reason.
    ///
    /// @param first the game that is named
    /// @param count how many there are, itself included
    static Issue issue(HeldBack first, long count, String algorithm) {
        return HeldBack.issue(first, count, "algorithm '" + algorithm + "'", held -> "game " + held.game(), "");
    }

    /// The answers as JSON, UTF-8, one game a line, with a comma between two.
    byte[] json() {
        var out = new ByteArrayOutputStream(512 * count());
        try (var generator = JSON.createGenerator(out)) {
            generator.setRootValueSeparator(NEXT);
            for (int place = 0; place < count(); place++) {
                generator.writeStartObject();
                write(generator, answer(place));
                generator.writeEndObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator out, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Failed(var reason) -> out.writeStringField("error", reason);
            case Answer.Refused() -> {
                out.writeStringField("standing", Standing.REFUSED.name());
                out.writeBooleanField("refused", true);
                out.writeStringField("error", NOTHING_ALLOWED);
            }
            case Answer.Withheld(var standing, var code, var reason, var residual) -> {
                out.writeStringField("standing", standing.name());
                if (standing == Standing.REFUSED) {
                    out.writeBooleanField("refused", true);
                }
                out.writeStringField("error", code + ": " + reason);
                CertificateJson.write(out, "residual", residual);
            }
            case Answer.Solved(var solution, var certificate, var standing) -> {
                out.writeStringField("standing", standing.name());
                double[] policy = solution.policy();
                out.writeFieldName("policy");
                CertificateJson.write(out, policy);
                if (solution.hasProfile()) {
                    out.writeArrayFieldStart("profile");
                    for (int s = 0; s < certificate.utility().dimension(0); s++) {
                        CertificateJson.write(out, solution.profile(s));
                    }
                    out.writeEndArray();
                } else {
                    out.writeNullField("profile");
                }
                // what is served; for a profile, the stakeholders' weighted mixture
                out.writeFieldName("deployed");
                CertificateJson.write(out, policy);
                out.writeFieldName("certificate");
                CertificateJson.write(out, certificate, solution, standing, List.of());
            }
        }
    }
}
