package org.polyphony.benchmarks.profiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.polyphony.benchmarks.profiles.GeneratedPeople.Spread;
import org.polyphony.plugin.profile.linear.LinearProfiler;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.plugin.NoSettings;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestContext;

/// A person learned from 30 answers, and the next question: profiles of 200 people, one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AdaptBenchmark {

    /// Along how many columns of each of two encoders people may differ; t has one more than both.
    @Param({"6", "16"})
    public int taste;

    private Optional<Fitted> fitted = Optional.empty();
    private int next;

    /// Open profiles, and what to ask them.
    ///
    /// @param store memory of what is open
    private record Fitted(
            TestContext store, AdaptiveProfiles profiles, List<AdaptRequest> people, NextRequest question) {}

    /// Fits, and draws 100 new people of 30 answers about 120 candidates each.
    @Setup
    public void fit() {
        var people = new GeneratedPeople(1, 200, 4, new Spread(.15, .15, .3), 48);
        var store = TestContext.of(people.settings(taste)).withThreads(2);
        var judgments = people.answered(30);
        double[] all = new double[judgments.count()];
        Arrays.fill(all, 1);
        var profiler = new LinearProfiler();
        var seats = IntStream.range(0, 4)
                .mapToObj(seat -> Seat.of("seat", people.seat(seat)))
                .toList();
        var fit = new FitRequest(
                new JudgedData(judgments, people.given()), Tensor.ofDoubles(all, all.length), Seating.of(seats));
        var profiles = (AdaptiveProfiles) profiler.open(profiler.fit(fit, store), store);
        var requests = new ArrayList<AdaptRequest>();
        for (int person = 200; person < 300; person++) {
            int[] first = new int[30];
            int[] second = new int[30];
            for (int n = 0; n < 30; n++) {
                var random = KeyedRandom.of(1, "asked", person * 100L + n);
                int item = random.nextInt(GeneratedPeople.JUDGED);
                int i = random.nextInt(GeneratedPeople.CANDIDATES);
                int k = (i + 1 + random.nextInt(GeneratedPeople.CANDIDATES - 1)) % GeneratedPeople.CANDIDATES;
                first[n] = item * GeneratedPeople.CANDIDATES + i;
                second[n] = item * GeneratedPeople.CANDIDATES + k;
            }
            requests.add(new AdaptRequest(
                    GeneratedPeople.id(person),
                    new Whose.Seats(people.shares(person)),
                    new JudgedData(people.answered(person, first, second), people.given())));
        }
        double[] matters = new double[GeneratedPeople.ITEMS * GeneratedPeople.CANDIDATES];
        Arrays.fill(matters, GeneratedPeople.JUDGED * GeneratedPeople.CANDIDATES, matters.length, 1);
        var question = NextRequest.of(new Whose.Seats(people.shares(0)), GeneratedPeople.candidates(), 1)
                .withFeatures(people.given())
                .withMatters(Tensor.ofDoubles(matters, matters.length));
        fitted = Optional.of(new Fitted(store, profiles, requests, question));
    }

    /// Gives back what was opened.
    @TearDown
    public void close() {
        fitted.orElseThrow().store().close();
    }

    /// The next of the people, from 30 answers.
    @Benchmark
    public Object adapt() {
        var of = fitted.orElseThrow();
        try (var call = TestContext.of(new NoSettings())) {
            return of.profiles().adapt(of.people().get(next++ % of.people().size()), call);
        }
    }

    /// The best of 720 pairs, where 120 matter.
    @Benchmark
    public Object next() {
        var of = fitted.orElseThrow();
        try (var call = TestContext.of(new NoSettings())) {
            return of.profiles().next(of.question(), call);
        }
    }
}
