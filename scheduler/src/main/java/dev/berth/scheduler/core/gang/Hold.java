package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Shape;
import java.util.List;

/** What one member takes of one node. A TPU slice over several hosts takes one of each. */
record Hold(String node, Shape shape, List<Device> devices) {
  Hold {
    devices = List.copyOf(devices);
  }

  Lease lease(String id, Node at) {
    return Placer.lease(id, at, shape, devices);
  }
}
