package dev.berth.turns.quota;

import org.jspecify.annotations.Nullable;

/**
 * What a node's report does to a draw.
 *
 * @param changed the draw afterwards; null if nothing changes
 * @param done nothing more will be counted: the node may forget the draw
 * @param refusal why the report does not count
 */
record Settlement(@Nullable Draw changed, boolean done, @Nullable String refusal) {
  private static final Settlement NOTHING = new Settlement(null, false, null);
  private static final Settlement DONE = new Settlement(null, true, null);

  static Settlement of(@Nullable Draw draw, String node, Spent spent, long now) {
    if (draw == null) {
      // Whoever was given it had it closed, or its window ended long ago: it is past either way.
      return spent.closed() ? DONE : refused("It is not known or was forgotten; close it");
    }
    if (!draw.ask().node().equals(node)) {
      return refused("It was drawn by node %s, not %s".formatted(draw.ask().node(), node));
    }
    return switch (draw) {
      case Draw.Asked asked -> refused("It has no allowance yet; draw it again");
      case Draw.Open open -> of(open, spent, now);
      case Draw.Closed closed -> of(closed, spent);
    };
  }

  private static Settlement of(Draw.Open open, Spent spent, long now) {
    Allowance held = open.allowance();
    if (spent.usedNanos() < open.usedNanos() || spent.usedRuns() < open.usedRuns()) {
      return refused(
          "It had used %d ns and %d runs before, now %d and %d; totals never shrink"
              .formatted(open.usedNanos(), open.usedRuns(), spent.usedNanos(), spent.usedRuns()));
    }
    if (spent.usedNanos() > held.nanos() || spent.usedRuns() > held.runs()) {
      return refused(
          "It allows %d ns and %d runs, used are %d and %d"
              .formatted(held.nanos(), held.runs(), spent.usedNanos(), spent.usedRuns()));
    }
    return spent.closed() ? closed(open, spent, now) : progress(open, spent);
  }

  private static Settlement progress(Draw.Open open, Spent spent) {
    Draw.Open next =
        new Draw.Open(open.ask(), open.allowance(), spent.usedNanos(), spent.usedRuns());
    return next.equals(open) ? NOTHING : new Settlement(next, false, null);
  }

  private static Settlement closed(Draw.Open open, Spent spent, long now) {
    boolean settled = open.allowance().creditNanos() == 0;
    return new Settlement(
        new Draw.Closed(
            open.ask(),
            new Answer.Given(open.allowance()),
            spent.usedNanos(),
            spent.usedRuns(),
            now,
            settled),
        true,
        null);
  }

  /** A late report of less is a stale one; more, or another end, contradicts. */
  private static Settlement of(Draw.Closed closed, Spent spent) {
    boolean same = spent.usedNanos() == closed.usedNanos() && spent.usedRuns() == closed.usedRuns();
    boolean earlier =
        spent.usedNanos() <= closed.usedNanos() && spent.usedRuns() <= closed.usedRuns();
    return same || (earlier && !spent.closed())
        ? DONE
        : refused(
            "It was closed with %d ns and %d runs used, now %d and %d"
                .formatted(
                    closed.usedNanos(), closed.usedRuns(), spent.usedNanos(), spent.usedRuns()));
  }

  private static Settlement refused(String why) {
    return new Settlement(null, false, why);
  }
}
