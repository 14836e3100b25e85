package dev.berth.e2e.demo.zerogpu;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a call of a Space's function ended for its visitor.
 *
 * @param text the answer, or the client's own message
 */
public record Visit(boolean answered, String text, double seconds) {
  static Visit of(JsonNode outcome) {
    boolean answered = outcome.has("answer");
    return new Visit(
        answered,
        outcome.path(answered ? "answer" : "error").asText(),
        outcome.path("seconds").asDouble());
  }
}
