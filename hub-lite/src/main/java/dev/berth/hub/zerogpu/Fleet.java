package dev.berth.hub.zerogpu;

import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.QuotaStatus;
import java.util.List;
import java.util.Optional;

/** What goes on on all shared GPUs. */
public interface Fleet {
  /** Where no scheduler is known. */
  Fleet UNKNOWN =
      new Fleet() {
        @Override
        public Optional<List<NodeLoad>> loads() {
          return Optional.empty();
        }

        @Override
        public List<QuotaStatus> quotas() {
          return List.of();
        }
      };

  /** What each node said lately, by node; empty while no scheduler answers. */
  Optional<List<NodeLoad>> loads();

  /** Of all visitors who used something in their present window. */
  List<QuotaStatus> quotas();
}
