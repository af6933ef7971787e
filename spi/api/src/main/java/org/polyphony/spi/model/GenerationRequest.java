package org.polyphony.spi.model;

import java.util.List;

/// Prompts to answer. Experimental.
///
/// @param prompts what is asked, shape (B)
/// @param candidates how many answers to propose for each, >= 1
public record GenerationRequest(List<String> prompts, int candidates) {

    public GenerationRequest {
        prompts = List.copyOf(prompts);
    }
}
