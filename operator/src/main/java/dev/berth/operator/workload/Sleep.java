package dev.berth.operator.workload;

import dev.berth.crds.Condition;
import dev.berth.crds.Space;
import dev.berth.crds.SpaceStage;
import dev.berth.crds.SpaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a Space sleeps: after {@code sleepAfter} without a visit while it runs. A visit or a changed
 * spec wakes it. Pure.
 *
 * @param asleep whether it sleeps now
 * @param due when it will fall asleep if nobody visits; empty if it sleeps, or never will
 */
public record Sleep(boolean asleep, Optional<Instant> due) {
  /** The gateway writes here when somebody visits; RFC 3339. */
  public static final String VISITED = "berth.dev/visited-at";

  private static final Sleep AWAKE = new Sleep(false, Optional.empty());
  private static final Sleep ASLEEP = new Sleep(true, Optional.empty());

  public static Sleep of(Space space, Instant now) {
    Optional<Duration> after =
        Optional.ofNullable(space.getSpec().sleepAfter()).flatMap(Durations::parse);
    SpaceStatus status = space.getStatus();
    if (after.isEmpty() || status == null || status.stage() == null) {
      return AWAKE;
    }
    return status.stage() == SpaceStage.SLEEPING
        ? sleeping(space, status)
        : running(space, status, after.get(), now);
  }

  private static Sleep sleeping(Space space, SpaceStatus status) {
    boolean edited =
        !Objects.equals(status.observedGeneration(), space.getMetadata().getGeneration());
    Optional<Instant> since = readyChanged(status);
    boolean visited =
        visited(space).filter(at -> !at.isBefore(since.orElse(Instant.MIN))).isPresent();
    return edited || visited ? AWAKE : ASLEEP;
  }

  private static Sleep running(Space space, SpaceStatus status, Duration after, Instant now) {
    if (status.stage() != SpaceStage.RUNNING) {
      return AWAKE;
    }
    Optional<Instant> due =
        Stream.concat(visited(space).stream(), readyChanged(status).stream())
            .max(Instant::compareTo)
            .map(last -> last.plus(after));
    return due.filter(at -> !at.isAfter(now)).isPresent() ? ASLEEP : new Sleep(false, due);
  }

  /** Whether somebody visited it between two states. */
  public static boolean visitChanged(Space before, Space after) {
    return !visited(before).equals(visited(after));
  }

  private static Optional<Instant> visited(Space space) {
    Map<String, String> annotations = space.getMetadata().getAnnotations();
    return time(annotations == null ? null : annotations.get(VISITED));
  }

  /** When it became ready, or fell asleep. */
  private static Optional<Instant> readyChanged(SpaceStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals("Ready"))
        .map(Condition::lastTransitionTime)
        .findFirst()
        .flatMap(Sleep::time);
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
