package dev.berth.hub.metering;

import java.util.List;

/** Whether a line about a lease may be billed. */
public sealed interface Verdict {
  /** The newly held time by day; empty if nothing was added. */
  record Accepted(List<HeldDay> added) implements Verdict {}

  /** The line contradicts itself or what is committed; nothing of it is billed. */
  record Refused(Reason reason, String message) implements Verdict {}

  /** Why a line goes to quarantine. */
  enum Reason {
    INVALID_LINE,
    INTERVAL_TOO_LONG,
    BILLING_CHANGED,
    HELD_DECREASED,
    GREW_AFTER_END,
    FASTER_THAN_WALL
  }
}
