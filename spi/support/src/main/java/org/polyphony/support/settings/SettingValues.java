package org.polyphony.support.settings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.Issue;

/// Converts the values of a tree to the types of settings, collecting problems; `null` stands for a value
/// that had one.
final class SettingValues {

    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");

    private final List<Issue> problems;

    SettingValues(List<Issue> problems) {
        this.problems = problems;
    }

    /// A record from a map; `null` if any of it is wrong.
    @Nullable
    Record group(Class<? extends Record> type, Map<?, ?> tree, String path) {
        int before = problems.size();
        var components = SettingComponent.of(type);
        var values = new ArrayList<@Nullable Object>();
        for (var component : components) {
            values.add(component(component, tree.get(component.name()), below(path, component.name())));
        }
        var known = components.stream().map(SettingComponent::name).toList();
        for (var key : tree.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problems.add(unknown(String.valueOf(key), known, path));
            }
        }
        return problems.size() == before ? construct(type, values.iterator(), path) : null;
    }

    // takes from `values` what the record and its groups hold, so that each of them can refuse its own
    private @Nullable Record construct(
            Class<? extends Record> type, Iterator<? extends @Nullable Object> values, String path) {
        int before = problems.size();
        var parts = new ArrayList<@Nullable Object>();
        for (var component : type.getRecordComponents()) {
            parts.add(
                    SettingComponent.isGroup(component)
                            ? construct(component.getType().asSubclass(Record.class), values, path)
                            : values.next());
        }
        return problems.size() == before ? SettingsBinder.construct(type, parts, path, problems) : null;
    }

    private static Issue unknown(String key, List<String> known, String path) {
        return SettingsBinder.invalid(
                "there is no setting '" + key + "'" + NearestName.hint(key, known)
                        + (known.isEmpty() ? "; nothing can be set here" : "; known are " + String.join(", ", known)),
                below(path, key));
    }

    private @Nullable Object component(SettingComponent component, @Nullable Object raw, String path) {
        if (raw != null) {
            return convert(component.type(), raw, path);
        }
        var text = component.setting().defaultValue();
        if (!text.isEmpty()) {
            return convert(component.type(), text, path);
        }
        return switch (component.type()) {
            case SettingType.Maybe _ -> Optional.empty();
            case SettingType.Many _ -> List.of();
            case SettingType.Table _ -> Map.of();
            case SettingType.Group(var type) -> group(type, Map.of(), path);
            default -> {
                problems.add(SettingsBinder.invalid(
                        "'" + component.name() + "' must be given: "
                                + component.setting().description() + " ("
                                + component.type().inWords() + ")",
                        path));
                yield null;
            }
        };
    }

    private @Nullable Object convert(SettingType type, Object raw, String path) {
        return switch (type) {
            case SettingType.Text _ -> raw instanceof String text ? text : reject("a text", raw, path);
            case SettingType.Whole(var wide) -> whole(wide, raw, path);
            case SettingType.Real _ -> real(raw, path);
            case SettingType.Flag _ -> flag(raw, path);
            case SettingType.Time _ -> time(raw, path);
            case SettingType.Choice choice -> choice(choice, raw, path);
            case SettingType.Maybe(var of) -> {
                var value = convert(of, raw, path);
                yield value == null ? null : Optional.of(value);
            }
            case SettingType.Many(var of) -> many(of, raw, path);
            case SettingType.Table(var of) -> table(of, raw, path);
            case SettingType.Group(var record) ->
                raw instanceof Map<?, ?> map
                        ? group(record, map, path)
                        : reject(
                                "a map with "
                                        + SettingComponent.of(record).stream()
                                                .map(SettingComponent::name)
                                                .collect(Collectors.joining(", ")),
                                raw,
                                path);
        };
    }

    private @Nullable Object whole(boolean wide, Object raw, String path) {
        try {
            var number = new BigDecimal(raw.toString().strip());
            if ((long) number.precision() - number.scale() > 20) {
                throw new ArithmeticException("written out, 1e999999999 would fill the memory");
            }
            var exact = number.toBigIntegerExact();
            var limit = BigInteger.ONE.shiftLeft(wide ? 63 : 31);
            if ((raw instanceof Number || raw instanceof String)
                    && exact.compareTo(limit) < 0
                    && exact.compareTo(limit.negate()) >= 0) {
                return wide ? (Object) exact.longValue() : (Object) exact.intValue();
            }
        } catch (NumberFormatException | ArithmeticException _) {
            // said below
        }
        return reject(wide ? "a whole number" : "a whole number below 2147483648", raw, path);
    }

    private @Nullable Object real(Object raw, String path) {
        if (raw instanceof Number || raw instanceof String) {
            try {
                double value = Double.parseDouble(raw.toString());
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException _) {
                // said below
            }
        }
        return reject("a finite number", raw, path);
    }

    private @Nullable Object flag(Object raw, String path) {
        return switch (raw.toString().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> reject("true or false", raw, path);
        };
    }

    private @Nullable Object time(Object raw, String path) {
        if (raw instanceof String text) {
            var matcher = SHORT_DURATION.matcher(text.strip());
            if (matcher.matches()) {
                long n = Long.parseLong(matcher.group(1));
                return switch (Objects.requireNonNull(matcher.group(2))) {
                    case "ms" -> Duration.ofMillis(n);
                    case "s" -> Duration.ofSeconds(n);
                    case "m" -> Duration.ofSeconds(n * 60);
                    case "h" -> Duration.ofSeconds(n * 3600);
                    default -> Duration.ofSeconds(n * 86_400);
                };
            }
            try {
                return Duration.parse(text.strip());
            } catch (DateTimeParseException _) {
                // said below
            }
        }
        return reject("a duration such as 500ms, 30s, 5m, 2h or PT1M30S", raw, path);
    }

    private @Nullable Object choice(SettingType.Choice choice, Object raw, String path) {
        var wanted = raw.toString().strip().toLowerCase(Locale.ROOT).replace('_', '-');
        for (var constant : choice.type().getEnumConstants()) {
            if (SettingType.Choice.nameOf((Enum<?>) constant).equals(wanted)) {
                return constant;
            }
        }
        return reject(choice.inWords() + NearestName.hint(wanted, choice.names()), raw, path);
    }

    // one value stands for a list of one; a text may hold several, separated by commas, as defaults do
    private @Nullable Object many(SettingType of, Object raw, String path) {
        List<?> elements = switch (raw) {
            case List<?> list -> list;
            case String text when text.isBlank() -> List.of();
            case String text ->
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            default -> List.of(raw);
        };
        var values = new ArrayList<Object>();
        for (int i = 0; i < elements.size(); i++) {
            var element = elements.get(i);
            var at = path + "[" + i + "]";
            var value = element == null ? reject("a value", "nothing", at) : convert(of, element, at);
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == elements.size() ? List.copyOf(values) : null;
    }

    private @Nullable Object table(SettingType of, Object raw, String path) {
        if (!(raw instanceof Map<?, ?> map)) {
            return reject("a map from name to " + of.inWords(), raw, path);
        }
        var values = new LinkedHashMap<String, Object>();
        for (var entry : map.entrySet()) {
            var at = below(path, String.valueOf(entry.getKey()));
            var element = entry.getValue();
            var value = element == null ? reject("a value", "nothing", at) : convert(of, element, at);
            if (value != null) {
                values.put(String.valueOf(entry.getKey()), value);
            }
        }
        return values.size() == map.size() ? Collections.unmodifiableMap(values) : null;
    }

    private @Nullable Object reject(String expected, Object raw, String path) {
        problems.add(SettingsBinder.invalid("expected " + expected + ", got " + shown(raw), path));
        return null;
    }

    private static String shown(Object raw) {
        var text = raw instanceof String ? "'" + raw + "'" : raw.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "…";
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
