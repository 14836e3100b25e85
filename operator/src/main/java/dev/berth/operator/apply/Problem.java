package dev.berth.operator.apply;

/** Why a step could not be taken; {@code reason} is a condition reason in CamelCase. */
public record Problem(String reason, String message) {
  public static final String NAME_CLASH = "NameClash";
  public static final String REFUSED = "Refused";
  public static final String SCHEDULER_UNREACHABLE = "SchedulerUnreachable";
}
