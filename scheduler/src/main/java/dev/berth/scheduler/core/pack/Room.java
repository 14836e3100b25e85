package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node has left, in numbers. {@code milli} is what each card still offers to shares and
 * whole cards: 1000 when free, 0 when whole, cut or unhealthy. A class and not a record, since its
 * fields are read in the innermost loop. Rooms are equal when every demand costs the same in them.
 */
final class Room {
  private static final Occupancy FREE = new Occupancy.Free();

  final Node node;
  final NodeKind kind;
  final boolean ready;
  final long cpuMilli;
  final long memoryMib;
  final int[] milli;
  final long[] cardMemoryMib;
  final int idle;
  final long milliInAll;
  final int placements;

  /** Equal for rooms that are worth the same to every demand, whatever the order of their cards. */
  final long signature;

  /** What there is to say of cards beyond numbers, without names of leases; mostly nothing. */
  private final List<Occupancy> details;

  /** The value of it all, negative until it is asked for. */
  double worth = -1;

  /** The value of its idle cards as a group, likewise. */
  double groups = -1;

  private Room(
      Node node, NodeKind kind, int[] milli, long[] cardMemoryMib, List<Occupancy> details) {
    this.node = node;
    this.kind = kind;
    this.milli = milli;
    this.cardMemoryMib = cardMemoryMib;
    this.details = details;
    placements = node.leases().size();
    ready = node.ready();
    cpuMilli = node.cpuFree();
    memoryMib = node.memoryFree();
    long sum = 0;
    long cards = 0;
    int whole = 0;
    for (int i = 0; i < milli.length; i++) {
      sum += milli[i];
      whole += milli[i] == 1000 ? 1 : 0;
      cards += Signatures.card(kind.models[i], milli[i]);
    }
    milliInAll = sum;
    idle = whole;
    signature = cards;
  }

  /** {@code kind} is that of the node; with an unknown one no cards are looked at. */
  static Room of(Node node, NodeKind kind) {
    int[] milli = new int[kind.models.length];
    long[] memory = new long[milli.length];
    boolean numbersSayAll = true;
    for (int i = 0; i < milli.length; i++) {
      Occupancy occupancy = node.cards().get(i);
      numbersSayAll &= kind.cardMemoryMib[i] >= 0 && !(occupancy instanceof Occupancy.Cut);
      if (kind.cardMemoryMib[i] >= 0) {
        offer(occupancy, kind.cardMemoryMib[i], i, milli, memory);
      }
    }
    return new Room(node, kind, milli, memory, numbersSayAll ? List.of() : details(node, kind));
  }

  private static void offer(Occupancy use, long cardMemory, int at, int[] milli, long[] memory) {
    if (use instanceof Occupancy.Free) {
      milli[at] = 1000;
      memory[at] = cardMemory;
    } else if (use instanceof Occupancy.Shared shared) {
      milli[at] = 1000 - shared.milli();
      memory[at] = cardMemory - shared.memoryMib();
    }
  }

  /** How cards are cut, and which of the unhealthy ones are taken. */
  private static List<Occupancy> details(Node node, NodeKind kind) {
    Occupancy[] details = new Occupancy[kind.models.length];
    for (int i = 0; i < details.length; i++) {
      boolean healthy = kind.cardMemoryMib[i] >= 0;
      details[i] =
          switch (node.cards().get(i)) {
            case Occupancy.Cut cut -> healthy ? anonymous(cut) : new Occupancy.Whole("");
            case Occupancy.Free free -> FREE;
            case Occupancy.Whole whole -> healthy ? FREE : new Occupancy.Whole("");
            case Occupancy.Shared shared -> healthy ? FREE : new Occupancy.Whole("");
          };
    }
    return List.of(details);
  }

  private static Occupancy anonymous(Occupancy.Cut cut) {
    return new Occupancy.Cut(
        cut.instances().stream()
            .map(
                i ->
                    new Occupancy.Instance(
                        "", i.profile(), i.start(), i.mask(), i.compute(), i.media()))
            .toList());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Room room && alike(room));
  }

  private boolean alike(Room other) {
    return kind == other.kind
        && (kind == NodeKind.UNKNOWN ? node == other.node : sameUse(other))
        && ready == other.ready;
  }

  private boolean sameUse(Room other) {
    return cpuMilli == other.cpuMilli
        && memoryMib == other.memoryMib
        && signature == other.signature
        && node.chips() == other.node.chips()
        && (kind.wholePrice == 0 || placements == other.placements)
        && sameCards(other);
  }

  private boolean sameCards(Room other) {
    boolean inOrder =
        Arrays.equals(milli, other.milli) && Arrays.equals(cardMemoryMib, other.cardMemoryMib);
    return inOrder
        ? details.equals(other.details)
        : kind.orderless()
            && details.isEmpty()
            && other.details.isEmpty()
            && Arrays.equals(sortedCards(), other.sortedCards());
  }

  private long[] sortedCards() {
    long[] cards = new long[milli.length];
    for (int i = 0; i < cards.length; i++) {
      cards[i] = cardMemoryMib[i] * 1024 + milli[i];
    }
    Arrays.sort(cards);
    return cards;
  }

  @Override
  public int hashCode() {
    long counted = kind.wholePrice == 0 ? 0 : placements;
    long use = signature + 31 * (memoryMib + 31 * (node.chips() + counted));
    return Long.hashCode(Signatures.key(use, cpuMilli));
  }

  /** Whether the card has room for the share. */
  boolean offers(int card, Demand demand) {
    return milli[card] >= demand.milli()
        && (kind.models[card] & demand.models()) != 0
        && cardMemoryMib[card] >= demand.cardMemoryMib();
  }

  /**
   * A model of which {@code count} cards are idle, of those in {@code mask}; 0 when there is none.
   */
  long modelWith(int count, long mask) {
    if (idle < count || (kind.modelsOfAll & mask) == 0) {
      return 0;
    }
    if (Long.bitCount(kind.modelsOfAll) == 1) {
      return kind.modelsOfAll;
    }
    for (int i = 0; i < milli.length; i++) {
      if ((kind.models[i] & mask) != 0 && idle(kind.models[i]) >= count) {
        return kind.models[i];
      }
    }
    return 0;
  }

  private int idle(long model) {
    int count = 0;
    for (int i = 0; i < milli.length; i++) {
      count += milli[i] == 1000 && kind.models[i] == model ? 1 : 0;
    }
    return count;
  }

  /** What the cards offer when {@code count} idle ones of a model are taken. */
  int[] without(int count, long model) {
    int[] rest = milli.clone();
    int left = count;
    for (int i = 0; i < rest.length && left > 0; i++) {
      if (rest[i] == 1000 && kind.models[i] == model) {
        rest[i] = 0;
        left--;
      }
    }
    return rest;
  }
}
