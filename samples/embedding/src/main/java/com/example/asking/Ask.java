package com.example.asking;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.polyphony.engine.EngineOptions;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.deploy.Receipt;
import org.polyphony.engine.deploy.Request;
import org.polyphony.engine.plan.StudyPlanReader;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.spi.profile.Viewpoint;

/// A program with Polyphony inside: learns once from a study file, then answers as often as it is
/// asked.
///
/// ```sh
/// java -jar target/asking.jar PLUGINS STUDY QUESTION
/// ```
final class Ask {

    private Ask() {}

    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("give the folder of the plugins, a study file, and the id of an item or its question");
            System.exit(2);
        }
        var plugins = Path.of(arguments[0]);
        var file = Path.of(arguments[1]);
        var question = arguments[2];
        var read = StudyPlanReader.read(file, List.of());
        try (var polyphony = Polyphony.start(EngineOptions.of(List.of(plugins)));
                var deployment = polyphony.deploy(StudyRequest.of(read.plan(), file, null))) {
            var everySeat = deployment.seats().stream()
                    .map(seat -> Viewpoint.ofSeat(seat.viewpoint()))
                    .toList();
            for (var role : List.of("patient", "pharmacist")) {
                var request = Request.of(question)
                        .withClaims(Map.of("role", role))
                        .also(everySeat)
                        .withSeed(7);
                var reply = deployment.answer(request);
                var answer = reply.answers().getFirst();
                System.out.println(role + " gets "
                        + reply.pick().map(pick -> pick.candidate()).orElse("nothing") + ", " + answer.standing()
                        + ", from " + answer.blend().people() + " people; refused: "
                        + reply.refusals().size());
                if (!Receipt.attests(request, reply)) {
                    throw new IllegalStateException("this is not the answer to that request");
                }
            }
        }
    }
}
