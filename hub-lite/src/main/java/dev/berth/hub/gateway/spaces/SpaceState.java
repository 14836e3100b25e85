package dev.berth.hub.gateway.spaces;

/**
 * How a Space is.
 *
 * @param sleeps whether it falls asleep when nobody visits it
 * @param stage as its status says; empty if not known
 */
public record SpaceState(boolean sleeps, String stage) {
  public static final SpaceState UNKNOWN = new SpaceState(false, "");

  public boolean asleep() {
    return stage.equals("SLEEPING");
  }

  /** Whether a pod may be ready soon although none is now. */
  public boolean starting() {
    return switch (stage) {
      case "PAUSED", "STOPPED", "CONFIG_ERROR", "BUILD_ERROR", "RUNTIME_ERROR", "DELETING" -> false;
      default -> true;
    };
  }

  /** For a visitor who finds nobody at home; a whole sentence. */
  public String absence() {
    return switch (stage) {
      case "PAUSED" -> "It is paused; its owner can resume it.";
      case "STOPPED" -> "It has zero replicas; its owner can start it.";
      case "CONFIG_ERROR", "BUILD_ERROR", "RUNTIME_ERROR" ->
          "It does not start; its status says why.";
      case "SLEEPING" -> "It was asleep and is waking up.";
      default -> "It is starting.";
    };
  }
}
