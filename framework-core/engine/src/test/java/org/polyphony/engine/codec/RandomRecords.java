package org.polyphony.engine.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.CandidateRegime;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.evaluation.JudgedEvidence;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.preference.Criterion;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.Message;
import org.polyphony.spi.preference.ToolCall;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.Questions;
import org.polyphony.spi.profile.ScoreBucket;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;

/// Instances of any record the SPI exchanges, found by reflection, from a seed. Types whose components must
/// fit together have a recipe; all others are filled component by component.
public final class RandomRecords {

    private static final String[] TEXTS = {
        "", "plain", "dotted.key#?", "Ünïcödé 你好", "emoji \uD83C\uDF0D", "\n\t\"quoted\"\u0000"
    };

    private final SplittableRandom random;
    private final TensorAllocator allocator;
    private final Map<Class<?>, Supplier<Object>> recipes = Map.ofEntries(
            Map.entry(Candidates.class, this::candidates),
            Map.entry(Judgments.class, this::judgments),
            Map.entry(Seating.class, this::seating),
            Map.entry(FitRequest.class, this::fit),
            Map.entry(JudgedEvidence.class, this::judged),
            Map.entry(GameBucket.class, () -> game(2, 3)),
            Map.entry(PreferenceGames.class, this::games),
            Map.entry(PreferenceBucket.class, this::preferences),
            Map.entry(ScoreBucket.class, this::scores),
            Map.entry(NextRequest.class, this::next),
            Map.entry(Questions.class, this::questions),
            Map.entry(ReviewResult.class, this::review),
            Map.entry(NormRule.Support.class, () -> new NormRule.Support(1, 2)),
            Map.entry(Artefact.class, this::artefact),
            Map.entry(Message.class, this::message));

    /// @param allocator gives the tensors off the heap; about a third stay on it
    public RandomRecords(long seed, TensorAllocator allocator) {
        this.random = new SplittableRandom(seed);
        this.allocator = allocator;
    }

    public <R extends Record> R next(Class<R> type) {
        return type.cast(value(type));
    }

    <T> List<T> list(Class<T> type, int count) {
        return IntStream.range(0, count).mapToObj(_ -> type.cast(value(type))).toList();
    }

