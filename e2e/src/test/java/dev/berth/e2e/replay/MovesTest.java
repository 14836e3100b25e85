package dev.berth.e2e.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.pack.SupplyDemand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MovesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
  private static final int PERCENT = 10;

  private record Logs(List<JsonNode> placements, List<JsonNode> moves) {}

  @Test
  void atEachMomentTheLogsAreLegalAndWithinTheBudget() throws IOException {
    Long one = Long.getLong("berth.seed");
    long first = one == null ? 1 : one;
    long count = one == null ? Long.getLong("berth.seeds", 20) : 1;
    int moves = 0;
    int more = 0;
    for (long seed = first; seed < first + count; seed++) {
      try {
        Random random = new Random(seed);
        Map<String, Inventory> nodes = nodes(random);
        List<Task> tasks = tasks(random);
        Logs logs = run(nodes, tasks, PERCENT);
        moves += logs.moves().size();
        check(nodes, tasks, logs);
        more += (int) (milli(tasks, logs) - milli(tasks, run(nodes, tasks, 0)));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed " + seed + " failed; replay with -Dberth.seed=" + seed, e);
      }
    }
    System.out.printf(
        "moves: %d seeds, %d moves, %d thousandths of GPUs more%n", count, moves, more);
    assertThat(moves).isGreaterThan(one == null ? (int) count : -1);
    assertThat(more).isGreaterThan(one == null ? 0 : Integer.MIN_VALUE);
  }

  /** Everything is counted anew from the logs. */
  private static void check(Map<String, Inventory> nodes, List<Task> tasks, Logs logs) {
    Ledger ledger = new Ledger(nodes, tasks);
    Set<String> moved = new HashSet<>();
    int next = 0;
    for (JsonNode line : logs.placements()) {
      for (; next < logs.moves().size() && before(logs.moves().get(next), line); next++) {
        JsonNode move = logs.moves().get(next);
        ledger.move(move);
        assertThat(moved.add(move.get("id").asText())).as("moved once").isTrue();
        assertThat(moved.size() * 100).isLessThanOrEqualTo(ledger.placed() * PERCENT);
      }
      if (!line.get("node").asText().isEmpty()) {
        JsonNode start = start(line, logs.moves());
        boolean same = start == line;
        ledger.place(
            line.get("id").asText(),
            start.get(same ? "node" : "from").asText(),
            start.get(same ? "gpus" : "fromGpus"));
      }
    }
    assertThat(next).as("all moves are for tasks of the log").isEqualTo(logs.moves().size());
    for (JsonNode line : logs.placements()) {
      if (!line.get("node").asText().isEmpty()) {
        ledger.isAt(line.get("id").asText(), line.get("node").asText(), line.get("gpus"));
      }
    }
    assertThat(moved).as("nobody who moved is lost").isSubsetOf(running(logs));
  }

  private static boolean before(JsonNode move, JsonNode line) {
    return move.get("seq").asInt() <= line.get("seq").asInt();
  }

  /** Where a task was at first: the log of placements says where each is in the end. */
  private static JsonNode start(JsonNode line, List<JsonNode> moves) {
    return moves.stream()
        .filter(move -> move.get("id").equals(line.get("id")))
        .findFirst()
        .orElse(line);
  }

  private static List<String> running(Logs logs) {
    return logs.placements().stream()
        .filter(line -> !line.get("node").asText().isEmpty())
        .map(line -> line.get("id").asText())
        .toList();
  }

  private static long milli(List<Task> tasks, Logs logs) {
    Set<String> running = Set.copyOf(running(logs));
    return tasks.stream().filter(t -> running.contains(t.id())).mapToLong(Task::gpuMilli).sum();
  }

  private static Logs run(Map<String, Inventory> nodes, List<Task> tasks, int percent)
      throws IOException {
    StringWriter placements = new StringWriter();
    StringWriter moves = new StringWriter();
    Replay replay =
        new Replay(Replay.scheduler(0, QueueOrder.ARRIVAL), nodes, SupplyDemand.UNKNOWN);
    replay.rankBy(replay.expecting(tasks.stream().map(Task::shape).toList()));
    try (PlacementLog out = new PlacementLog(placements);
        MoveLog moveLog = new MoveLog(moves)) {
      Moves mover = percent == 0 ? null : new Moves(replay, percent, moveLog);
      new Arrivals(replay, out, mover).run(tasks.stream().map(Task::movable).toList(), NOWHERE);
    }
    return new Logs(lines(placements), lines(moves));
  }

  private static List<JsonNode> lines(StringWriter text) {
    return text.toString().lines().map(MovesTest::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return Objects.requireNonNull(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + line, e);
    }
  }

  private static Map<String, Inventory> nodes(Random random) {
    Map<String, Inventory> nodes = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      List<Card> cards = new ArrayList<>();
      String model = i % 3 == 0 ? "T4" : "V100";
      for (int card = 0; card < 1 + random.nextInt(4); card++) {
        cards.add(
            new Card(card, "GPU-" + i + "-" + card, model, 16_384, "", true, 0, 0, List.of()));
      }
      nodes.put("node-" + i, new Inventory(32_000, 131_072, 1, 1, cards, List.of()));
    }
    return nodes;
  }

  private static List<Task> tasks(Random random) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      Models models =
          switch (random.nextInt(4)) {
            case 0 -> Models.of("T4");
            case 1 -> Models.of("V100");
            default -> Models.ANY;
          };
      Accelerator accelerator =
          switch (random.nextInt(6)) {
            case 0 -> new Accelerator.None();
            case 1, 2, 3 -> new Accelerator.GpuShare(models, 100 * (1 + random.nextInt(8)), 0);
            default -> new Accelerator.WholeGpus(models, 1 + random.nextInt(2));
          };
      long processor = 1_000L * (1 + random.nextInt(12));
      tasks.add(new Task("task-" + i, new Shape(processor, 4_096, accelerator), 0, 0));
    }
    return tasks;
  }
}
