package dev.berth.operator.resolve;

import dev.berth.operator.resolve.Resolution.Unresolved;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names for priorities; a number needs none. */
public record Priorities(Map<String, Integer> byName) {
  public static final int LOWEST = -1000;
  public static final int HIGHEST = 1000;
  public static final Priorities DEFAULT =
      new Priorities(Map.of("low", -100, "normal", 0, "high", 100));

  public Priorities {
    byName = Map.copyOf(byName);
  }

  /** Empty if nothing has this name or the number is out of range. */
  Optional<Integer> of(@Nullable IntOrString priority) {
    if (priority == null) {
      return Optional.of(0);
    }
    @Nullable Integer number = priority.getIntVal();
    return number == null
        ? Optional.ofNullable(byName.get(priority.getStrVal()))
        : Optional.of(number).filter(n -> n >= LOWEST && n <= HIGHEST);
  }

  Unresolved unknown(@Nullable IntOrString priority) {
    Object said = priority == null ? "" : priority.getValue();
    return new Unresolved(
        "UnknownPriority",
        "priority is '%s'; expected %d to %d, or one of %s"
            .formatted(said, LOWEST, HIGHEST, new TreeMap<>(byName)));
  }
}