    private Object value(Type type) {
        if (!(type instanceof ParameterizedType generic)) {
            return ofClass((Class<?>) type);
        }
        var parameters = generic.getActualTypeArguments();
        if (generic.getRawType() == Optional.class) {
            return random.nextBoolean() ? Optional.of(value(parameters[0])) : Optional.empty();
        } else if (generic.getRawType() == List.class) {
            var list = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(value(parameters[0]));
            }
            return list;
        } else if (generic.getRawType() == Set.class) {
            var set = new HashSet<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                set.add(value(parameters[0]));
            }
            return set;
        }
        var map = new TreeMap<String, Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text() + i, value(parameters[1]));
        }
        return map;
    }

    private Object ofClass(Class<?> type) {
        if (recipes.containsKey(type)) {
            return recipes.get(type).get();
        } else if (type == Tensor.class) {
            return tensor(oneOf(ElementType.class), shape());
        } else if (type == String.class) {
            return text();
        } else if (type == int.class || type == Integer.class) {
            return random.nextInt();
        } else if (type == long.class || type == Long.class) {
            return random.nextLong();
        } else if (type == double.class || type == Double.class) {
            return random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300));
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == OptionalDouble.class) {
            return random.nextBoolean() ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty();
        } else if (type == OptionalLong.class) {
            return random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty();
        } else if (type == OptionalInt.class) {
            return random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty();
        } else if (type.isEnum()) {
            return oneOf(type);
        } else if (type.isSealed()) {
            return filled(type.getPermittedSubclasses()[random.nextInt(type.getPermittedSubclasses().length)]);
        } else if (type.isRecord()) {
            return filled(type);
        }
        throw new IllegalArgumentException("no generator for " + type);
    }

    private Object filled(Class<?> type) {
        var parts = type.getRecordComponents();
        var arguments = new Object[parts.length];
        var types = new Class<?>[parts.length];
        for (int i = 0; i < parts.length; i++) {
            arguments[i] = value(parts[i].getGenericType());
            types[i] = parts[i].getType();
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " needs a recipe", e);
        }
    }

    private Candidates candidates() {
        int b = random.nextInt(3);
        var offsets = new int[b + 1];
        for (int i = 0; i < b; i++) {
            offsets[i + 1] = offsets[i] + random.nextInt(4);
        }
        int m = offsets[b];
        var plain = random.nextBoolean()
                ? Candidates.of(texts(b), texts(b), texts(m), texts(m), offsets)
                : Candidates.ofConversations(texts(b), conversations(b), texts(m), conversations(m), offsets);
        var about = random.nextBoolean() ? plain : plain.withItemAttribute(text(), texts(b));
        return random.nextBoolean()
                ? about
                : about.withCandidateAttribute(text(), texts(about.ids().size()));
    }

    private List<Conversation> conversations(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> (Conversation) value(Conversation.class))
                .toList();
    }

    // a role is never blank
    private Message message() {
        var made = Message.of("role" + text(), text());
        for (int i = random.nextInt(3); i > 0; i--) {
            var calls = new ArrayList<>(made.calls());
            calls.add(new ToolCall(text(), text(), text()));
            made = made.withCalls(calls);
        }
        return random.nextBoolean() ? made : made.answering(text());
    }

    private List<Criterion> criteria() {
        var all = Criterion.Kind.values();
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> new Criterion(
                        text(),
                        new Criterion.Scale(all[i % all.length], texts(1 + random.nextInt(3)), random.nextBoolean())))
                .toList();
    }

    private Judgments judgments() {
        int n = random.nextInt(5);
        var attributes = random.nextBoolean()
                ? List.<Judges.GroupAttribute>of()
                : List.of(new Judges.GroupAttribute(text(), texts(2)), new Judges.GroupAttribute(text(), texts(0)));
        Optional<Tensor> times = random.nextBoolean() ? Optional.empty() : Optional.of(tensor(ElementType.INT64, n));
        return new Judgments(
                candidates(),
                new Judges(texts(3), attributes),
                criteria(),
                new JudgmentColumns(bytes(n), ints(n), ints(n), ints(n), ints(n, attributes.size()), doubles(n), times),
                new Entries(ints(n + 1), ints(2 * n), doubles(2 * n), n % 2 == 0));
    }

    private Seating seating() {
        var seats = new ArrayList<Seat>();
        for (int i = random.nextInt(4); i > 0; i--) {
            seats.add(new Seat(text() + i, ((Seat) filled(Seat.class)).levels()));
        }
        return new Seating(oneOf(Seating.Level.class), seats, random.nextInt(9));
    }

    private FitRequest fit() {
        var judgments = judgments();
        Optional<Tensor> features = random.nextBoolean() ? Optional.empty() : Optional.of(doubles(2, 3));
        return new FitRequest(new JudgedData(judgments, features), doubles(judgments.count()), seating());
    }

    private NextRequest next() {
        var about = candidates();
        int m = about.ids().size();
        var asked = NextRequest.of((Whose) value(Whose.class), about, random.nextInt(1, 9))
                .withAskable(bytes(m));
        return random.nextBoolean() ? asked : asked.withMatters(doubles(m)).withFeatures(Optional.of(doubles(m, 2)));
    }

    private Questions questions() {
        int q = random.nextInt(4);
        return Questions.of(ints(q, 2), doubles(q));
    }

    private JudgedEvidence judged() {
        var judgments = judgments();
        var said = JudgedEvidence.of(judgments, doubles(judgments.count()), seating());
        return random.nextBoolean() ? said : said.withProfiles(artefact());
    }

    private ScoreBucket scores() {
        int b = random.nextInt(1, 3);
        return ScoreBucket.of(ints(b), doubles(b, 2, 3), doubles(b, 2, 3));
    }

    private GameBucket game(int stakeholders, int k) {
        int b = random.nextInt(1, 4);
        var all = GameBucket.of(ints(b), doubles(b, stakeholders, k, k));
        return random.nextBoolean() ? all : all.withAllowed(bytes(b, k)).withReference(doubles(b, k));
    }

    private PreferenceGames games() {
        return new PreferenceGames(
                texts(2),
                doubles(2),
                oneOf(CandidateRegime.class),
                List.of(game(2, 2), game(2, 5)).subList(0, random.nextInt(3)));
    }

    private PreferenceBucket preferences() {
        int b = random.nextInt(1, 3);
        return PreferenceBucket.of(ints(b), doubles(b, 2, 3, 3), doubles(b, 2, 3, 3), doubles(b, 2, 3, 3));
    }

    private ReviewResult review() {
        int m = random.nextInt(6);
        return ReviewResult.of(bytes(m), ints(m), list(NormRule.class, 2));
    }

    private Artefact artefact() {
        var texts = new TreeMap<String, String>();
        var tensors = new TreeMap<String, Tensor>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.put(text() + i, text());
            tensors.put(text() + i, tensor(oneOf(ElementType.class), shape()));
        }
        return Artefact.of(text(), random.nextInt(1, 9), texts, tensors);
    }

    private <T> T oneOf(Class<T> choice) {
        return List.of(choice.getEnumConstants()).get(random.nextInt(choice.getEnumConstants().length));
    }

    private int[] shape() {
        var dimensions = new int[random.nextInt(4)];
        for (int axis = 0; axis < dimensions.length; axis++) {
            dimensions[axis] = random.nextInt(10) == 0 ? 0 : random.nextInt(1, 6);
        }
        return dimensions;
    }

    private Tensor doubles(int... shape) {
        return tensor(ElementType.FLOAT64, shape);
    }

    private Tensor ints(int... shape) {
        return tensor(ElementType.INT32, shape);
    }

    private Tensor bytes(int... shape) {
        return tensor(ElementType.UINT8, shape);
    }

    private Tensor tensor(ElementType type, int... dimensions) {
        var shape = Shape.of(dimensions);
        int bytes = Math.toIntExact(shape.size() * type.byteSize());
        var tensor = random.nextInt(3) == 0
                ? Tensor.of(type, shape, MemorySegment.ofArray(new byte[bytes]))
                : allocator.allocate(type, shape);
        for (int i = 0; i < bytes; i++) {
            tensor.data().set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
        }
        return tensor;
    }

    private List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(_ -> text()).toList();
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
