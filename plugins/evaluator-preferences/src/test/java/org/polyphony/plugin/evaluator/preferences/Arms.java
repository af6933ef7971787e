package org.polyphony.plugin.evaluator.preferences;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;

/// A generated study with two arms: in `difference` roles value candidates differently and preferences go
/// round in circles, in `control` all roles share one preference without cycles. The last candidate of
/// every item is declared unsafe.
///
/// @param judgments what was said
/// @param truth what it was drawn from
record Arms(Judgments judgments, GroundTruth truth) {
    static final List<String> ROLES = List.of("counsellor", "journalist", "patient", "pharmacist");

    /// @param items items of each arm
    /// @param judges number of judges, each with one role
    /// @param each pairs that each of them judges
    /// @param sigma standard deviation of what sets roles apart, in logits
    static Arms generate(long seed, int items, int judges, int each, double sigma) {
        SplittableRandom random = new SplittableRandom(seed);
        int k = 6;
        int count = 2 * items;
        double[][] p = new double[count][];
        List<String> names = new ArrayList<>();
        List<String> arms = new ArrayList<>();
        for (int item = 0; item < count; item++) {
            boolean control = item < items;
            names.add(String.format("%s-%02d", control ? "c" : "d", item % items));
            arms.add(control ? "control" : "difference");
            p[item] = preferences(random, k, control ? 0 : sigma, control ? 0 : 1.5);
        }
        List<String> ids = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        int[] offsets = new int[count + 1];
        byte[] unsafe = new byte[count * k];
        for (int item = 0; item < count; item++) {
            for (int i = 0; i < k; i++) {
                ids.add(names.get(item) + "/" + i);
                texts.add("word ".repeat(1 + random.nextInt(9)).strip());
            }
            unsafe[item * k + k - 1] = 1;
            offsets[item + 1] = (item + 1) * k;
        }
        Candidates candidates = Candidates.of(names, java.util.Collections.nCopies(count, ""), ids, texts, offsets)
                .withDeclaredUnsafe(unsafe)
                .withItemAttribute("arm", arms);
        return new Arms(judgments(random, candidates, p, k, judges, each), truth(p, k));
    }

    private static double[] preferences(RandomGenerator random, int k, double sigma, double cycle) {
        double[] theta = random.doubles(k, -1, 1).toArray();
        double[] p = new double[ROLES.size() * k * k];
        for (int s = 0; s < ROLES.size(); s++) {
            double[] own = theta.clone();
            for (int i = 0; i < k; i++) {
                own[i] += sigma * random.nextGaussian();
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    // candidates on a circle: each is preferred to the next ones
                    double circular = cycle * Math.sin(2 * Math.PI * (j - i) / k);
                    p[(s * k + i) * k + j] = i == j ? 0.5 : Logistic.sigmoid(own[i] - own[j] + circular);
                }
            }
        }
        return p;
    }

    private static Judgments judgments(
            RandomGenerator random, Candidates candidates, double[][] p, int k, int judges, int each) {
        PairJudgments judgments = new PairJudgments(judges * each);
        List<String> names = new ArrayList<>();
        for (int judge = 0; judge < judges; judge++) {
            names.add(String.format("judge-%04d", judge));
            int role = random.nextInt(ROLES.size());
            for (int e = 0; e < each; e++) {
                int first = random.nextInt(k);
                int second = (first + 1 + random.nextInt(k - 1)) % k;
                int item = random.nextInt(candidates.items().size());
                boolean tie = random.nextInt(20) == 0;
                boolean wins = random.nextDouble() < p[item][(role * k + first) * k + second];
                judgments.add(item, judge, e == 0 ? -1 : role, first, second, tie ? 0.5 : wins ? 1 : 0, 1);
            }
        }
        return judgments.of(candidates, names, "role", ROLES);
    }

    private static GroundTruth truth(double[][] p, int k) {
        int b = p.length;
        double[] all = new double[b * ROLES.size() * k * k];
        int[] items = new int[b];
        for (int item = 0; item < b; item++) {
            items[item] = item;
            System.arraycopy(p[item], 0, all, item * p[item].length, p[item].length);
        }
        Tensor tensor = Tensor.ofDoubles(all, b, ROLES.size(), k, k);
        Tensor zeros = Tensor.ofDoubles(new double[all.length], b, ROLES.size(), k, k);
        return new GroundTruth(
                "role",
                ROLES,
                PreferenceEstimate.ofSeats(
                        ROLES, List.of(PreferenceBucket.of(Tensor.ofInts(items, b), tensor, zeros, zeros))));
    }
}
