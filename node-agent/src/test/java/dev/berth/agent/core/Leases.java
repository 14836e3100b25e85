package dev.berth.agent.core;

import java.util.Arrays;
import java.util.List;

/** Grants and claims for tests. */
public final class Leases {
  private Leases() {}

  public static Grant grant(String id, long epoch, LeaseDevice... devices) {
    return new Grant(id, epoch, "acme", "Space acme/" + id, "t4-small", "v1", List.of(devices));
  }

  public static LeaseDevice whole(int card) {
    return new LeaseDevice("gpu-" + card, "H200-141", new Footprint.Whole("gpu-" + card));
  }

  public static LeaseDevice mig(int card, long mask) {
    return new LeaseDevice(
        "gpu-" + card + "-mig-" + mask, "H200-141", new Footprint.Mig("gpu-" + card, mask));
  }

  public static LeaseDevice share(int card, int milli) {
    return new LeaseDevice(
        "gpu-" + card + "-share", "H200-141", new Footprint.Share("gpu-" + card, milli));
  }

  public static LeaseDevice cpu() {
    return new LeaseDevice("cpu", "cpu", new Footprint.Common("cpu"));
  }

  public static PreparedClaim claim(String uid, LeaseDevice... devices) {
    return new PreparedClaim(
        uid,
        "ns",
        "claim-" + uid,
        Arrays.stream(devices).map(d -> new PreparedClaim.Result("r", d.name(), "")).toList());
  }
}
