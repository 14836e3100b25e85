package dev.berth.operator.resolve;

import dev.berth.operator.resolve.Resolution.Unresolved;
import dev.berth.operator.workload.Identity;
import java.util.Optional;

/** Whether a Space may have a seat beside shared devices (ZeroGPU), by the tier of its owner. */
@FunctionalInterface
public interface SeatHosting {
  /** Its owner has as many as its tier may. */
  String LIMIT = "HostingLimit";

  /** Nobody says how many its owner may have. */
  String UNKNOWN = "HostingUnknown";

  /** Everybody may have any number. */
  SeatHosting UNLIMITED = space -> Optional.empty();

  Optional<Unresolved> refusal(Identity space);
}
