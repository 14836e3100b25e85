package dev.berth.agent.dra;

import dev.berth.agent.dra.AllocatedClaim.Allocation;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.resource.v1.AllocationResult;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceAllocationResult;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceRequestAllocationResult;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimConsumerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Claims from the API server. */
public final class KubernetesClaimReader implements ClaimReader {
  private static final int WHOLE_MILLI = 1000;
  private final KubernetesClient client;

  public KubernetesClaimReader(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<AllocatedClaim> read(String namespace, String name) {
    ResourceClaim claim =
        client.resources(ResourceClaim.class).inNamespace(namespace).withName(name).get();
    return Optional.ofNullable(claim).map(KubernetesClaimReader::allocated);
  }

  static AllocatedClaim allocated(ResourceClaim claim) {
    DeviceAllocationResult devices =
        Optional.ofNullable(claim.getStatus())
            .map(s -> s.getAllocation())
            .map(AllocationResult::getDevices)
            .orElseGet(DeviceAllocationResult::new);
    List<Allocation> allocations =
        list(devices.getResults()).stream()
            .filter(r -> Driver.NAME.equals(r.getDriver()))
            .map(KubernetesClaimReader::allocation)
            .toList();
    return new AllocatedClaim(
        claim.getMetadata().getUid(), allocations, parameters(devices), podUid(claim));
  }

  private static String podUid(ResourceClaim claim) {
    List<ResourceClaimConsumerReference> pods =
        claim.getStatus() == null ? List.of() : list(claim.getStatus().getReservedFor());
    return pods.size() == 1 && "pods".equals(pods.getFirst().getResource())
        ? pods.getFirst().getUid()
        : "";
  }

  private static Allocation allocation(DeviceRequestAllocationResult r) {
    return new Allocation(
        r.getRequest(),
        r.getPool(),
        r.getDevice(),
        Objects.requireNonNullElse(r.getShareID(), ""),
        milli(r.getConsumedCapacity()));
  }

  private static int milli(@Nullable Map<String, Quantity> consumed) {
    Quantity milli = consumed == null ? null : consumed.get("milli");
    return milli == null ? WHOLE_MILLI : milli.getNumericalAmount().intValue();
  }

  /** Later entries win, as claim configuration comes after the class's. */
  private static Map<String, String> parameters(DeviceAllocationResult devices) {
    Map<String, String> all = new HashMap<>();
    list(devices.getConfig()).stream()
        .flatMap(c -> Stream.ofNullable(c.getOpaque()))
        .filter(o -> Driver.NAME.equals(o.getDriver()))
        .forEach(o -> all.putAll(flat(o.getParameters())));
    return all;
  }

  private static Map<String, String> flat(@Nullable Object parameters) {
    Object plain =
        parameters instanceof Map
            ? parameters
            : new com.fasterxml.jackson.databind.ObjectMapper()
                .convertValue(parameters, Object.class);
    Map<String, String> flat = new HashMap<>();
    if (plain instanceof Map<?, ?> map) {
      map.forEach((k, v) -> flat.put(String.valueOf(k), String.valueOf(v)));
    }
    return flat;
  }

  private static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
