package dev.berth.scheduler.core;

import dev.berth.scheduler.core.audit.Discrepancy;
import dev.berth.scheduler.core.audit.Recompute;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * What must hold after every step. Counted from the placements alone, by other code than the
 * scheduler's own. Written without an assertion library: this runs millions of times.
 */
public final class Invariants {
  private static final State NOTHING = State.empty(0);

  private Invariants() {}

  /** Checks all of a state. */
  public static void check(State state) {
    check(NOTHING, state);
    // Who was deposed before it read may read what its successor placed; it can write nothing.
    List<Discrepancy> found =
        Recompute.check(state).stream()
            .filter(d -> d.kind() != Discrepancy.Kind.FUTURE_EPOCH)
            .toList();
    require(found.isEmpty(), "recomputed: %s", found);
  }

  /** Checks what may have changed since {@code before}, which was checked already. */
  public static void check(State before, State state) {
    boolean sameNodes = before.nodes() == state.nodes();
    if (sameNodes && before.placements() == state.placements() && before.queue() == state.queue()) {
      return;
    }
    Map<String, List<Lease>> byNode = new HashMap<>();
    Set<String> waiting = new HashSet<>();
    for (Placement placement : state.placements().values()) {
      if (before.placements().get(placement.id()) != placement) {
        members(placement);
      }
      if (placement instanceof Placement.Waiting) {
        waiting.add(placement.id());
      }
      for (Lease lease : placement.leases()) {
        byNode.computeIfAbsent(lease.node(), n -> new ArrayList<>()).add(lease);
      }
    }
    nodes(before, state, byNode);
    require(waiting.equals(Set.copyOf(state.queue().values())), "the queue is not what waits");
    require(waiting.size() == state.queue().size(), "a placement is queued twice");
    queued(before, state, waiting);
  }

  private static void nodes(State before, State state, Map<String, List<Lease>> byNode) {
    for (Node node : state.nodes().values()) {
      Node known = before.nodes().get(node.name());
      List<Lease> leases = byNode.getOrDefault(node.name(), List.of());
      require(node.leases().size() == leases.size(), "%s holds other leases", node.name());
      for (Lease lease : leases) {
        require(lease.equals(node.leases().get(lease.id())), "%s lacks %s", node.name(), lease);
      }
      if (known == null
          || known.leases() != node.leases()
          || known.inventory() != node.inventory()) {
        capacity(node, leases);
        recompute(node, leases);
      }
    }
    require(state.nodes().keySet().containsAll(byNode.keySet()), "a lease on an unknown node");
  }

  /** A gang holds all its members' shapes, or nothing. */
  public static void members(Placement placement) {
    if (placement instanceof Placement.Waiting) {
      require(placement.leases().isEmpty(), "waiting and holding: %s", placement);
      return;
    }
    Request granted = placement.request().chosen(choice(placement));
    Iterator<Lease> leases = placement.leases().iterator();
    int number = 0;
    for (Shape member : granted.members()) {
      List<Device> held = new ArrayList<>();
      do {
        require(leases.hasNext(), "a gang in part: %s", placement);
        Lease lease = leases.next();
        require(lease.id().equals(placement.id() + "#" + number++), "a gap before %s", lease);
        require(lease.cpuMilli() == member.cpuMilli(), "processor of %s", lease);
        held.addAll(lease.devices());
      } while (member.accelerator() instanceof Accelerator.TpuSlice slice
          && held.size() < slice.chips());
      if (placement.leases().size() == granted.members().size()) {
        require(shape(member.accelerator(), held), "shape: %s", held);
      }
    }
    require(!leases.hasNext(), "more leases than members: %s", placement);
  }

  private static int choice(Placement placement) {
    return switch (placement) {
      case Placement.Waiting waiting -> 0;
      case Placement.Placed placed -> placed.choice();
      case Placement.Releasing releasing -> releasing.placed().choice();
    };
  }

  private static boolean shape(Accelerator asked, List<Device> held) {
    return switch (asked) {
      case Accelerator.None none -> held.equals(List.of(new Device.Cpu()));
      case Accelerator.Seat seat -> held.equals(List.of(new Device.Seat()));
      case Accelerator.WholeGpus gpus ->
          held.size() == gpus.count()
              && Set.copyOf(held).size() == held.size()
              && held.stream()
                  .allMatch(d -> d instanceof Device.WholeGpu g && gpus.models().allows(g.model()));
      case Accelerator.MigSlice mig ->
          held.size() == 1
              && held.getFirst() instanceof Device.MigInstance m
              && m.model().equals(mig.model())
              && m.profile().equals(mig.profile());
      case Accelerator.GpuShare share ->
          held.size() == 1
              && held.getFirst() instanceof Device.ShareOfGpu s
              && s.milli() == share.milli();
      case Accelerator.TpuSlice slice -> cuboid(slice, held);
    };
  }

  private static boolean cuboid(Accelerator.TpuSlice asked, List<Device> held) {
    List<Device.TpuChip> chips = held.stream().map(Device.TpuChip.class::cast).toList();
    List<Integer> spans =
        new ArrayList<>(
            List.of(
                span(chips, Device.TpuChip::x),
                span(chips, Device.TpuChip::y),
                span(chips, Device.TpuChip::z)));
    spans.sort(null);
    List<Integer> sides = new ArrayList<>(List.of(asked.x(), asked.y(), asked.z()));
    sides.sort(null);
    return held.size() == asked.chips() && spans.equals(sides);
  }

