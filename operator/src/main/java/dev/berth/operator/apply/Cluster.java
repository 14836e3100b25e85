package dev.berth.operator.apply;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import java.util.Optional;

/**
 * The writes to the Kubernetes cluster. Objects of somebody else are never changed: such a name is
 * a {@link Problem}. Each write is idempotent; deleting what is not there is fine.
 */
public interface Cluster {
  /** Creates the Service, or changes selector and ports of ours. */
  Optional<Problem> writeService(Service service);

  /** Creates the claim and writes its allocation, which never changes once written. */
  Optional<Problem> ensureClaim(ResourceClaim claim);

  Optional<Problem> createPod(Pod pod);

  void deletePod(String namespace, String name);

  void deleteClaim(String namespace, String name);

  void deleteService(String namespace, String name);
}
