package dev.berth.operator.placement;

import dev.berth.operator.workload.OwnerKey;
import java.util.List;
import java.util.Optional;

/** Which seats a ZeroGPU Space should have, by its load. */
@FunctionalInterface
public interface Seats {
  /** Its slots, ascending, at least one; empty as long as nobody has said. */
  Optional<List<Integer>> of(OwnerKey owner);
}
