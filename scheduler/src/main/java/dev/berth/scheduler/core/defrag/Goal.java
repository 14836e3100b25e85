package dev.berth.scheduler.core.defrag;

import dev.berth.scheduler.core.model.Request;

/** What moves are to achieve. */
public sealed interface Goal {
  /** Room for this request, waiting or only asked about. */
  record Admit(Request request) implements Goal {}

  /** {@code count} more nodes with cards of {@code model} and nothing on them. */
  record FreeNodes(String model, int count) implements Goal {}
}
