package dev.berth.agent.dra;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and destroys the MIG instances of leases. */
final class MigWork {
  private static final Logger LOG = LoggerFactory.getLogger(MigWork.class);
  private final DeviceBackend backend;

  MigWork(DeviceBackend backend) {
    this.backend = backend;
  }

  /** Clears what a crash left in the way, then makes the instances; existing ones are kept. */
  List<MigInstance> make(Grant grant, AgentState state) {
    clearStrays(grant, state);
    return places(grant).map(backend::create).toList();
  }

  void destroy(Grant grant) {
    places(grant).forEach(backend::destroy);
  }

  private Stream<MigPlace> places(Grant grant) {
    return grant.devices().stream()
        .flatMap(d -> Stream.ofNullable(backend.inventory().specs().get(d.name())))
        .flatMap(s -> s.mig().stream());
  }

  /** Instances on the grant's cards that no prepared lease owns and this grant does not want. */
  private void clearStrays(Grant grant, AgentState state) {
    Set<String> owned =
        Stream.concat(state.prepared().stream().map(l -> l.grant()), Stream.of(grant))
            .flatMap(g -> g.devices().stream())
            .map(LeaseDevice::name)
            .collect(Collectors.toSet());
    Set<String> cards =
        grant.devices().stream().map(d -> d.footprint().card()).collect(Collectors.toSet());
    backend.instances().stream()
        .map(MigInstance::place)
        .filter(p -> cards.contains(p.card().name()) && !owned.contains(DeviceSpec.nameOf(p)))
        .forEach(this::destroyStray);
  }

  private void destroyStray(MigPlace place) {
    LOG.atWarn()
        .addKeyValue("device", DeviceSpec.nameOf(place))
        .log("A MIG instance that no lease owns is destroyed.");
    backend.destroy(place);
  }
}
