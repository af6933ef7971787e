package org.polyphony.plugin.profile.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.TrainingJudgments;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.Tensor;

/// Fits a [LinearModel]: the population, what it says of people it has not heard, seats, and persons on top of their
/// seats.
final class LinearFit {
    /// Below so many people, or so many answers of half of them, what a person's profile leaves open is underestimated.
    private static final int FEWEST_PEOPLE = 100;

    private static final int FEWEST_ANSWERS = 20;
    private static final int STAGES = 5;

    private final FitRequest request;
    private final LinearSettings settings;
    private final PluginContext context;
    private final Parallel parallel;

    private LinearFit(FitRequest request, LinearSettings settings, PluginContext context) {
        this.request = request.withJudgments(EmptyCandidates.compared(request.judgments()));
        this.settings = settings;
        this.context = context;
        this.parallel = TrainingJudgments.loops(context);
    }

    static LinearModel fit(FitRequest request, LinearSettings settings, PluginContext context) {
        context.checkCancelled();
        return new LinearFit(request, settings, context).fit();
    }

    private LinearModel fit() {
        Tensor features = request.data()
                .features()
                .orElseThrow(() -> new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "the profiler 'linear' explains preferences by features of the candidates, and there are none;"
                                + " name 'encoders' in the study, or choose another profiler"));
        List<FeatureBlock> blocks = settings.blocks(features.dimension(1));
        if (blocks.isEmpty()) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    "the blocks of the profiler 'linear' have "
                            + settings.blocks().stream()
                                    .map(FeatureBlock::columns)
                                    .toList()
                            + " columns, and the encoders gave " + features.dimension(1)
                            + "; give the columns of each encoder, in their order");
        }
        TrainingJudgments training = TrainingJudgments.of(request, context);
        PersonAnswers people = PersonAnswers.of(training);
        Answers answers = people.answers();
        context.progress(0, STAGES);
        boolean[] empty = EmptyCandidates.of(request.judgments().candidates());
        boolean threshold = IntStream.of(people.candidates()).anyMatch(i -> empty[i]);
        if (threshold) {
            blocks = new ArrayList<>(blocks);
            blocks.add(new FeatureBlock(1, FeatureBlock.Scale.BLOCK, 1));
        }
        double[] compared = EmptyCandidates.rows(features, people.candidates(), empty, threshold);
        Basis basis = Basis.learn(compared, people.offsets(), blocks, parallel).withThreshold(threshold);
        var design = new Design(basis.apply(compared, people.candidates().length), basis.block(), people.offsets());
        context.progress(1, STAGES);
        Population population = PopulationFit.estimated(
                design, answers.merged(design.candidates(), row -> true), Variances.start(design.blocks()), parallel);
        context.progress(2, STAGES);
        int[] unit = people.unitOfRow();
        int[] parts = training.folds(settings.folds());
        int[] fold = new int[answers.count()];
        Arrays.setAll(fold, row -> parts[people.judge()[unit[row]]]);
        double[] eta = CrossFit.logOdds(design, answers, fold, population.variances(), parallel);
        population = population.withDesignEffect(CrossFit.designEffect(design, answers, people.startOfPeople(), eta));
        context.progress(3, STAGES);
        int[] taste = LinearModel.taste(design.block(), settings.taste());
        LevelData data = levelData(design, people, eta, taste);
        Levels levels = LevelsFit.estimated(data, training.seats().size(), parallel);
        context.progress(4, STAGES);
        Optional<Persons> persons = request.seating().level() == Seating.Level.PERSON
                ? Optional.of(persons(design, people, data, population, levels))
                : Optional.empty();
        Optional<String> tooFew = tooFew(people);
        if (persons.isPresent()) {
            tooFew.ifPresent(why -> context.report(Issue.warning("PERSONS_FEW", why, "")));
        }
        var all = request.judgments().candidates();
        var known = new LinearModel.Known(
                IntStream.of(people.items()).mapToObj(all.items()::get).toList(),
                IntStream.of(people.candidates()).mapToObj(all.ids()::get).toList(),
                people.offsets());
        context.progress(STAGES, STAGES);
        report(population, levels, people, threshold);
        return new LinearModel(
                known,
                basis,
                taste,
                population,
                levels,
                persons,
                new LinearModel.Support(
                        training.support(), counts(people, training.seats().size(), persons.isPresent()), tooFew));
    }

    private static Optional<String> tooFew(PersonAnswers people) {
        double[] said = Arrays.stream(people.said()).sorted().toArray();
        double median = said[said.length / 2];
        return said.length >= FEWEST_PEOPLE && median >= FEWEST_ANSWERS
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%d people, half of whom gave %.0f answers or fewer, are too few to say how sure a person's"
                                + " preferences are: no interval of a person is told under %d people or %d answers",
                        said.length,
                        median,
                        FEWEST_PEOPLE,
                        FEWEST_ANSWERS));
    }

    private static LevelData levelData(Design design, PersonAnswers people, double[] eta, int[] taste) {
        Answers answers = people.answers();
        int r = taste.length + 1;
        double[] t = new double[Math.multiplyExact(answers.count(), r)];
        for (int row = 0; row < answers.count(); row++) {
            t[row * r] = eta[row];
            for (int c = 0; c < taste.length; c++) {
                t[row * r + 1 + c] = design.apart(answers.first()[row], answers.second()[row], taste[c]);
            }
        }
        return new LevelData(
                t,
                LinearModel.levelBlock(design.block(), taste),
                eta,
                answers.weight(),
                answers.share(),
                people.start(),
                people.seat());
    }

    private Persons persons(Design design, PersonAnswers people, LevelData data, Population population, Levels levels) {
        int seats = levels.seats().length;
        int[] firstUnit = IntStream.concat(
                        IntStream.range(0, people.units())
                                .filter(u -> u == 0 || people.judge()[u] != people.judge()[u - 1]),
                        IntStream.of(people.units()))
                .toArray();
        int count = firstUnit.length - 1;
        double[] judgments = new double[count];
        double[][] shares = new double[count][seats];
        for (int p = 0; p < count; p++) {
            for (int u = firstUnit[p]; u < firstUnit[p + 1]; u++) {
                double said = IntStream.range(people.start()[u], people.start()[u + 1])
                        .mapToDouble(row -> people.answers().weight()[row])
                        .sum();
                judgments[p] += said;
                if (people.seat()[u] >= 0) {
                    shares[p][people.seat()[u]] += said;
                }
            }
            for (int s = 0; s < seats; s++) {
                shares[p][s] /= judgments[p];
            }
        }
        List<Posterior> known = parallel.map(
                count,
                p -> person(
                        design,
                        people,
                        data,
                        population,
                        levels,
                        new int[] {firstUnit[p], firstUnit[p + 1]},
                        shares[p]));
        var ids = IntStream.range(0, count)
                .mapToObj(p -> request.judgments().judges().ids().get(people.judge()[firstUnit[p]]))
                .toList();
        return new Persons(ids, known, judgments, shares);
    }

    // in a seat that is not all of the person, what the seat differs from their mixture is part of what was expected
    private static Posterior person(
            Design design,
            PersonAnswers people,
            LevelData data,
            Population population,
            Levels levels,
            int[] units,
            double[] shares) {
        Posterior prior = levels.member(shares, data.block());
        Answers answers = people.answers();
        int r = data.columns();
        int from = people.start()[units[0]];
        int n = people.start()[units[1]] - from;
        double[][] t = new double[n][];
        double[] eta = new double[n];
        double[] noise = new double[n];
        double[] x = new double[design.columns()];
        for (int u = units[0]; u < units[1]; u++) {
            double[] apart = new double[r];
            for (int c = 0; c < r; c++) {
                apart[c] = (people.seat()[u] >= 0 ? levels.seats()[people.seat()[u]][c] : 0) - prior.mean()[c];
            }
            for (int row = people.start()[u]; row < people.start()[u + 1]; row++) {
                int i = answers.first()[row];
                int k = answers.second()[row];
                Arrays.setAll(x, c -> design.apart(i, k, c));
                int item = design.item(i);
                int first = design.offsets()[item];
                t[row - from] = Arrays.copyOfRange(data.t(), row * r, (row + 1) * r);
                eta[row - from] = data.eta()[row] + Matrices.dot(t[row - from], 0, apart, 0, r);
                noise[row - from] = population.variance(item, i - first, k - first, x, design.block());
            }
        }
        return prior.after(new Posterior.Judged(
                t,
                eta,
                noise,
                Arrays.copyOfRange(answers.weight(), from, from + n),
                Arrays.copyOfRange(answers.share(), from, from + n)));
    }

    private static PairCounts counts(PersonAnswers people, int seats, boolean persons) {
        var counting = new PairCounts.Counting(people.candidates().length);
        Answers answers = people.answers();
        int person = -1;
        for (int u = 0; u < people.units(); u++) {
            person += u == 0 || people.judge()[u] != people.judge()[u - 1] ? 1 : 0;
            for (int row = people.start()[u]; row < people.start()[u + 1]; row++) {
                if (people.seat()[u] >= 0) {
                    counting.add(people.seat()[u], answers.first()[row], answers.second()[row], answers.weight()[row]);
                }
                if (persons) {
                    counting.add(seats + person, answers.first()[row], answers.second()[row], answers.weight()[row]);
                }
            }
        }
        return counting.done();
    }

    private void report(Population population, Levels levels, PersonAnswers people, boolean threshold) {
        var words = new ArrayList<String>();
        for (double variance : population.variances().features()) {
            words.add(deviation(variance));
        }
        context.report(Issue.note(
                "PROFILE_MODEL",
                "fitted preferences to features of " + people.candidates().length + " candidates by " + people.people()
                        + " people: weights of standard deviation " + String.join(", ", words)
                        + (threshold
                                ? " by encoder and for any text at all, residuals of "
                                : " by encoder, residuals of ")
                        + deviation(population.variances().residual())
                        + "; reliability differs by "
                        + deviation(levels.spread().seat()[0]) + " between seats and "
                        + deviation(levels.spread().person()[0]) + " between people",
                ""));
    }

    private static String deviation(double variance) {
        return String.format(Locale.ROOT, "%.3f", Math.sqrt(variance));
    }
}
