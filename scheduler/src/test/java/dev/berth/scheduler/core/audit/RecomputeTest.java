package dev.berth.scheduler.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.RandomFleet;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.audit.Discrepancy.Kind;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each planted corruption of a random state is found. {@code -Dberth.seed=N} replays one. */
class RecomputeTest {
  /** Spoils a state; null when it has nothing of the kind to spoil. */
  private interface Corruption extends Function<State, @Nullable State> {}

  private static final Map<Kind, List<Corruption>> CORRUPTIONS =
      Map.of(
          Kind.LEASE_MISSING,
          List.of(
              state -> onNode(state, n -> with(n, "leases", OrderedMap.empty())),
              RecomputeTest::withoutNode),
          Kind.LEASE_ORPHANED,
          List.of(state -> without(state, held(state))),
          Kind.USAGE_WRONG,
          List.of(
              state -> onNode(state, n -> with(n, "cpuUsed", n.cpuUsed() - 1)),
              state -> onNode(state, n -> with(n, "memoryUsed", n.memoryUsed() + 1))),
          Kind.DEVICE_WRONG,
          List.of(RecomputeTest::freedCard, RecomputeTest::freedChip),
          Kind.DEVICE_TWICE,
          List.of(RecomputeTest::twice),
          Kind.OVER_CAPACITY,
          List.of(RecomputeTest::shrunk),
          Kind.QUEUE_WRONG,
          List.of(
              state -> state.queue().isEmpty() ? null : with(state, "queue", OrderedMap.empty()),
              RecomputeTest::queuedTwice),
          Kind.GANG_BROKEN,
          List.of(RecomputeTest::lostMember, RecomputeTest::strangeLease),
          Kind.FUTURE_EPOCH,
          List.of(state -> held(state) == null ? null : with(state, "epoch", 1L)),
          Kind.WRONG_KEY,
          List.of(RecomputeTest::otherKey));

  @Test
  void everyPlantedCorruptionIsFound() {
    Long one = Long.getLong("berth.seed");
    Map<Kind, Integer> planted = new EnumMap<>(Kind.class);
    for (long seed = one == null ? 1 : one; seed <= (one == null ? 300 : one); seed++) {
      State state = new RandomFleet(seed).history(40).fleet.state;
      assertThat(Recompute.check(state)).as("seed %d", seed).isEmpty();
      for (Map.Entry<Kind, List<Corruption>> entry : CORRUPTIONS.entrySet()) {
        for (Corruption corruption : entry.getValue()) {
          State corrupt = corruption.apply(state);
          if (corrupt != null) {
            planted.merge(entry.getKey(), 1, Integer::sum);
            assertThat(Recompute.check(corrupt))
                .as("seed %d, replay with -Dberth.seed", seed)
                .extracting(Discrepancy::kind)
                .contains(entry.getKey());
          }
        }
      }
    }
    System.out.println("corruptions planted: " + planted);
    if (one == null) {
      assertThat(planted).containsOnlyKeys(Kind.values());
    }
  }

  private static Placement.@Nullable Placed held(State state) {
    for (Placement placement : state.placements().values()) {
      if (placement instanceof Placement.Placed placed) {
        return placed;
      }
    }
    return null;
  }

  private static @Nullable State without(State state, @Nullable Placement placement) {
    return placement == null
        ? null
        : with(state, "placements", state.placements().without(placement.id()));
  }

  private static @Nullable State onNode(State state, Function<Node, Node> change) {
    for (Node node : state.nodes().values()) {
      if (!node.leases().isEmpty()) {
        return state.withNodes(state.nodes().with(node.name(), change.apply(node)));
      }
    }
    return null;
  }

  private static @Nullable State withoutNode(State state) {
    Placement.Placed placed = held(state);
    return placed == null
        ? null
        : state.withNodes(state.nodes().without(placed.leases().getFirst().node()));
  }

  private static @Nullable State freedCard(State state) {
    for (Node node : state.nodes().values()) {
      List<Occupancy> cards = new ArrayList<>(node.cards());
      cards.replaceAll(c -> new Occupancy.Free());
      if (!cards.equals(node.cards())) {
        return state.withNodes(state.nodes().with(node.name(), with(node, "cards", cards)));
      }
    }
    return null;
  }

  private static @Nullable State freedChip(State state) {
    for (Node node : state.nodes().values()) {
      if (node.chips() != 0) {
        Node freed = with(node, "chips", node.chips() & (node.chips() - 1));
        return state.withNodes(state.nodes().with(node.name(), freed));
      }
    }
    return null;
  }

  /** Another placement holds the same devices. */
  private static @Nullable State twice(State state) {
    for (Placement placement : state.placements().values()) {
      if (placement instanceof Placement.Placed placed
          && placed.leases().getFirst().devices().stream()
              .anyMatch(d -> d.name().matches("gpu-\\d+|tpu.*|.*-mig-.*"))) {
        Lease lease = placed.leases().getFirst();
        Lease stolen = with(lease, "id", "thief#0");
        Placement thief =
            new Placement.Waiting(with(placed.request(), "id", "thief"), 0)
                .place(List.of(stolen), 1, 0);
        return with(state, "placements", state.placements().with("thief", thief));
      }
    }
    return null;
  }

  private static @Nullable State shrunk(State state) {
    for (Node node : state.nodes().values()) {
      if (node.cpuUsed() > 0) {
        Node small = with(node, "inventory", with(node.inventory(), "cpuMilli", 0L));
        return state.withNodes(state.nodes().with(node.name(), small));
      }
    }
    return null;
  }

  private static @Nullable State queuedTwice(State state) {
    return state.queue().isEmpty()
        ? null
        : with(
            state,
            "queue",
            state
                .queue()
                .with(new State.QueueKey(0, -1, "x"), state.queue().values().iterator().next()));
  }

  private static @Nullable State lostMember(State state) {
    Placement.Placed placed = held(state);
    return placed == null
        ? null
        : with(
            state,
            "placements",
            state
                .placements()
                .with(
                    placed.id(),
                    with(placed, "leases", placed.leases().subList(1, placed.leases().size()))));
  }

  private static @Nullable State strangeLease(State state) {
    Placement.Placed placed = held(state);
    if (placed == null) {
      return null;
    }
    List<Lease> leases = new ArrayList<>(placed.leases());
    leases.set(0, with(leases.getFirst(), "id", "ghost#0"));
    return with(
        state, "placements", state.placements().with(placed.id(), with(placed, "leases", leases)));
  }

  private static @Nullable State otherKey(State state) {
    Placement.Placed placed = held(state);
    return placed == null
        ? null
        : with(state, "placements", state.placements().without(placed.id()).with("other", placed));
  }

  /** A copy of the record with one component replaced, whatever else the record has. */
  @SuppressWarnings("unchecked")
  private static <R extends Record> R with(R original, String component, Object value) {
    try {
      RecordComponent[] components = original.getClass().getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        values[i] =
            components[i].getName().equals(component)
                ? value
                : Objects.requireNonNull(components[i].getAccessor().invoke(original));
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = original.getClass().getDeclaredConstructor(types);
      return (R) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("No such record: " + original.getClass(), e);
    }
  }
}
