package dev.berth.agent.turns.devices;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.NodeInventory;
import dev.berth.agent.devices.SharedDevice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node's hardware without the cards that turns share: leases can hold the rest. */
public record DedicatedDevices(DeviceBackend all, SharedDevices turns) implements DeviceBackend {
  @Override
  public NodeInventory inventory() {
    NodeInventory inventory = all.inventory();
    return new NodeInventory(
        inventory.cards().stream().filter(c -> !turns.cards().contains(c.name())).toList(),
        inventory.tpu());
  }

  @Override
  public List<SharedDevice> shared() {
    return turns.list();
  }

  @Override
  public Map<String, String> unhealthy() {
    return new HashMap<>(all.unhealthy());
  }

  @Override
  public List<MigInstance> instances() {
    return all.instances().stream()
        .filter(i -> !turns.cards().contains(i.place().card().name()))
        .toList();
  }

  @Override
  public MigInstance create(MigPlace place) {
    return all.create(place);
  }

  @Override
  public void destroy(MigPlace place) {
    all.destroy(place);
  }

  @Override
  public List<String> deviceNodes(List<String> devices, List<MigInstance> instances) {
    return all.deviceNodes(devices, instances);
  }

  @Override
  public List<String> sharedNodes(List<Card> cards) {
    return all.sharedNodes(cards);
  }

  @Override
  public String exporterUrl() {
    return all.exporterUrl();
  }

  @Override
  public void onChange(Runnable listener) {
    all.onChange(listener);
  }

  /** The hardware is closed by whoever opened it. */
  @Override
  public void close() {}
}
