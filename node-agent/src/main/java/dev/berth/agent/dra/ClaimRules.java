package dev.berth.agent.dra;

import dev.berth.agent.core.Footprint;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.devices.NodeInventory;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import dev.berth.agent.dra.AllocatedClaim.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** From a claim to the lease that it asks for. */
final class ClaimRules {
  private static final List<String> REQUIRED =
      List.of("leaseId", "epoch", "account", "owner", "flavor", "catalogVersion");

  private ClaimRules() {}

  /** What a claim asks for. */
  sealed interface Parsed {
    record Request(Grant grant, PreparedClaim claim, String podUid) implements Parsed {}

    /** Not a claim this driver can serve; says why and what was expected. */
    record Invalid(String message) implements Parsed {}
  }

  /** A claim as the kubelet names it. */
  record ClaimRef(String namespace, String name, String uid) {
    @Override
    public String toString() {
      return namespace + "/" + name;
    }
  }

  static Parsed parse(ClaimRef ref, AllocatedClaim claim, String node, NodeInventory inventory) {
    List<String> wrong = new ArrayList<>();
    if (!claim.uid().equals(ref.uid())) {
      wrong.add("it was replaced: its uid is " + claim.uid() + ", asked for " + ref.uid());
    }
    if (claim.allocations().isEmpty()) {
      wrong.add("its status allocates no device of driver " + Driver.NAME);
    }
    checkDevices(claim, node, inventory, wrong);
    checkParameters(claim.parameters(), wrong);
    return wrong.isEmpty()
        ? request(ref, claim, inventory)
        : new Parsed.Invalid("Claim " + ref + " cannot be prepared: " + String.join("; ", wrong));
  }

  private static void checkDevices(
      AllocatedClaim claim, String node, NodeInventory inventory, List<String> wrong) {
    for (Allocation a : claim.allocations()) {
      if (!a.pool().equals(node)) {
        wrong.add("device " + a.device() + " is of pool " + a.pool() + ", this node is " + node);
      } else if (!inventory.specs().containsKey(a.device())) {
        wrong.add("device " + a.device() + " does not exist on this node");
      }
    }
  }

  private static void checkParameters(Map<String, String> parameters, List<String> wrong) {
    List<String> missing = REQUIRED.stream().filter(k -> !parameters.containsKey(k)).toList();
    if (!missing.isEmpty()) {
      wrong.add("its " + Driver.NAME + " parameters lack " + missing);
    } else if (!parameters.getOrDefault("epoch", "").matches("[1-9]\\d{0,17}")) {
      wrong.add("parameter epoch is '" + parameters.get("epoch") + "', expected a number > 0");
    }
  }

  private static Parsed request(ClaimRef ref, AllocatedClaim claim, NodeInventory inventory) {
    Map<String, String> p = claim.parameters();
    Grant grant =
        new Grant(
            p.getOrDefault("leaseId", ""),
            Long.parseLong(p.getOrDefault("epoch", "0")),
            p.getOrDefault("account", ""),
            p.getOrDefault("owner", ""),
            p.getOrDefault("flavor", ""),
            p.getOrDefault("catalogVersion", ""),
            claim.allocations().stream().map(a -> device(a, inventory)).toList(),
            Boolean.parseBoolean(p.getOrDefault("seat", "false")));
    List<PreparedClaim.Result> results =
        claim.allocations().stream()
            .map(a -> new PreparedClaim.Result(a.request(), a.device(), a.shareId()))
            .toList();
    return new Parsed.Request(
        grant, new PreparedClaim(ref.uid(), ref.namespace(), ref.name(), results), claim.podUid());
  }

  private static LeaseDevice device(Allocation a, NodeInventory inventory) {
    DeviceSpec spec = Objects.requireNonNull(inventory.specs().get(a.device()));
    return new LeaseDevice(
        spec.name(),
        spec.model(),
        spec.footprint() instanceof Footprint.Share s
            ? new Footprint.Share(s.card(), a.milli())
            : spec.footprint());
  }
}
