package dev.berth.scheduler.core.pack;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a fleet, by position, in groups of equal rooms, each at a slot of its own; and which
 * slots changed when. A slot changes when its group appears or vanishes.
 */
final class Groups {
  private static final int LOG = 1 << 16;
  private static final int NOBODY = Integer.MAX_VALUE;

  private final Map<Room, Group> byRoom = new HashMap<>();
  private final int[] log = new int[LOG];
  private @Nullable Group[] ofPosition = new @Nullable Group[0];
  private @Nullable Group[] slots = new @Nullable Group[64];
  private int[] firsts = new int[64];
  private long[] lastChange = new long[64];
  private int[] free = new int[64];
  private int freeSlots;
  private int used;
  private long changes;

  /** How many changes there were; {@link #changed} says of which slot. */
  long changes() {
    return changes;
  }

  /** The oldest change that is still known. */
  long oldest() {
    return Math.max(0, changes - LOG);
  }

  int changed(long change) {
    return log[(int) (change & (LOG - 1))];
  }

  /** Whether its slot changed again later, so that this change can be passed over. */
  boolean overtaken(long change) {
    return lastChange[changed(change)] > change;
  }

  /** Slots that were ever used; some may be without a group now. */
  int slots() {
    return used;
  }

  @Nullable Group at(int slot) {
    return slots[slot];
  }

  /** The lowest position in the group at this slot. */
  int first(int slot) {
    return firsts[slot];
  }

  /** The kind of the node at this position. */
  NodeKind kind(int position) {
    return Objects.requireNonNull(ofPosition[position]).room.kind;
  }

  /** The node at this position has another room now. */
  void move(int position, Room room) {
    Group before = Objects.requireNonNull(ofPosition[position]);
    if (byRoom.get(room) != before) {
      leave(position);
      join(position, room);
    }
  }

  void join(int position, Room room) {
    Group known = byRoom.get(room);
    Group group = known == null ? found(room) : known;
    ofPosition[position] = group;
    group.add(position, ofPosition);
    firsts[group.slot] = Math.min(firsts[group.slot], position);
  }

  private Group found(Room room) {
    if (freeSlots == 0 && used == slots.length) {
      grow();
    }
    int slot = freeSlots > 0 ? free[--freeSlots] : used++;
    Group group = new Group(slot, room);
    slots[slot] = group;
    firsts[slot] = NOBODY;
    byRoom.put(room, group);
    note(slot);
    return group;
  }

  void leave(int position) {
    Group group = Objects.requireNonNull(ofPosition[position]);
    ofPosition[position] = null;
    group.left();
    if (group.isEmpty()) {
      byRoom.remove(group.room);
      slots[group.slot] = null;
      free[freeSlots++] = group.slot;
      note(group.slot);
    } else if (firsts[group.slot] == position) {
      firsts[group.slot] = group.first(ofPosition);
    }
  }

  /**
   * Nodes have other positions from now on, in the same order as before: {@code before} says which
   * one each had, or -1 when it is new and still to join.
   */
  void renumber(int[] before) {
    @Nullable Group[] now = new @Nullable Group[before.length];
    for (int slot = 0; slot < used; slot++) {
      if (slots[slot] instanceof Group group) {
        group.clear();
        firsts[slot] = NOBODY;
      }
    }
    for (int i = 0; i < before.length; i++) {
      if (before[i] >= 0 && ofPosition[before[i]] instanceof Group group) {
        now[i] = group;
        group.add(i, now);
        firsts[group.slot] = Math.min(firsts[group.slot], i);
      }
    }
    ofPosition = now;
  }

  private void note(int slot) {
    lastChange[slot] = changes;
    log[(int) (changes++ & (LOG - 1))] = slot;
  }

  private void grow() {
    int length = 2 * slots.length;
    slots = Arrays.copyOf(slots, length);
    firsts = Arrays.copyOf(firsts, length);
    lastChange = Arrays.copyOf(lastChange, length);
    free = Arrays.copyOf(free, length);
  }
}
