package dev.berth.operator.status;

/** A phase with its reason (CamelCase) and one or two sentences. */
public record Verdict(Phase phase, String reason, String message) {
  /** The scheduler is being asked; its answer comes at once. */
  public static final String PLACING = "Placing";

  Verdict because(String moreWords) {
    return new Verdict(phase, reason, message + "; " + moreWords);
  }
}