  private static int span(List<Device.TpuChip> chips, ToIntFunction<Device.TpuChip> axis) {
    return chips.stream().mapToInt(axis).max().orElse(0)
        - chips.stream().mapToInt(axis).min().orElse(0)
        + 1;
  }

  /** No capacity is exceeded and no device is given twice. */
  private static void capacity(Node node, List<Lease> leases) {
    Inventory inventory = node.inventory();
    require(sum(leases, Lease::cpuMilli) <= inventory.cpuMilli(), "processor of %s", node);
    require(sum(leases, Lease::memoryMib) <= inventory.memoryMib(), "memory of %s", node);
    Map<Integer, List<Device>> byCard = new HashMap<>();
    Set<Device> chips = new HashSet<>();
    for (Lease lease : leases) {
      for (Device device : lease.devices()) {
        switch (device) {
          case Device.WholeGpu gpu -> add(byCard, gpu.card(), gpu);
          case Device.MigInstance mig -> add(byCard, mig.card(), mig);
          case Device.ShareOfGpu share -> add(byCard, share.card(), share);
          case Device.TpuChip chip -> require(chips.add(chip), "chip twice: %s", chip);
          case Device.Cpu cpu -> {}
          case Device.Seat seat -> {}
        }
      }
    }
    for (Card card : inventory.cards()) {
      card(card, byCard.getOrDefault(card.index(), List.of()));
    }
  }

  private static long sum(List<Lease> leases, ToLongFunction<Lease> amount) {
    return leases.stream().mapToLong(amount).sum();
  }

  private static void add(Map<Integer, List<Device>> byCard, int card, Device device) {
    byCard.computeIfAbsent(card, c -> new ArrayList<>()).add(device);
  }

  private static void card(Card card, List<Device> held) {
    if (held.isEmpty()) {
      return;
    }
    Class<?> kind = held.getFirst().getClass();
    require(held.stream().allMatch(kind::isInstance), "%s is given in two ways", card.name());
    switch (held.getFirst()) {
      case Device.WholeGpu whole -> require(held.size() == 1, "%s twice", card.name());
      case Device.MigInstance mig ->
          mig(card, held.stream().map(Device.MigInstance.class::cast).toList());
      case Device.ShareOfGpu share -> {
        List<Device.ShareOfGpu> shares = held.stream().map(Device.ShareOfGpu.class::cast).toList();
        int milli = shares.stream().mapToInt(Device.ShareOfGpu::milli).sum();
        long memory = shares.stream().mapToLong(Device::memoryMib).sum();
        require(milli <= 1000 && memory <= card.memoryMib(), "%s shared: %s", card.name(), held);
      }
      case Device.TpuChip chip -> throw new AssertionError("a chip is no card");
      case Device.Cpu cpu -> throw new AssertionError("a processor is no card");
      case Device.Seat seat -> throw new AssertionError("a seat is no card");
    }
  }

  private static void mig(Card card, List<Device.MigInstance> instances) {
    long taken = 0;
    int compute = 0;
    int media = 0;
    Map<String, Integer> counts = new HashMap<>();
    for (Device.MigInstance instance : instances) {
      MigProfile profile =
          card.profiles().stream()
              .filter(p -> p.name().equals(instance.profile()))
              .findFirst()
              .orElseThrow();
      require(profile.starts().contains(instance.start()), "no such start: %s", instance);
      long units = ((1L << profile.memoryUnits()) - 1) << instance.start();
      require((taken & units) == 0, "overlap on %s", instances);
      taken |= units;
      compute += profile.computeSlices();
      media += profile.media() ? 1 : 0;
      int count = counts.merge(profile.name(), 1, Integer::sum);
      require(count <= profile.maxInstances(), "too many of %s", instance);
    }
    require(taken < 1L << card.migUnits(), "beyond the card: %s", instances);
    require(compute <= card.migCompute() && media <= 1, "too much of %s", card.name());
  }

  /** None of what waits would fit, unless room is reserved for another. */
  private static void queued(State before, State state, Set<String> waiting) {
    if (state.retry()) {
      return;
    }
    boolean roomier = before.retry() || roomier(before, state);
    for (String id : waiting) {
      Placement placement = Objects.requireNonNull(state.placements().get(id));
      if (roomier || before.placements().get(id) != placement) {
        boolean reserved = !state.outlook().without(id).reservations().isEmpty();
        require(
            reserved || !(Admission.of(state, placement.request()) instanceof Admission.Fits),
            "waiting although it fits: %s",
            placement);
      }
    }
  }

  /** Whether any node changed in more than the time it was last seen. */
  private static boolean roomier(State before, State state) {
    for (Node node : state.nodes().values()) {
      Node known = before.nodes().get(node.name());
      if (known == null
          || known.ready() != node.ready()
          || known.leases() != node.leases()
          || known.inventory() != node.inventory()) {
        return true;
      }
    }
    return false;
  }

  /** Usage counted anew from the placements equals the usage that was kept step by step. */
  private static void recompute(Node node, List<Lease> leases) {
    Node counted = Node.of(node.name(), node.inventory());
    for (Lease lease : leases) {
      counted = counted.with(lease);
    }
    boolean equal =
        counted.cpuUsed() == node.cpuUsed()
            && counted.memoryUsed() == node.memoryUsed()
            && counted.chips() == node.chips()
            && counted.cards().equals(node.cards());
    require(equal, "usage of %s differs from %s", node, counted);
  }

  private static void require(boolean holds, String message, Object... args) {
    if (!holds) {
      throw new AssertionError(message.formatted(args));
    }
  }
}
