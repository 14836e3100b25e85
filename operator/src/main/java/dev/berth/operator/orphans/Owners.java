package dev.berth.operator.orphans;

import dev.berth.operator.workload.OwnerKey;
import java.util.Set;

/** The workloads that exist now, asked live. */
@FunctionalInterface
public interface Owners {
  Set<OwnerKey> present();
}
