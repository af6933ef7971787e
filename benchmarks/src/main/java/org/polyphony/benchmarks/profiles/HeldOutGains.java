package org.polyphony.benchmarks.profiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.polyphony.plugin.profile.linear.LinearProfiler;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestContext;

/// What profiles on features tell of debates nobody judged: `java -cp … HeldOutGains DIR`, DIR holding UKPConvArg1.
///
/// Each of 12 debates is left out in turn, both sides together; half of the judges teach, the other half test. Gains
/// are
/// in nats an answer, ties one half: of everybody over the constant one half and over a logistic of the difference in
/// log length, and of stances over everybody. Intervals are percentiles of 1,000 draws of judges, and of debates.
public final class HeldOutGains {
    private static final List<String> STANCES = List.of("same", "opposite", "none");

    private final HeldOutData data;
    private final Judgments judgments;
    private final String[] debate;
    private final double[][] gains;

    private HeldOutGains(HeldOutData data) {
        this.data = data;
        this.judgments = data.judgments();
        this.debate = data.group();
        this.gains = new double[3][judgments.count()];
    }

    /// Reads, encodes, fits 24 times, and prints a table.
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: HeldOutGains DIR");
            System.exit(2);
        }
        new HeldOutGains(HeldOutData.arguments(Path.of(args[0]))).measure();
    }

    private void measure() {
        Arrays.stream(gains).forEach(gain -> Arrays.fill(gain, Double.NaN));
        var debates = List.copyOf(new TreeSet<>(List.of(debate)));
        int[] half = JudgeSplit.parts(judgments.judges().ids(), 2);
        int tested = 0;
        double right = 0;
        double rightLonger = 0;
        double decided = 0;
        for (String left : debates) {
            double[] teaches = new double[judgments.count()];
            Arrays.setAll(
                    teaches, n -> half[judgments.judge(n)] == 0 && !debate[judgments.item(n)].equals(left) ? 1 : 0);
            var everybody = estimate(teaches, Seating.of(List.of(new Seat("everyone", Map.of()))));
            var stances = estimate(teaches, Seating.of("stance", STANCES));
            double longer = longer(teaches);
            for (int n = 0; n < judgments.count(); n++) {
                if (half[judgments.judge(n)] == 1 && debate[judgments.item(n)].equals(left)) {
                    double y = data.share(n);
                    double p = data.probability(everybody, judgments, n, 0);
                    double byLength = Logistic.sigmoid(longer * apart(n));
                    int stance = judgments.level(n, 0);
                    double loss = HeldOutData.loss(p, y);
                    gains[0][n] = Math.log(2) - loss;
                    gains[1][n] = HeldOutData.loss(byLength, y) - loss;
                    gains[2][n] = stance < 0
                            ? 0
                            : loss - HeldOutData.loss(data.probability(stances, judgments, n, stance), y);
                    tested++;
                    if (y != .5) {
                        decided++;
                        right += (p > .5) == (y == 1) ? 1 : 0;
                        rightLonger += (byLength > .5) == (y == 1) ? 1 : 0;
                    }
                }
            }
            System.out.println("without " + left);
        }
        System.out.printf(Locale.ROOT, "%d answers of judges who taught nothing%n", tested);
        data.print("everybody over the constant", gains[0]);
        data.print("everybody over longer is better", gains[1]);
        data.print("stances over everybody, all answers", gains[2]);
        System.out.printf(
                Locale.ROOT, "right of decided pairs: %.3f, longer %.3f%n", right / decided, rightLonger / decided);
    }

    private PreferenceEstimate estimate(double[] teaches, Seating seating) {
        var profiler = new LinearProfiler();
        try (var context = TestContext.of(data.settings()).withThreads(2)) {
            var artefact = profiler.fit(
                    new FitRequest(
                            new JudgedData(judgments, Optional.of(data.features())),
                            Tensor.ofDoubles(teaches, teaches.length),
                            seating),
                    context);
            var viewpoints = seating.ids().stream().map(Viewpoint::ofSeat).toList();
            var estimate = profiler.open(artefact, context)
                    .prefer(
                            new PreferRequest(data.candidates(), viewpoints, Optional.of(data.features()), Form.PAIRS),
                            context);
            return SpiValues.copy(estimate);
        }
    }

    /// Difference in ln(1 + characters), column 0 of `surface`.
    private double apart(int n) {
        int first = data.candidates().first(judgments.item(n));
        return data.features().at(first + data.candidate(n, 0), 0)
                - data.features().at(first + data.candidate(n, 1), 0);
    }

    private double longer(double[] teaches) {
        double slope = 0;
        for (int step = 0; step < 20; step++) {
            double gradient = 0;
            double information = 1e-9;
            for (int n = 0; n < teaches.length; n++) {
                if (teaches[n] > 0) {
                    double x = apart(n);
                    double p = Logistic.sigmoid(slope * x);
                    gradient += (data.share(n) - p) * x;
                    information += p * (1 - p) * x * x;
                }
            }
            slope += gradient / information;
        }
        return slope;
    }
}
