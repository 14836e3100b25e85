package dev.berth.scheduler.core.model;

/** Why a placement was taken back: for the placement {@code by}, at {@code atNanos} (unix). */
public record Eviction(Kind kind, String by, long atNanos) {
  public enum Kind {
    /** For a request of higher priority. */
    PREEMPTED,
    /** Its queue used quota of others, and they want it back. */
    RECLAIMED
  }
}
