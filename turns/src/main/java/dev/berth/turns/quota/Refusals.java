package dev.berth.turns.quota;

import dev.berth.collect.OrderedMap;
import org.jspecify.annotations.Nullable;

/**
 * Draws that gave nothing, remembered for some minutes by the leader alone: a repetition that comes
 * late hears the same, and not an allowance that nobody would ever close.
 *
 * @param young since {@code rotatedNanos}
 * @param old of the time before
 */
record Refusals(
    OrderedMap<String, Answer> young, OrderedMap<String, Answer> old, long rotatedNanos) {
  private static final int MOST = 50_000;
  private static final long REMEMBERED_NANOS = 180_000_000_000L;
  static final Refusals NONE = new Refusals(OrderedMap.empty(), OrderedMap.empty(), 0);

  @Nullable Answer get(String id) {
    Answer recent = young.get(id);
    return recent == null ? old.get(id) : recent;
  }

  Refusals with(String id, Answer answer, long now) {
    Refusals room = young.size() < MOST ? this : rotated(now);
    return new Refusals(room.young.with(id, answer), room.old, room.rotatedNanos);
  }

  /** As it is at {@code now}. */
  Refusals at(long now) {
    return now - rotatedNanos < REMEMBERED_NANOS ? this : rotated(now);
  }

  private Refusals rotated(long now) {
    return new Refusals(OrderedMap.empty(), young, now);
  }
}
