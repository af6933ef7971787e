package org.polyphony.plugin.profile.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.Logistic;

/// Every step of the fit against an independent implementation's numbers.
class GoldenProfileTest {
    private static final double EXACT = 1e-8;
    private static final double ESTIMATED = 1e-4;
    // the file has ten digits, and these are in the tens
    private static final double SUPPORT = 1e-6;

    private final GoldenStudy study = new GoldenStudy();
    private final JsonNode golden = study.golden;

    @Test
    void basis_isTheReferences() {
        JsonNode expected = golden.get("basis");
        assertClose(study.design.z(), GoldenStudy.flat(expected.get("Z")), EXACT);
        assertThat(study.design.block())
                .containsExactly(Arrays.stream(GoldenStudy.numbers(expected.get("block")))
                        .mapToInt(block -> (int) block)
                        .toArray());
        for (int part = 0; part < 2; part++) {
            double[] scale = GoldenStudy.numbers(expected.get("scale_F" + (part + 1)));
            double[][] loadings = GoldenStudy.rows(expected.get("V_F" + (part + 1)));
            for (int c = 0; c < scale.length; c++) {
                for (int j = 0; j < 2; j++) {
                    assertThat(study.basis.parts().get(part).loadings()[j][c] * scale[c])
                            .isCloseTo(loadings[c][j], within(EXACT));
                }
            }
        }
    }

    @Test
    void population_withGivenVariances_isTheReferences() {
        JsonNode expected = golden.get("population_fixed");
        double[] s0 = GoldenStudy.numbers(expected.get("s0"));
        double sc = expected.get("sc").asDouble();
        var given = new Variances(Arrays.stream(s0).map(s -> s * s).toArray(), sc * sc, 0);
        Population found = PopulationFit.fixed(study.design, study.merged(), given, Parallel.SEQUENTIAL);
        assertClose(found.weights(), GoldenStudy.numbers(expected.get("w")), EXACT);
        assertClose(found.residual(), GoldenStudy.numbers(expected.get("b")), EXACT);
        assertThat(found.order()).isCloseTo(expected.get("alpha").asDouble(), within(EXACT));
        assertClose(found.covariance(), GoldenStudy.flat(expected.get("C")), EXACT);
        assertClose(found.scores()[0], GoldenStudy.flat(expected.get("Sig_item0")), EXACT);
    }

    @Test
    void population_estimated_isTheReferences() {
        JsonNode expected = golden.get("population_eb");
        Population found = estimated();
        double[] s0 = GoldenStudy.numbers(expected.get("s0"));
        for (int block = 0; block < s0.length; block++) {
            assertThat(Math.sqrt(found.variances().features()[block])).isCloseTo(s0[block], within(ESTIMATED));
        }
        assertThat(Math.sqrt(found.variances().residual()))
                .isCloseTo(expected.get("sc").asDouble(), within(ESTIMATED));
        assertClose(found.weights(), GoldenStudy.numbers(expected.get("w")), ESTIMATED);
        assertClose(found.residual(), GoldenStudy.numbers(expected.get("b")), ESTIMATED);
        assertThat(found.order()).isCloseTo(expected.get("alpha").asDouble(), within(ESTIMATED));
        assertThat(found.variances().rounds()).isEqualTo(expected.get("rounds").asInt());
    }

    @Test
    void crossFit_isTheReferences() {
        JsonNode expected = golden.get("crossfit");
        int[] fold = new int[study.answers.count()];
        Arrays.setAll(fold, row -> study.person(row) % 3);
        double[] eta =
                CrossFit.logOdds(study.design, study.answers, fold, estimated().variances(), Parallel.SEQUENTIAL);
        assertClose(eta, GoldenStudy.numbers(expected.get("eta")), ESTIMATED);
        assertThat(CrossFit.designEffect(
                        study.design, study.answers, study.start, GoldenStudy.numbers(expected.get("eta"))))
                .isCloseTo(expected.get("phi").asDouble(), within(EXACT));
    }

    @Test
    void levels_withGivenVariances_areTheReferences() {
        JsonNode expected = golden.get("levels_fixed");
        Levels found = fixed();
        for (int seat = 0; seat < 2; seat++) {
            assertClose(
                    found.seats()[seat], GoldenStudy.numbers(expected.get("U").get(seat)), EXACT);
            assertClose(
                    found.covariances()[seat],
                    GoldenStudy.flat(expected.get("UC").get(seat)),
                    EXACT);
        }
        for (int person = 0; person < study.people; person++) {
            assertClose(
                    found.units()[person], GoldenStudy.numbers(expected.get("V").get(person)), EXACT);
        }
    }

