package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import java.util.Collections;
import java.util.List;

/** Requests for tests. */
public final class Asks {
  private Asks() {}

  /** {@code members} equal ones that declare to run for {@code expected} nanoseconds. */
  public static Request of(String id, int members, Accelerator each, long expected) {
    return new Request(
        id,
        Collections.nCopies(members, new Shape(1_000, 1_024, each)),
        "acme",
        "Space acme/" + id,
        "f",
        "v1",
        policy(0, false, expected, 0));
  }

  public static Policy policy(int priority, boolean preemptible, long expected, long checkpoint) {
    return new Policy(
        priority, preemptible, "", Topology.ANYWHERE, List.of(), List.of(), expected, checkpoint);
  }
}
