package dev.berth.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a person wants to see of one Space. */
public record SpaceView(
    String name, String stage, String reason, String message, String url, List<String> devices) {
  private static final List<String> ON_ITS_WAY =
      List.of("", "BUILDING", "APP_STARTING", "RUNNING_BUILDING", "RUNNING_APP_STARTING");

  static SpaceView of(JsonNode space) {
    var status = space.path("status");
    var ready = condition(status.path("conditions"), "Ready");
    return new SpaceView(
        space.path("metadata").path("name").asText(),
        status.path("stage").asText(),
        ready.path("reason").asText(),
        ready.path("message").asText(),
        status.path("url").asText(),
        StreamSupport.stream(status.path("placements").spliterator(), false)
            .flatMap(p -> StreamSupport.stream(p.path("devices").spliterator(), false))
            .map(JsonNode::asText)
            .toList());
  }

  public boolean running() {
    return stage.equals("RUNNING");
  }

  /** Nothing more will happen by itself, or it waits for others. */
  boolean settled() {
    return !ON_ITS_WAY.contains(stage) || reason.equals("Unschedulable");
  }

  String line() {
    return running()
        ? "%-12s %-14s on %s".formatted(name, stage, String.join(", ", devices))
        : "%-12s %-14s %s%s"
            .formatted(name, stage, reason, settled() && !message.isEmpty() ? ": " + message : "");
  }

  private static JsonNode condition(JsonNode conditions, String type) {
    for (var condition : conditions) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return conditions.path("none");
  }
}
