package dev.berth.scheduler.core.explain;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.Capability;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.torus.Pods;
import java.util.List;

/** Why a TPU slice that no host could hold by itself does not fit on several now. */
final class SliceReasons {
  private SliceReasons() {}

  /** {@code alone} is what the single nodes say; it stands when it is not about being too large. */
  static List<Reason> of(OrderedMap<String, Node> nodes, Shape shape, List<Reason> alone) {
    return shape.accelerator() instanceof TpuSlice slice
            && alone.stream().allMatch(r -> r.code() == ReasonCode.TOO_LARGE)
            && Capability.whenEmpty(nodes.values(), shape, 1) > 0
        ? List.of(reason(nodes, shape, slice))
        : alone;
  }

  private static Reason reason(OrderedMap<String, Node> nodes, Shape shape, TpuSlice slice) {
    Pods pods = Pods.of(nodes.values(), slice.generation());
    int free = pods.mostFree();
    ReasonCode code =
        free >= slice.chips() ? ReasonCode.FRAGMENTED : ReasonCode.INSUFFICIENT_ACCELERATORS;
    String message =
        "Asked %s over several hosts; the best pod has %d of %d chips free%s. Ask for a smaller slice or wait."
            .formatted(
                Sentences.describe(shape),
                free,
                pods.largest(),
                free >= slice.chips() ? ", but not as such a cuboid of whole hosts" : "");
    return new Reason(
        code,
        message,
        slice.chips(),
        free,
        pods.largest(),
        "chip",
        "TPU " + slice.generation(),
        nodes.size());
  }
}
