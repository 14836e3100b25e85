package dev.berth.operator.status;

import dev.berth.crds.PlacementStatus;
import dev.berth.crds.ReplicaCount;
import dev.berth.crds.Waiting;
import java.util.List;
import java.util.Optional;

/**
 * The judged state of a workload.
 *
 * @param serving whether requests are answered now, by any revision
 * @param placed whether all replicas of the wanted revision hold hardware, with reason and sentence
 * @param timedOut the wanted revision did not start in time and is not tried again
 * @param lastServing the revision that serves or served last
 * @param warnings sentences about what works but should change
 * @param fallback whether it runs on another flavor than asked; empty: no fallback is allowed
 * @param move present while the scheduler has it moved
 * @param eviction why its hardware was taken back; present until it is placed again
 */
public record Assessment(
    Verdict verdict,
    boolean serving,
    Placed placed,
    boolean timedOut,
    Optional<String> lastServing,
    Optional<String> wanted,
    Optional<String> currentFlavor,
    String requestedFlavor,
    ReplicaCount replicas,
    List<PlacementStatus> placements,
    Optional<Waiting> waiting,
    List<String> warnings,
    Optional<Note> fallback,
    Optional<Note> move,
    Optional<Note> eviction) {

  /** One condition: whether it holds, its reason and a sentence. */
  public record Note(boolean yes, String reason, String message) {}

  /** {@code yes} with a reason and a sentence. */
  public record Placed(boolean yes, String reason, String message) {}
}
