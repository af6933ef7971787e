package org.polyphony.plugin.source.assemble;

import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.preference.Judges.GroupAttribute;
import org.polyphony.support.settings.NearestName;

/// An attribute of annotators while it is read: its levels are declared, or collected as they come.
public final class Attribute {

    /// The level of a blank cell.
    public static final int BLANK = -1;

    // what programs write for no value: no group is called so unless it is declared
    private static final Set<String> MISSING = Set.of("nan", "null", "<na>", "nat");

    private final String name;
    private final boolean declared;
    private final Set<String> blanks;
    private final Ids levels = new Ids();
    private final Set<String> missing = new TreeSet<>();
    private long blank;

    /// An attribute called `name`.
    ///
    /// @param allowed its levels in order; empty if all levels found are wanted, in byte order
    /// @param blanks values that mean no answer, beside the empty one
    public Attribute(String name, List<String> allowed, List<String> blanks) {
        this.name = name;
        this.declared = !allowed.isEmpty();
        this.blanks = new HashSet<>(blanks);
        allowed.forEach(levels::add);
    }

    /// The attribute's name.
    public String name() {
        return name;
    }

    /// The level of a cell, or [#BLANK].
    public int level(@Nullable String value) {
        return level(
                value,
                known -> new AlignmentException(
                        VALUE_INVALID, "attribute " + name + " has the value " + value + "; " + known));
    }

    /// The level of a cell, or [#BLANK].
    ///
    /// @param refuse makes an error of what is known instead
    public int level(@Nullable String value, Function<String, AlignmentException> refuse) {
        if (value == null || value.isEmpty() || blanks.contains(value)) {
            blank++;
            return BLANK;
        }
        int known = levels.find(value);
        if (known >= 0) {
            return known;
        }
        if (declared) {
            throw refuse.apply("allowed are " + NearestName.list(levels.names())
                    + NearestName.hint(value, levels.names()) + "; add it to levels or to blanks");
        }
        if (MISSING.contains(value.toLowerCase(Locale.ROOT))) {
            missing.add(value);
            blank++;
            return BLANK;
        }
        return levels.add(value);
    }

    /// The name of a level that is not [#BLANK].
    public String levelName(int level) {
        return levels.names().get(level);
    }

    /// Values that were taken for blank because programs write them for a missing value.
    Set<String> missing() {
        return missing;
    }

    long blank() {
        return blank;
    }

    int[] order() {
        return declared ? java.util.stream.IntStream.range(0, levels.size()).toArray() : levels.sorted();
    }

    GroupAttribute toGroupAttribute(int[] order) {
        return new GroupAttribute(
                name,
                java.util.Arrays.stream(order).mapToObj(levels.names()::get).toList());
    }

    int levelCount() {
        return levels.size();
    }
}
