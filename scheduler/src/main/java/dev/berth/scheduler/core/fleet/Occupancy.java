package dev.berth.scheduler.core.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a card is used as: free, whole, cut by MIG, or shared; one at a time. Taking and giving back
 * are exact inverses.
 */
public sealed interface Occupancy {
  /** Nothing holds the card. */
  record Free() implements Occupancy {}

  record Whole(String lease) implements Occupancy {}

  /** MIG instances in order of their start; never empty. */
  record Cut(List<Instance> instances) implements Occupancy {
    public Cut {
      instances = List.copyOf(instances);
    }

    /** The memory units that are taken, as bits. */
    public int mask() {
      return instances.stream().mapToInt(Instance::mask).reduce(0, (a, b) -> a | b);
    }

    public int compute() {
      return instances.stream().mapToInt(Instance::compute).sum();
    }

    public long count(String profile) {
      return instances.stream().filter(i -> i.profile().equals(profile)).count();
    }

    public boolean media() {
      return instances.stream().anyMatch(Instance::media);
    }
  }

  /** Shares in order of their lease; never empty. */
  record Shared(List<Part> parts) implements Occupancy {
    public Shared {
      parts = List.copyOf(parts);
    }

    /** A loop: each card of a node is asked for each decision. */
    public int milli() {
      int sum = 0;
      for (Part part : parts) {
        sum += part.milli();
      }
      return sum;
    }

    public long memoryMib() {
      long sum = 0;
      for (Part part : parts) {
        sum += part.memoryMib();
      }
      return sum;
    }
  }

  record Instance(String lease, String profile, int start, int mask, int compute, boolean media) {}

  record Part(String lease, int milli, long memoryMib) {}

  default Occupancy take(Instance instance) {
    return switch (this) {
      case Free free -> new Cut(List.of(instance));
      case Cut cut ->
          new Cut(sorted(cut.instances(), instance, Comparator.comparingInt(Instance::start)));
      case Whole whole -> throw twice(instance.lease());
      case Shared shared -> throw twice(instance.lease());
    };
  }

  default Occupancy take(Part part) {
    return switch (this) {
      case Free free -> new Shared(List.of(part));
      case Shared shared ->
          new Shared(sorted(shared.parts(), part, Comparator.comparing(Part::lease)));
      case Whole whole -> throw twice(part.lease());
      case Cut cut -> throw twice(part.lease());
    };
  }

  default Occupancy takeWhole(String lease) {
    return switch (this) {
      case Free free -> new Whole(lease);
      case Whole whole -> throw twice(lease);
      case Cut cut -> throw twice(lease);
      case Shared shared -> throw twice(lease);
    };
  }

  /** This card without anything of {@code lease}. */
  default Occupancy give(String lease) {
    return switch (this) {
      case Free free -> free;
      case Whole whole -> whole.lease().equals(lease) ? new Free() : whole;
      case Cut cut -> {
        List<Instance> rest =
            cut.instances().stream().filter(i -> !i.lease().equals(lease)).toList();
        yield rest.isEmpty() ? new Free() : new Cut(rest);
      }
      case Shared shared -> {
        List<Part> rest = shared.parts().stream().filter(p -> !p.lease().equals(lease)).toList();
        yield rest.isEmpty() ? new Free() : new Shared(rest);
      }
    };
  }

  private IllegalStateException twice(String lease) {
    return new IllegalStateException(
        "Card is " + this + " and would be given to " + lease + " as well");
  }

  private static <T> List<T> sorted(List<T> items, T added, Comparator<T> order) {
    List<T> all = new ArrayList<>(items);
    all.add(added);
    all.sort(order);
    return all;
  }
}