    @Test
    void startingSpread_isTheReferences() {
        JsonNode expected = golden.get("start");
        LevelData data = study.levels();
        double[] squares = data.meanSquares();
        double[] most = Arrays.stream(squares).map(square -> 9 / square).toArray();
        most[0] = Math.min(most[0], .36);
        Levels.Spread found = StartingSpread.of(data, squares, most);
        assertClose(roots(found.person()), GoldenStudy.numbers(expected.get("sp")), EXACT);
        assertClose(roots(found.seat()), GoldenStudy.numbers(expected.get("sg")), EXACT);
    }

    @Test
    void levels_estimated_areTheReferences() {
        JsonNode expected = golden.get("levels_eb");
        Levels found = LevelsFit.estimated(study.levels(), 2, Parallel.SEQUENTIAL);
        assertClose(roots(found.spread().person()), GoldenStudy.numbers(expected.get("sp")), ESTIMATED);
        assertClose(roots(found.spread().seat()), GoldenStudy.numbers(expected.get("sg")), ESTIMATED);
        for (int seat = 0; seat < 2; seat++) {
            assertClose(
                    found.seats()[seat], GoldenStudy.numbers(expected.get("U").get(seat)), ESTIMATED);
        }
        assertThat(found.rounds()).isEqualTo(expected.get("rounds").asInt());
    }

    @Test
    void newPerson_isTheReferences() {
        JsonNode expected = golden.get("new_person");
        Posterior prior = fixed().member(expected.get("seat").asInt(), new int[] {0, 1, 2});
        assertClose(prior.mean(), GoldenStudy.numbers(expected.get("prior_mean")), EXACT);
        assertClose(prior.covariance(), GoldenStudy.flat(expected.get("prior_cov")), EXACT);
        int[] asked = Arrays.stream(GoldenStudy.numbers(expected.get("asked")))
                .mapToInt(pair -> (int) pair)
                .toArray();
        double[] eta = GoldenStudy.numbers(expected.get("pool_eta"));
        double[] noise = GoldenStudy.numbers(expected.get("pool_variance"));
        double[] one = new double[asked.length];
        Arrays.fill(one, 1);
        Posterior found = prior.after(new Posterior.Judged(
                Arrays.stream(asked).mapToObj(pair -> pool(pair)).toArray(double[][]::new),
                Arrays.stream(asked).mapToDouble(pair -> eta[pair]).toArray(),
                Arrays.stream(asked).mapToDouble(pair -> noise[pair]).toArray(),
                one,
                GoldenStudy.numbers(expected.get("y"))));
        assertClose(found.mean(), GoldenStudy.numbers(expected.get("mean")), EXACT);
        assertClose(found.covariance(), GoldenStudy.flat(expected.get("cov")), EXACT);
    }

    @Test
    void pool_isTheReferences() {
        JsonNode expected = golden.get("new_person");
        Population population =
                estimated().withDesignEffect(golden.get("crossfit").get("phi").asDouble());
        double[][] pairs = GoldenStudy.rows(expected.get("pool"));
        double[] eta = GoldenStudy.numbers(expected.get("pool_eta"));
        double[] variance = GoldenStudy.numbers(expected.get("pool_variance"));
        for (int pair = 0; pair < pairs.length; pair++) {
            int i = (int) pairs[pair][0];
            int k = (int) pairs[pair][1];
            assertThat(population.score(study.design, i) - population.score(study.design, k))
                    .isCloseTo(eta[pair], within(ESTIMATED));
            double[] x = new double[study.design.columns()];
            Arrays.setAll(x, c -> study.design.apart(i, k, c));
            int item = study.design.item(i);
            int from = study.offsets[item];
            assertThat(population.variance(item, i - from, k - from, x, study.design.block()))
                    .isCloseTo(variance[pair], within(ESTIMATED));
        }
    }

