package org.polyphony.engine.deploy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.support.digest.Digests;

/// What an answer was made of, and a digest that binds it to its request. Whoever holds both can take
/// the digest again ([#attests]): any other request, candidate, probability, standing, refusal, pick or
/// generation gives another one.
///
/// @param digest SHA-256 in lower-case hexadecimal digits
/// @param profiles digest of the profiles that were asked
/// @param constraints digests of the universal constraints in force
/// @param generations which plugin filled each slot, under the request's one set of leases
public record Receipt(String digest, String profiles, List<String> constraints, List<Reply.Generation> generations) {

    public Receipt {
        constraints = List.copyOf(constraints);
        generations = List.copyOf(generations);
    }

    /// The reply with its receipt.
    ///
    /// @param made whose receipt has no digest yet
    public static Reply seal(Request request, Reply made) {
        var of = made.receipt();
        return new Reply(
                made.item(),
                made.candidates(),
                made.answers(),
                made.pick(),
                made.refusals(),
                made.issues(),
                new Receipt(digest(request, made), of.profiles(), of.constraints(), of.generations()));
    }

    /// Whether a reply is the one that this deployment gave to a request.
    public static boolean attests(Request request, Reply reply) {
        return reply.receipt().digest().equals(digest(request, reply));
    }

    private static String digest(Request request, Reply reply) {
        var to = new Fields(Digests.sha256());
        to.text(request.question().text()).number(request.candidates().size());
        request.candidates().forEach(candidate -> to.text(candidate.text()));
        to.texts(request.claims());
        to.number(request.asker().isPresent() ? 1 : 0);
        request.asker().ifPresent(to::viewpoint);
        to.number(request.also().size());
        request.also().forEach(to::viewpoint);
        var choice = request.choice();
        to.optional(choice.policy()).number(choice.seed()).number(choice.minSupport());
        to.optional(reply.item()).number(reply.candidates().size());
        reply.candidates().forEach(of -> to.text(of.id()).text(of.text()).number(of.allowed() ? 1 : 0));
        to.number(reply.answers().size());
        reply.answers().forEach(answer -> {
            to.text(answer.viewpoint())
                    .text(answer.formulation())
                    .text(answer.standing().name());
            to.number(answer.compared()).number(answer.probabilities().size());
            answer.probabilities().forEach(probability -> to.number((double) probability));
            to.number(answer.blend().judgments()).number(answer.blend().people());
            to.shares(answer.blend().seats());
            to.optional(answer.blend().tooFew());
        });
        to.number(reply.pick().isPresent() ? 1 : 0);
        reply.pick().ifPresent(pick -> to.text(pick.candidate()).number(pick.probability()));
        to.number(reply.refusals().size());
        reply.refusals()
                .forEach(of -> to.text(of.candidate())
                        .text(of.rule())
                        .number(of.universal() ? 1 : 0)
                        .text(of.reason())
                        .text(of.source()));
        to.number(reply.issues().size());
        reply.issues().forEach(issue -> to.text(issue.code()).text(issue.message()));
        var receipt = reply.receipt();
        to.text(receipt.profiles()).number(receipt.constraints().size());
        receipt.constraints().forEach(to::text);
        to.number(receipt.generations().size());
        receipt.generations()
                .forEach(of -> to.text(of.slot())
                        .text(of.plugin())
                        .text(of.version())
                        .text(of.sha256())
                        .number(of.number()));
        return to.hex();
    }

    /// Values after one another, each text after its length, so that no two sequences look the same.
    private record Fields(MessageDigest digest) {

        Fields text(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            digest.update(bytes);
            return this;
        }

        Fields number(long number) {
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            return this;
        }

        Fields number(double number) {
            return number(Double.doubleToLongBits(number));
        }

        Fields optional(Optional<String> text) {
            number(text.isPresent() ? 1 : 0);
            text.ifPresent(this::text);
            return this;
        }

        void texts(Map<String, String> texts) {
            number(texts.size());
            texts.forEach((name, value) -> text(name).text(value));
        }

        void shares(Map<String, Double> shares) {
            number(shares.size());
            shares.forEach((name, share) -> text(name).number((double) share));
        }

        void viewpoint(Viewpoint of) {
            text(of.id());
            switch (of.whose()) {
                case Whose.Seats seats -> {
                    text("seats");
                    shares(seats.weights());
                }
                case Whose.Person person -> text("person").text(person.id());
                case Whose.Claiming claiming -> {
                    text("claiming").number(claiming.claims().size());
                    claiming.claims().forEach((name, levels) -> {
                        text(name).number(levels.size());
                        levels.forEach(this::text);
                    });
                }
            }
            shares(of.values());
        }

        String hex() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
