package dev.berth.scheduler.core.pack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Nodes whose rooms are equal, so that one cost holds for all of them, and the first of them by
 * position: a heap of positions, from which those that left are dropped when they come up.
 */
final class Group {
  final int slot;
  final Room room;
  private int[] heap = new int[1];
  private int entries;
  private int members;

  Group(int slot, Room room) {
    this.slot = slot;
    this.room = room;
  }

  boolean isEmpty() {
    return members == 0;
  }

  /** Adds a position that {@code groups} says to be in this group. */
  void add(int position, @Nullable Group[] groups) {
    members++;
    if (entries == heap.length) {
      makeRoom(groups);
    }
    int at = entries++;
    for (; at > 0 && heap[(at - 1) / 2] > position; at = (at - 1) / 2) {
      heap[at] = heap[(at - 1) / 2];
    }
    heap[at] = position;
  }

  /** A position that {@code groups} says to be elsewhere by now. */
  void left() {
    members--;
  }

  /** Forgets all positions, since nodes get other ones. */
  void clear() {
    members = 0;
    entries = 0;
  }

  /** The lowest position; there must be one. */
  int first(@Nullable Group[] groups) {
    while (groups[heap[0]] != this) {
      dropFirst();
    }
    return heap[0];
  }

  private void dropFirst() {
    int last = heap[--entries];
    int at = 0;
    for (int child = 1; child < entries; child = 2 * at + 1) {
      child += child + 1 < entries && heap[child + 1] < heap[child] ? 1 : 0;
      if (heap[child] >= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
  }

  /** Drops those that left, and grows if that was not much. A sorted array is a heap. */
  private void makeRoom(@Nullable Group[] groups) {
    int[] present =
        Arrays.stream(heap, 0, entries)
            .filter(p -> groups[p] == this)
            .sorted()
            .distinct()
            .toArray();
    entries = present.length;
    heap = Arrays.copyOf(present, Math.max(4, 2 * entries));
  }
}
