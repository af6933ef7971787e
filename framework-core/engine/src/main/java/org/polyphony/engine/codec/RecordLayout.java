package org.polyphony.engine.codec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// The components of a record type in their order, each with its codec. Made once per type and kept with the
/// class itself.
final class RecordLayout implements ValueCodec {

    private static final ClassValue<RecordLayout> LAYOUTS = new ClassValue<>() {
        @Override
        protected RecordLayout computeValue(Class<?> type) {
            return new RecordLayout(type);
        }
    };

    private final Class<?> type;
    private final java.lang.reflect.Constructor<?> constructor;
    private final List<Component> components;

    private RecordLayout(Class<?> type) {
        if (!RecordCodec.codes(type)) {
            throw new IllegalArgumentException(
                    "only records of the SPI cross stages, got " + type.getName() + "; put its data in an artefact");
        }
        this.type = type;
        var parts = type.getRecordComponents();
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record has a canonical constructor: " + type, e);
        }
        constructor.setAccessible(true);
        var found = new ArrayList<Component>();
        for (var part : parts) {
            part.getAccessor().setAccessible(true);
            found.add(new Component(part.getName(), part.getAccessor(), ValueCodecs.of(part.getGenericType())));
        }
        this.components = List.copyOf(found);
    }

    static RecordLayout of(Class<?> type) {
        return LAYOUTS.get(type);
    }

    @Override
    public void write(String path, Object value, BatchWriter out) {
        if (value.getClass() != type) {
            throw new IllegalArgumentException("expected a " + type.getName() + " at " + path + ", got " + value);
        }
        for (int c = 0; c < components.size(); c++) {
            components.get(c).codec().write(path(path, c), part(c, value, path), out);
        }
    }

    @Override
    public Object read(String path, BatchReader in) {
        var arguments = new Object[components.size()];
        for (int c = 0; c < arguments.length; c++) {
            arguments[c] = components.get(c).codec().read(path(path, c), in);
        }
        return build(path, arguments);
    }

    /// The path of a component of a record at `path`.
    String path(String path, int component) {
        return join(path, components.get(component).name());
    }

    /// A component of a record at `path`.
    ///
    /// @throws IllegalArgumentException if it is null
    Object part(int component, Object record, String path) {
        var part = components.get(component).of(record);
        if (part == null) {
            throw new IllegalArgumentException(type.getSimpleName() + "." + path(path, component)
                    + " is null; use an empty Optional or an empty list");
        }
        return part;
    }

    /// A record of these components.
    Object build(String path, Object[] arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new AlignmentException(
                    StandardErrorCode.INTERNAL,
                    "a " + type.getSimpleName() + " at '" + path + "' cannot be built: " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor of " + type + " was made accessible", e);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private record Component(String name, Method accessor, ValueCodec codec) {

        @Nullable
        Object of(Object record) {
            try {
                return accessor.invoke(record);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException("accessor " + name + " threw", e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("accessor " + name + " was made accessible", e);
            }
        }
    }
}
