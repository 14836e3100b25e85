package dev.berth.operator.model;

import dev.berth.operator.placement.Lease;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.workload.Identity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.resource.v1.AllocationResult;
import io.fabric8.kubernetes.api.model.resource.v1.AllocationResultBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceAllocationConfiguration;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceAllocationConfigurationBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceRequest;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceRequestAllocationResult;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceRequestAllocationResultBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceRequestBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The ResourceClaim of a lease: one request for each device, with the allocation that the scheduler
 * decided already in its status, so that kube-scheduler only binds.
 */
public final class ClaimModel {
  public static final String DRIVER = "berth.dev";
  public static final String DEVICE_CLASS = "berth.dev";

  private ClaimModel() {}

  /** {@code epoch} is that of the decision; agents refuse older ones. */
  public static ResourceClaim claim(
      Identity id, Placement placement, Lease lease, long epoch, Instant now) {
    return new ResourceClaimBuilder()
        .withMetadata(Names.ofLease(id, placement.id(), lease, placement.flavor()))
        .withNewSpec()
        .withNewDevices()
        .withRequests(requests(lease))
        .endDevices()
        .endSpec()
        .withNewStatus()
        .withAllocation(allocation(id, placement, lease, epoch, now))
        .endStatus()
        .build();
  }

  private static List<DeviceRequest> requests(Lease lease) {
    return IntStream.range(0, lease.devices().size())
        .mapToObj(
            i ->
                new DeviceRequestBuilder()
                    .withName("r" + i)
                    .withNewExactly()
                    .withDeviceClassName(DEVICE_CLASS)
                    .withAllocationMode("ExactCount")
                    .withCount(1L)
                    .endExactly()
                    .build())
        .toList();
  }

  private static AllocationResult allocation(
      Identity id, Placement placement, Lease lease, long epoch, Instant now) {
    return new AllocationResultBuilder()
        .withNewDevices()
        .withResults(
            IntStream.range(0, lease.devices().size()).mapToObj(i -> result(lease, i)).toList())
        .withConfig(config(id, placement, lease, epoch))
        .endDevices()
        .withNodeSelector(onNode(lease.node()))
        // Without it kube-scheduler adds one and the API server refuses the change for ever.
        .withAllocationTimestamp(now.truncatedTo(ChronoUnit.SECONDS).toString())
        .build();
  }

  private static DeviceRequestAllocationResult result(Lease lease, int index) {
    Lease.Device device = lease.devices().get(index);
    DeviceRequestAllocationResultBuilder result =
        new DeviceRequestAllocationResultBuilder()
            .withRequest("r" + index)
            .withDriver(DRIVER)
            .withPool(lease.node())
            .withDevice(device.name());
    if (device.shared()) {
      // Derived from the lease, so that writing it again writes the same.
      String seed = lease.id() + "/" + device.name();
      result
          .withShareID(UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString())
          .withConsumedCapacity(consumed(lease, device));
    }
    return result.build();
  }

  private static Map<String, Quantity> consumed(Lease lease, Lease.Device device) {
    return device.isCpu()
        ? Map.of(
            "cpu", new Quantity(lease.cpuMilli() + "m"),
            "memory", new Quantity(lease.memoryMib() + "Mi"))
        : Map.of(
            "milli", new Quantity(Integer.toString(device.milli())),
            "memory", new Quantity(device.memoryMib() + "Mi"));
  }

  private static DeviceAllocationConfiguration config(
      Identity id, Placement placement, Lease lease, long epoch) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("leaseId", lease.id());
    parameters.put("epoch", epoch);
    parameters.put("account", id.namespace());
    parameters.put("owner", id.display());
    parameters.put("flavor", placement.flavor());
    parameters.put("catalogVersion", placement.catalogVersion());
    parameters.put("seat", lease.seat());
    return new DeviceAllocationConfigurationBuilder()
        .withSource("FromClaim")
        .withNewOpaque()
        .withDriver(DRIVER)
        .withParameters(parameters)
        .endOpaque()
        .build();
  }

  private static NodeSelector onNode(String node) {
    return new NodeSelectorBuilder()
        .addNewNodeSelectorTerm()
        .addNewMatchField()
        .withKey("metadata.name")
        .withOperator("In")
        .withValues(node)
        .endMatchField()
        .endNodeSelectorTerm()
        .build();
  }
}
