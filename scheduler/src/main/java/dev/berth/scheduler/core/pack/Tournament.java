package dev.berth.scheduler.core.pack;

import java.util.Arrays;

/**
 * The costs of all groups for one shape, by slot, and the least of them: a binary tree of winners.
 * A change costs O(log n) at most, and mostly far less. Which of equally cheap groups is best is
 * decided when it is asked, so it does not matter here that the first node of a group changes.
 */
final class Tournament {
  /** In a winner: another one below has the same cost. */
  private static final int TIED = Integer.MIN_VALUE;

  private long[] costs;
  private int[] winners;
  private int leaves;

  Tournament(int slots) {
    leaves = leaves(slots);
    costs = new long[leaves];
    Arrays.fill(costs, Ranking.NONE);
    winners = new int[leaves];
  }

  private static int leaves(int slots) {
    return Math.max(2, Integer.highestOneBit(Math.max(1, slots - 1)) << 1);
  }

  /** Sets a cost while {@link #play} is still to come. */
  void seed(int slot, long cost) {
    costs[slot] = cost;
  }

  /** Finds all winners anew. */
  void play() {
    for (int at = leaves - 1; at >= 1; at--) {
      winners[at] = winner(at);
    }
  }

  void set(int slot, long cost) {
    if (slot >= leaves) {
      grow(slot);
    }
    if (costs[slot] == cost) {
      return;
    }
    costs[slot] = cost;
    for (int at = (leaves + slot) >> 1; at >= 1; at >>= 1) {
      int before = winners[at];
      int now = winner(at);
      if (now == before && (now & ~TIED) != slot) {
        return;
      }
      winners[at] = now;
    }
  }

  private void grow(int slot) {
    int before = leaves;
    leaves = leaves(slot + 1);
    costs = Arrays.copyOf(costs, leaves);
    Arrays.fill(costs, before, leaves, Ranking.NONE);
    winners = new int[leaves];
    play();
  }

  /** The slot with the least cost, of equal ones the one whose group has the first node; or -1. */
  int best(Groups groups) {
    long least = costs[winners[1] & ~TIED];
    return least == Ranking.NONE ? -1 : best(1, least, groups);
  }

  private int best(int from, long least, Groups groups) {
    int at = from;
    while (tied(at)) {
      boolean left = costs[slot(2 * at)] == least;
      boolean right = costs[slot(2 * at + 1)] == least;
      if (left && right) {
        int one = best(2 * at, least, groups);
        int other = best(2 * at + 1, least, groups);
        return groups.first(one) < groups.first(other) ? one : other;
      }
      at = left ? 2 * at : 2 * at + 1;
    }
    return slot(at);
  }

  private boolean tied(int at) {
    return at < leaves && winners[at] < 0;
  }

  private int slot(int at) {
    return at >= leaves ? at - leaves : winners[at] & ~TIED;
  }

  private int winner(int at) {
    int left = 2 * at >= leaves ? 2 * at - leaves : winners[2 * at];
    int right = 2 * at >= leaves ? 2 * at + 1 - leaves : winners[2 * at + 1];
    long one = costs[left & ~TIED];
    long other = costs[right & ~TIED];
    if (one == other) {
      return left | TIED;
    }
    return other < one ? right : left;
  }
}
