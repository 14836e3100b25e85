package dev.berth.operator.hosting;

import dev.berth.api.zerogpu.Hosting.HostedSpace;
import java.util.List;

/** The Spaces of a namespace that want a seat beside shared devices. */
@FunctionalInterface
public interface HostedSpaces {
  List<HostedSpace> of(String namespace);
}
