package dev.berth.operator.apply;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;

/** Told of each object we wrote, so that the caches show it before the watch brings it. */
public interface RecentWrites {
  void wrote(Pod pod);

  void wrote(ResourceClaim claim);

  void wrote(Service service);
}
