package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.quota.QuotaChange;

/** One thing that a plan supposes. */
public sealed interface Step {
  /** Somebody places this. */
  record Submit(Request request) implements Step {}

  /** The placement is given back and drained. */
  record Release(String placementId) implements Step {}

  /** {@code count} empty, healthy and heartbeating copies of a node that is known. */
  record AddLike(String node, int count) implements Step {}

  /** {@code count} such nodes, named "simulated-1" and on. */
  record AddNodes(Inventory inventory, int count) implements Step {}

  /** The node heartbeats again. */
  record Ready(String node) implements Step {}

  /** What is on the node is given back and asked again; nothing new goes there. */
  record Drain(String node) implements Step {}

  /** As {@link Drain}, and the fleet does not have the node any more. */
  record Remove(String node) implements Step {}

  /** Limits of a published quota become others. */
  record Quota(QuotaChange change) implements Step {}

  record Health(String node, String device, boolean healthy) implements Step {}
}
