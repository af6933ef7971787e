package org.polyphony.spi.model;

import java.util.List;

/// Completions to score. Experimental.
///
/// @param prompts what was asked, shape (N)
/// @param completions what was answered, shape (N)
public record CompletionRequest(List<String> prompts, List<String> completions) {

    public CompletionRequest {
        prompts = List.copyOf(prompts);
        completions = List.copyOf(completions);
    }
}
