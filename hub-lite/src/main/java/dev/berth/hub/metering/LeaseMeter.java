package dev.berth.hub.metering;

import dev.berth.hub.metering.Verdict.Accepted;
import dev.berth.hub.metering.Verdict.Reason;
import dev.berth.hub.metering.Verdict.Refused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Judges one cumulative line against what is committed of its lease. Pure. Totals must not
 * decrease, must not grow faster than the wall clock of the node (plus a slack for clock steps),
 * and must stand still after the end.
 */
public final class LeaseMeter {
  private static final long LONGEST_INTERVAL_NANOS = Duration.ofDays(400).toNanos();
  private final long slackNanos;

  public LeaseMeter(Duration slack) {
    this.slackNanos = slack.toNanos();
  }

  /** {@code before} is null for a lease not seen before. */
  public Verdict judge(@Nullable LeaseTotals before, LeaseLine line) {
    Refused invalid = invalid(line);
    if (invalid != null) {
      return invalid;
    }
    if (before == null) {
      return grow(line, line.startedUnixNanos(), 0);
    }
    Refused contradiction = contradiction(before, line);
    if (contradiction != null) {
      return contradiction;
    }
    boolean first = before.untilUnixNanos() == 0;
    return grow(
        line, first ? line.startedUnixNanos() : before.untilUnixNanos(), before.heldNanos());
  }

  private static @Nullable Refused invalid(LeaseLine line) {
    boolean sane =
        line.heldNanos() >= 0
            && line.startedUnixNanos() > 0
            && line.untilUnixNanos() >= line.startedUnixNanos();
    return sane
        ? null
        : new Refused(
            Reason.INVALID_LINE,
            "Lease %s: held %d ns from %d until %d; expected held >= 0 and 0 < started <= until"
                .formatted(
                    line.leaseId(),
                    line.heldNanos(),
                    line.startedUnixNanos(),
                    line.untilUnixNanos()));
  }

  private static @Nullable Refused contradiction(LeaseTotals before, LeaseLine line) {
    if (!before.sameBilling(line)) {
      return new Refused(
          Reason.BILLING_CHANGED,
          "Lease %s changed from %s to %s; a lease keeps its account, owner, flavor and catalog version"
              .formatted(line.leaseId(), before, line));
    }
    if (line.heldNanos() < before.heldNanos()) {
      return new Refused(
          Reason.HELD_DECREASED,
          "Lease %s: held went from %d back to %d ns"
              .formatted(line.leaseId(), before.heldNanos(), line.heldNanos()));
    }
    return before.ended() && (!line.ended() || line.heldNanos() > before.heldNanos())
        ? new Refused(
            Reason.GREW_AFTER_END,
            "Lease %s ended at %d ns held and now says %d ns"
                .formatted(line.leaseId(), before.heldNanos(), line.heldNanos()))
        : null;
  }

  private Verdict grow(LeaseLine line, long fromNanos, long heldBefore) {
    long added = line.heldNanos() - heldBefore;
    long wall = Math.max(0, line.untilUnixNanos() - fromNanos);
    if (wall > LONGEST_INTERVAL_NANOS) {
      return new Refused(
          Reason.INTERVAL_TOO_LONG,
          "Lease %s: %d ns since the last line, more than 400 days"
              .formatted(line.leaseId(), wall));
    }
    if (added > wall + slackNanos) {
      return new Refused(
          Reason.FASTER_THAN_WALL,
          "Lease %s: %d ns more held within %d ns of wall time (slack %d ns)"
              .formatted(line.leaseId(), added, wall, slackNanos));
    }
    return new Accepted(UtcDays.split(fromNanos, line.untilUnixNanos(), added));
  }
}
