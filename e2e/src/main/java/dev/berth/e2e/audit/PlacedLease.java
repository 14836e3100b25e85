package dev.berth.e2e.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lease as the scheduler knows it.
 *
 * @param devices device names, as in common.proto
 */
public record PlacedLease(String lease, String node, List<String> devices) {

  /** One sentence for each device that two leases hold though only one may. */
  static List<String> clashes(List<PlacedLease> leases) {
    Map<String, PlacedLease> holders = new HashMap<>();
    List<String> clashes = new ArrayList<>();
    for (var lease : leases) {
      lease.devices().stream()
          .filter(PlacedLease::exclusive)
          .forEach(device -> lease.take(device, holders, clashes));
    }
    for (var lease : leases) {
      lease.devices().stream()
          .filter(device -> device.contains("-mig-"))
          .forEach(slice -> lease.againstWhole(slice, holders, clashes));
    }
    return clashes;
  }

  private void take(String device, Map<String, PlacedLease> holders, List<String> clashes) {
    var other = holders.put(node + "/" + device, this);
    if (other != null && !other.lease().equals(lease)) {
      clashes.add(given(device, other));
    }
  }

  private void againstWhole(String slice, Map<String, PlacedLease> holders, List<String> clashes) {
    var card = slice.substring(0, slice.indexOf("-mig-"));
    var other = holders.get(node + "/" + card);
    if (other != null) {
      clashes.add(given(card, other));
    }
  }

  private String given(String device, PlacedLease other) {
    return "Device %s on %s is given twice: to %s and to %s"
        .formatted(device, node, other.lease(), lease);
  }

  /** The card that a device is, or is a part of. */
  static String card(String device) {
    int slice = device.indexOf("-mig-");
    return slice >= 0
        ? device.substring(0, slice)
        : device.endsWith("-share")
            ? device.substring(0, device.length() - "-share".length())
            : device;
  }

  private static boolean exclusive(String device) {
    return !device.equals("cpu") && !device.endsWith("-share");
  }
}
