package org.polyphony.engine.tensor;

import java.util.List;

/// Memory that was still held when its owner was closed.
///
/// @param owner who took the memory, for example `algorithm nash-dpo 0.2.0`
/// @param bytes how much is left
/// @param sizes bytes of each tensor left, in the order they were taken
/// @param scopes the calls that were not finished, for example `align run-7`
public record LeakReport(String owner, long bytes, List<Long> sizes, List<String> scopes) {

    public LeakReport {
        sizes = List.copyOf(sizes);
        scopes = List.copyOf(scopes);
    }

    @Override
    public String toString() {
        return owner + " left " + bytes + " bytes in " + sizes.size() + " tensors " + sizes + " of calls " + scopes;
    }
}
