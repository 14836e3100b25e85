package dev.berth.agent.turns.quota;

/**
 * What a visitor spent on this node in the window that they spent last in.
 *
 * @param windowEndUnix as the allowances say; tells the window
 * @param nanos device nanoseconds
 */
public record Tally(long windowEndUnix, long nanos) {
  static final Tally NONE = new Tally(Long.MIN_VALUE, 0);

  /** What is settled late on an allowance of a former window no longer counts. */
  Tally plus(long windowEnd, long spent) {
    if (windowEnd < windowEndUnix) {
      return this;
    }
    return new Tally(windowEnd, windowEnd == windowEndUnix ? nanos + spent : spent);
  }
}
