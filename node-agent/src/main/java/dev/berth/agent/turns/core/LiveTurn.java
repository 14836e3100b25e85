package dev.berth.agent.turns.core;

import dev.berth.agent.turns.quota.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn that has devices.
 *
 * @param queuedAt journal time at which it asked
 * @param warm whether a worker was there already
 */
public record LiveTurn(
    TurnRequest request,
    Reservation reservation,
    List<Integer> devices,
    long queuedAt,
    boolean warm,
    Phase phase) {
  public LiveTurn {
    devices = List.copyOf(devices);
  }

  /** How far it is. Times are journal nanoseconds. */
  public sealed interface Phase {
    /** Its devices are kept for it while former workers end. */
    record Clearing() implements Phase {}

    /** The caller was told. */
    record Granted(long at, long unix) implements Phase {}

    /** Over, and paid for; its devices are free once its processes are dead. */
    record Ending() implements Phase {}

    /** As people and other processes are told. */
    default String word() {
      return switch (this) {
        case Clearing _ -> "clearing";
        case Granted _ -> "granted";
        case Ending _ -> "ending";
      };
    }
  }

  public String id() {
    return request.id();
  }

  LiveTurn in(Phase next) {
    return new LiveTurn(request, reservation, devices, queuedAt, warm, next);
  }

  LiveTurn warm(boolean isWarm) {
    return new LiveTurn(request, reservation, devices, queuedAt, isWarm, phase);
  }

  /** When it was granted; null before and after. */
  @Nullable Long grantedAt() {
    return phase instanceof Phase.Granted g ? g.at() : null;
  }

  /** Wall time that its reservation pays for. */
  public long limitNanos() {
    return reservation.nanos() / request.size().devices();
  }
}
