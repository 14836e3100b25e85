package dev.berth.e2e.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Inventory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Counts what each node and card holds, from logs alone, and that it is never too much. */
final class Ledger {
  private record At(String node, List<Integer> gpus) {}

  private final Map<String, Inventory> nodes;
  private final Map<String, Task> tasks = new HashMap<>();
  private final Map<String, At> where = new HashMap<>();
  private final Map<String, Long> used = new HashMap<>();

  Ledger(Map<String, Inventory> nodes, List<Task> tasks) {
    this.nodes = nodes;
    tasks.forEach(task -> this.tasks.put(task.id(), task));
  }

  void place(String id, String node, JsonNode gpus) {
    assertThat(where).as("%s is placed once", id).doesNotContainKey(id);
    take(id, at(node, gpus));
  }

  /** The target is taken while the source is still held. */
  void move(JsonNode move) {
    String id = move.get("id").asText();
    At from = at(move.get("from").asText(), move.get("fromGpus"));
    assertThat(where.get(id)).as("where %s is before it moves", id).isEqualTo(from);
    take(id, at(move.get("to").asText(), move.get("toGpus")));
    add(task(id), from, -1);
  }

  void isAt(String id, String node, JsonNode gpus) {
    assertThat(where.get(id)).as("where %s is in the end", id).isEqualTo(at(node, gpus));
  }

  int placed() {
    return where.size();
  }

  private static At at(String node, JsonNode gpus) {
    return new At(
        node, StreamSupport.stream(gpus.spliterator(), false).map(JsonNode::asInt).toList());
  }

  private void take(String id, At at) {
    Task task = task(id);
    assertThat(at.gpus()).doesNotHaveDuplicates().hasSize(count(task));
    where.put(id, at);
    add(task, at, 1);
  }

  private void add(Task task, At at, int sign) {
    Inventory node = Objects.requireNonNull(nodes.get(at.node()));
    use(at.node() + " processor", sign * task.shape().cpuMilli(), node.cpuMilli());
    use(at.node() + " memory", sign * task.shape().memoryMib(), node.memoryMib());
    for (int gpu : new ArrayList<>(at.gpus())) {
      assertThat(gpu).isBetween(0, node.cards().size() - 1);
      use(at.node() + " card " + gpu, sign * task.gpuMilli() / at.gpus().size(), 1_000);
    }
  }

  private void use(String what, long amount, long most) {
    assertThat(used.merge(what, amount, Long::sum)).as(what).isBetween(0L, most);
  }

  private Task task(String id) {
    return Objects.requireNonNull(tasks.get(id), id);
  }

  private static int count(Task task) {
    return task.shape().accelerator() instanceof Accelerator.WholeGpus gpus
        ? gpus.count()
        : task.gpuMilli() > 0 ? 1 : 0;
  }
}
