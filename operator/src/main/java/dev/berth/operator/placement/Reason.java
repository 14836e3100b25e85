package dev.berth.operator.placement;

/**
 * Why not, with numbers; {@code code} is the name of the contract's reason code, amounts are in
 * {@code unit}.
 */
public record Reason(
    String code,
    String message,
    long asked,
    long free,
    long total,
    String unit,
    String resource,
    int nodes) {

  public static final String NO_NODES = "NO_NODES";

  /** One line for people: the scheduler's sentence and its code, or else the bare numbers. */
  public String line() {
    return message.isEmpty()
        ? "asked %d, free %d, total %d %s%s (%s)"
            .formatted(asked, free, total, unit, resource.isEmpty() ? "" : " of " + resource, code)
        : message + " (" + code + ")";
  }
}
