package dev.berth.e2e.zerogpu;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A node's page of turns, in lines for people. Pure. */
public final class TurnsView {
  private static final String DEVICE = "%-24s %-16s %9s  %s%n";
  private static final String TURN = "%-10s %-16s %-22s %-24s %-9s %9s %9s%n";
  private static final String WAIT = "%-10s %-16s %-22s %-8s %9s  %s%n";

  private final JsonNode page;

  public TurnsView(JsonNode page) {
    this.page = page;
  }

  /** All of it: devices, seats, turns, queue. */
  public String all() {
    return devices() + "\n" + turns() + (page.path("queue").isEmpty() ? "" : "\n" + queue());
  }

  private String devices() {
    var text = new StringBuilder(DEVICE.formatted("DEVICE", "MODEL", "MEMORY", "NOW"));
    for (var device : page.path("devices")) {
      var name = device.path("name").asText();
      text.append(
          DEVICE.formatted(
              name,
              device.path("model").asText(),
              device.path("memoryMib").asLong() / 1024 + " GiB",
              now(name) + loan(device)));
    }
    return text.append("seats: ").append(join(page.path("seats"), "space")).append('\n').toString();
  }

  /** A device that is its owner's, and lent to turns while nobody wants it. */
  private static String loan(JsonNode device) {
    var loan = device.path("loan").asText("shared");
    return loan.equals("shared") ? "" : " (" + loan + ")";
  }

  /** Who has the device: a turn, warm workers, nobody. */
  private String now(String device) {
    var turns =
        stream(page.path("turns"))
            .filter(turn -> names(turn.path("devices")).contains(device))
            .map(turn -> turn.path("space").asText() + " for " + turn.path("account").asText())
            .toList();
    if (!turns.isEmpty()) {
      return String.join(", ", turns);
    }
    var warm =
        stream(page.path("workers"))
            .filter(worker -> names(worker.path("devices")).contains(device))
            .map(worker -> worker.path("space").asText())
            .distinct()
            .toList();
    return warm.isEmpty() ? "free" : "free, warm for " + String.join(", ", warm);
  }

  private String turns() {
    var text =
        new StringBuilder(
            TURN.formatted("TURN", "ACCOUNT", "SPACE", "DEVICE", "STATE", "RAN s", "LIMIT s"));
    for (var turn : page.path("turns")) {
      text.append(
          line(turn, turn.path("phase").asText(), turn.path("ranNanos"), turn.path("limitNanos")));
    }
    return text.toString();
  }

  /** The last {@code most} turns that are over, newest first; RESERVED and PAID by device. */
  public String done(int most) {
    var text =
        new StringBuilder(
            TURN.formatted("TURN", "ACCOUNT", "SPACE", "DEVICE", "END", "RAN s", "PAID s"));
    stream(page.path("done"))
        .limit(most)
        .forEach(
            turn ->
                text.append(
                    line(
                        turn,
                        turn.path("reason").asText() + (turn.path("warm").asBoolean() ? "*" : ""),
                        turn.path("measuredNanos"),
                        turn.path("settledNanos"))));
    return text.append("* found a warm worker\n").toString();
  }

  private static String line(JsonNode turn, String state, JsonNode ran, JsonNode other) {
    return TURN.formatted(
        turn.path("turn").asText(),
        turn.path("account").asText(),
        turn.path("space").asText(),
        String.join(",", names(turn.path("devices"))),
        state,
        seconds(ran),
        seconds(other));
  }

  private String queue() {
    var text =
        new StringBuilder(WAIT.formatted("WAITS", "ACCOUNT", "SPACE", "SIZE", "SINCE s", "FOR"));
    for (var waits : page.path("queue")) {
      text.append(
          WAIT.formatted(
              waits.path("turn").asText(),
              waits.path("account").asText(),
              waits.path("space").asText(),
              waits.path("size").asText(),
              seconds(waits.path("waitedNanos")),
              waits.path("reason").asText()));
    }
    return text.toString();
  }

  private static String join(JsonNode list, String field) {
    return String.join(", ", stream(list).map(item -> item.path(field).asText()).toList());
  }

  private static List<String> names(JsonNode list) {
    return stream(list).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String seconds(JsonNode nanos) {
    return "%.2f".formatted(nanos.asLong() / 1e9);
  }
}
