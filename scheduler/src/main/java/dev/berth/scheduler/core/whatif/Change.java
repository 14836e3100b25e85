package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Topology;
import java.util.List;

/**
 * A change after which a request is placed at once, tried before it is told. The records are in
 * order of what they cost: waiting, the same under another rule, less, another's loss, new
 * hardware.
 */
public sealed interface Change {

  /** A change of the request: {@code request} is placed if it is submitted instead. */
  sealed interface Amended extends Change {
    Request request();
  }

  /** Something else happens, and the request stays as it is. */
  sealed interface Elsewhere extends Change {}

  /** These placements, released already, are drained. */
  record Drained(List<String> placements) implements Elsewhere {
    public Drained {
      placements = List.copyOf(placements);
    }
  }

  /** These nodes heartbeat again. */
  record NodesReady(List<String> nodes) implements Elsewhere {
    public NodesReady {
      nodes = List.copyOf(nodes);
    }
  }

  /** The gang's members in one domain of this level, or anywhere. */
  record LooserTopology(Topology.Level level, Request request) implements Amended {}

  /** Nodes of this region may be used too. */
  record OtherRegion(String region, Request request) implements Amended {}

  /** Another model does as well; {@code memoryMib} is what one of its devices has. */
  record OtherDevice(Accelerator asked, Accelerator instead, long memoryMib, Request request)
      implements Amended {}

  /** At most this much of processor and memory for each member. */
  record SmallerHost(long cpuMilli, long memoryMib, Request request) implements Amended {}

  /** The first {@code members} of the gang. */
  record FewerMembers(int members, Request request) implements Amended {}

  /** Less of the device for each member that asked for it. */
  record SmallerDevice(Accelerator asked, Accelerator instead, Request request)
      implements Amended {}

  /** These placements are given back; {@code milliDevices} is what they hold, 1000 a device. */
  record Released(List<String> placements, long milliDevices) implements Elsewhere {
    public Released {
      placements = List.copyOf(placements);
    }
  }

  /** {@code count} empty nodes like this one are added. */
  record MoreNodes(String like, Inventory inventory, int count) implements Elsewhere {}

  /** Makes it so. */
  default void apply(Sandbox sandbox) {
    switch (this) {
      case Amended amended -> sandbox.step(new Event.Release(amended.request().id()));
      case Drained drained -> drained.placements().forEach(sandbox::drained);
      case NodesReady ready -> ready.nodes().forEach(sandbox::ready);
      case Released released -> released.placements().forEach(sandbox::release);
      case MoreNodes more -> sandbox.add(more.like() + "-copy-", more.inventory(), more.count());
    }
  }
}
