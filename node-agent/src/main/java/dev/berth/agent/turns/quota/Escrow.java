package dev.berth.agent.turns.quota;

import dev.berth.agent.turns.quota.Reservation.Part;
import dev.berth.collect.OrderedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The allowances that this node holds, and what of them is set aside for turns; immutable. A turn
 * spends at most its reservation, and reservations are made from what is held alone, so a node that
 * is cut off cannot overspend.
 *
 * @param allowances by draw; closed ones stay until their closing is acknowledged
 * @param reservations by turn
 * @param draws asked for and not answered, by draw
 * @param tallies of what visitors spent here, by visitor
 */
public record Escrow(
    OrderedMap<String, Allowance> allowances,
    OrderedMap<String, Reservation> reservations,
    OrderedMap<String, Draw> draws,
    OrderedMap<String, Tally> tallies) {
  /** Draws are made for so many turns at a time, so that most turns need no round trip. */
  private static final int AHEAD = 4;

  private static final int TALLIES_BETWEEN_PRUNES = 1024;

  public static final Escrow EMPTY =
      new Escrow(OrderedMap.empty(), OrderedMap.empty(), OrderedMap.empty(), OrderedMap.empty());

  /**
   * Sets aside what a turn declared, or what there is if its Space's turns usually fit into that.
   *
   * @param declared device nanoseconds
   * @param likely device nanoseconds that 95 of 100 turns of the Space stay within
   */
  public Reserved reserve(String visitor, long declared, long likely, long unix) {
    long free = freeNanos(visitor, unix);
    int runs = freeRuns(visitor, unix);
    if (runs >= 1 && free >= declared) {
      return new Reserved.Ready(take(visitor, declared, unix));
    }
    long need = Math.max(1, likely - free);
    return new Reserved.NeedsDraw(need, Math.max(need, declared * AHEAD - free), AHEAD);
  }

  /** As {@link #reserve} when no more is to be had: what is here must do. */
  public Reserved reserveFromHeld(String visitor, long declared, long likely, long unix) {
    long free = freeNanos(visitor, unix);
    if (freeRuns(visitor, unix) < 1) {
      return new Reserved.Refused(Reserved.Refused.Code.RUNS_EXHAUSTED, free, 0);
    }
    return free >= Math.max(1, likely)
        ? new Reserved.Ready(take(visitor, Math.min(declared, free), unix))
        : new Reserved.Refused(Reserved.Refused.Code.QUOTA_EXHAUSTED, free, 0);
  }

  private Reservation take(String visitor, long nanos, long unix) {
    List<Part> parts = new ArrayList<>();
    long missing = nanos;
    boolean run = false;
    for (Allowance a : allowances.values()) {
      if (!a.usable(visitor, unix)) {
        continue;
      }
      long part = Math.min(missing, freeNanos(a));
      boolean here = !run && freeRuns(a) > 0;
      if (part > 0 || here) {
        parts.add(new Part(a.drawId(), part, here ? 1 : 0));
        missing -= part;
        run |= here;
      }
    }
    return new Reservation(parts);
  }

  /** Device nanoseconds that {@code visitor} could still reserve here. */
  public long freeNanos(String visitor, long unix) {
    long free = 0;
    for (Allowance a : allowances.values()) {
      free += a.usable(visitor, unix) ? freeNanos(a) : 0;
    }
    return free;
  }

  private int freeRuns(String visitor, long unix) {
    int free = 0;
    for (Allowance a : allowances.values()) {
      free += a.usable(visitor, unix) ? freeRuns(a) : 0;
    }
    return free;
  }

  private long freeNanos(Allowance a) {
    return a.nanos() - a.usedNanos() - parts(a).stream().mapToLong(Part::nanos).sum();
  }

  private int freeRuns(Allowance a) {
    return a.runs() - a.usedRuns() - parts(a).stream().mapToInt(Part::runs).sum();
  }

  private List<Part> parts(Allowance a) {
    List<Part> parts = new ArrayList<>();
    for (Reservation r : reservations.values()) {
      for (Part part : r.parts()) {
        if (part.drawId().equals(a.drawId())) {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  /** Whether a turn may still begin on what was reserved for it. */
  public boolean begins(Reservation reservation, long unix) {
    for (Part part : reservation.parts()) {
      Allowance a = allowances.get(part.drawId());
      if (a == null || unix >= a.expiresUnix()) {
        return false;
      }
    }
    return !reservation.parts().isEmpty();
  }

  public Escrow reserved(String turn, Reservation reservation) {
    return new Escrow(allowances, reservations.with(turn, reservation), draws, tallies);
  }

  /** The turn will not take place: nothing of its reservation is spent. */
  public Escrow dropped(String turn) {
    return new Escrow(allowances, reservations.without(turn), draws, tallies);
  }

  /**
   * The turn is over.
   *
   * @param used device nanoseconds, at most its reservation
   */
  public Escrow settled(String turn, long used, long now) {
    Reservation reservation = reservations.getOrDefault(turn, Reservation.NONE);
    OrderedMap<String, Allowance> next = allowances;
    OrderedMap<String, Tally> told = tallies;
    long left = used;
    for (Part part : reservation.parts()) {
      long spent = Math.min(left, part.nanos());
      left -= spent;
      Allowance a = Objects.requireNonNull(next.get(part.drawId()), part.drawId());
      next = next.with(part.drawId(), a.spent(spent, part.runs(), now));
      told = tallied(told, a, spent);
    }
    return new Escrow(next, reservations.without(turn), draws, told);
  }

  private static OrderedMap<String, Tally> tallied(
      OrderedMap<String, Tally> tallies, Allowance a, long spent) {
    Tally known = tallies.getOrDefault(a.visitor(), Tally.NONE);
    return tallies.with(a.visitor(), known.plus(a.expiresUnix(), spent));
  }

  /** Forgets now and then what was spent in windows that are over. */
  public Escrow pruned(long unix) {
    if (tallies.isEmpty() || tallies.size() % TALLIES_BETWEEN_PRUNES != 0) {
      return this;
    }
    OrderedMap<String, Tally> kept = tallies;
    for (Map.Entry<String, Tally> entry : tallies.entrySet()) {
      kept = entry.getValue().windowEndUnix() < unix ? kept.without(entry.getKey()) : kept;
    }
    return new Escrow(allowances, reservations, draws, kept);
  }

  public Escrow asked(Draw draw) {
    return new Escrow(allowances, reservations, draws.with(draw.drawId(), draw), tallies);
  }

  /** A draw that was refused leaves nothing behind. */
  public Escrow denied(String drawId) {
    return new Escrow(allowances, reservations, draws.without(drawId), tallies);
  }

  public Escrow given(Allowance allowance) {
    return allowances.containsKey(allowance.drawId())
        ? denied(allowance.drawId())
        : new Escrow(
            allowances.with(allowance.drawId(), allowance),
            reservations,
            draws.without(allowance.drawId()),
            tallies);
  }

  public Escrow closed(String drawId) {
    Allowance a = allowances.get(drawId);
    return a == null
        ? this
        : new Escrow(allowances.with(drawId, a.close()), reservations, draws, tallies);
  }

  /** Its closing is durable elsewhere. */
  public Escrow forgotten(String drawId) {
    return new Escrow(allowances.without(drawId), reservations, draws, tallies);
  }

  /** Open allowances that nobody needs any more: spent, expired, or not touched for long. */
  public List<String> closable(long now, long unix, long idleNanos) {
    return allowances.values().stream()
        .filter(a -> !a.closed() && parts(a).isEmpty())
        .filter(
            a ->
                now - a.touched() >= idleNanos
                    || unix >= a.expiresUnix()
                    || freeNanos(a) <= 0
                    || freeRuns(a) <= 0)
        .map(Allowance::drawId)
        .toList();
  }
}
