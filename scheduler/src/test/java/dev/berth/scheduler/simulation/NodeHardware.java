package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.simulation.AgentJournal.Known;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is really prepared on a node, by claim, whatever its agent believes. */
final class NodeHardware {
  private final World world;
  private final String name;
  private final Map<String, Known> prepared = new LinkedHashMap<>();
  private final Map<String, Runnable> kubelet = new LinkedHashMap<>();

  NodeHardware(World world, String name) {
    this.world = world;
    this.name = name;
  }

  boolean idle() {
    return prepared.isEmpty();
  }

  boolean has(String claim) {
    return prepared.containsKey(claim);
  }

  void unprepare(String claim) {
    prepared.remove(claim);
    kubelet.remove(claim);
  }

  /** Nothing is prepared any more, and the kubelet starts its pods again. */
  void reboot() {
    prepared.clear();
    kubelet.values().forEach(Runnable::run);
  }

  /** What the kubelet does for this claim after a reboot. */
  void afterReboot(String claim, Runnable start) {
    kubelet.put(claim, start);
  }

  /** Fails when anything of it is in use, or is not the lease's any more. */
  void prepare(String claim, Known asked, Inventory inventory) {
    for (Known other : prepared.values()) {
      Checks.require(
          !other.id().equals(asked.id()) && !AgentJournal.conflict(other, asked, inventory),
          "%s prepares %s for %s while %s is prepared",
          name,
          asked,
          claim,
          other);
    }
    String id = Request.placementOf(asked.id());
    Placement stored = world.store().placement(id);
    Checks.require(
        stored != null && stored.leases().stream().anyMatch(l -> l.id().equals(asked.id())),
        "%s prepares %s, which the scheduler has given away",
        name,
        asked);
    prepared.put(claim, asked);
  }

  /** Fails when a lease of the placement is in use here. */
  void nothingPrepared(String placement) {
    for (Known lease : prepared.values()) {
      Checks.require(
          !Request.placementOf(lease.id()).equals(placement),
          "%s was given away while prepared on %s",
          lease,
          name);
    }
  }
}