    @Test
    void unseenPairs_areTheReferences() {
        JsonNode expected = golden.get("unseen");
        double[][] t = unseen();
        double[] noise = GoldenStudy.numbers(expected.get("noise"));
        Posterior person = newPerson();
        int[] block = {0, 1, 2};
        for (int pair = 0; pair < t.length; pair++) {
            double eta = person.logOdds(t[pair][0], t[pair]);
            double variance = person.variance(t[pair]);
            double deviation = Math.sqrt(variance + noise[pair]);
            assertThat(eta).isCloseTo(at(expected, "eta", pair), within(EXACT));
            assertThat(variance).isCloseTo(at(expected, "v", pair), within(EXACT));
            assertThat(probability(person, t[pair], noise[pair]))
                    .isCloseTo(at(expected, "person", pair), within(EXACT));
            assertThat(Logistic.sigmoid(eta - 1.645 * deviation)).isCloseTo(at(expected, "low", pair), within(EXACT));
            assertThat(Logistic.sigmoid(eta + 1.645 * deviation)).isCloseTo(at(expected, "high", pair), within(EXACT));
            double p = Logistic.sigmoid(eta);
            assertThat(1 / (p * (1 - p) * deviation * deviation))
                    .as("judgments of this very pair that would tell as much")
                    .isCloseTo(at(expected, "support_judgments", pair), within(SUPPORT));
            double mixed = 0;
            for (int seat = 0; seat < 2; seat++) {
                mixed += (seat == 0 ? .25 : .75) * probability(fixed().member(seat, block), t[pair], noise[pair]);
                assertThat(probability(fixed().member(seat, block), t[pair], noise[pair]))
                        .isCloseTo(at(expected, "seat" + seat, pair), within(EXACT));
            }
            assertThat(mixed).isCloseTo(at(expected, "blend_1_3", pair), within(EXACT));
        }
    }

    @Test
    void questions_areTheReferences() {
        JsonNode expected = golden.get("next");
        double[] eta = GoldenStudy.numbers(golden.get("new_person").get("pool_eta"));
        double[] noise = GoldenStudy.numbers(golden.get("new_person").get("pool_variance"));
        var questions = new PersonQuestions(newPerson());
        double[] matters = new double[9];
        for (double[] t : unseen()) {
            questions.add(matters, 1, t[0], t);
        }
        for (int pair = 0; pair < eta.length; pair++) {
            assertThat(questions.information(eta[pair], pool(pair), noise[pair]))
                    .as("information of pair %s", pair)
                    .isCloseTo(at(expected, "information", pair), within(EXACT));
            assertThat(questions.target(eta[pair], pool(pair), noise[pair], matters))
                    .as("worth of pair %s to the unseen ones", pair)
                    .isCloseTo(at(expected, "target", pair), within(EXACT));
        }
    }

    private static double at(JsonNode of, String name, int index) {
        return of.get(name).get(index).asDouble();
    }

    private static double probability(Posterior who, double[] t, double noise) {
        return Logistic.sigmoid(Posterior.shrink(who.variance(t) + noise) * who.logOdds(t[0], t));
    }

    /// t of the pairs of an item that was not in the fit.
    private double[][] unseen() {
        JsonNode of = golden.get("unseen");
        double[] z = study.basis.apply(GoldenStudy.features(of), 3);
        double[] w = GoldenStudy.numbers(golden.get("population_eb").get("w"));
        return Arrays.stream(GoldenStudy.rows(of.get("pairs")))
                .map(pair -> {
                    int i = (int) pair[0];
                    int k = (int) pair[1];
                    double[] x = new double[4];
                    Arrays.setAll(x, c -> z[i * 4 + c] - z[k * 4 + c]);
                    return new double[] {Matrices.dot(x, 0, w, 0, 4), x[0], x[2]};
                })
                .toArray(double[][]::new);
    }

    private Posterior newPerson() {
        JsonNode of = golden.get("new_person");
        return new Posterior(GoldenStudy.numbers(of.get("mean")), GoldenStudy.flat(of.get("cov")));
    }

    private double[] pool(int pair) {
        JsonNode of = golden.get("new_person").get("pool").get(pair);
        int i = of.get(0).asInt();
        int k = of.get(1).asInt();
        return new double[] {
            golden.get("new_person").get("pool_eta").get(pair).asDouble(),
            study.design.apart(i, k, 0),
            study.design.apart(i, k, 2)
        };
    }

    private Population estimated() {
        return PopulationFit.estimated(study.design, study.merged(), Variances.start(2), Parallel.SEQUENTIAL);
    }

    private Levels fixed() {
        JsonNode of = golden.get("levels_fixed");
        var spread = new Levels.Spread(
                squares(GoldenStudy.numbers(of.get("sp"))), squares(GoldenStudy.numbers(of.get("sg"))));
        return LevelsFit.fixed(study.levels(), 2, spread, of.get("rounds").asInt(), Parallel.SEQUENTIAL);
    }

    private static double[] squares(double[] of) {
        return Arrays.stream(of).map(value -> value * value).toArray();
    }

    private static double[] roots(double[] of) {
        return Arrays.stream(of).map(Math::sqrt).toArray();
    }

    private static void assertClose(double[] found, double[] expected, double tolerance) {
        assertThat(found).containsExactly(expected, within(tolerance));
    }
}
