package dev.berth.agent.devices.nvidia;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.Catalog;
import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.DeviceException;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.NodeInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * NVIDIA cards through nvidia-smi. Health comes from the exporter's XIDs; a card that is missing
 * shows when the process starts. After a MIG change the exporter must reload its list, which {@code
 * migChanged} is for (e.g. by SIGHUP).
 */
public final class NvidiaBackend implements DeviceBackend {
  private final NvidiaSmi smi;
  private final NvidiaInventory reader;
  private final String exporterUrl;
  private final Runnable migChanged;
  private final NodeInventory inventory;
  private volatile List<MigInstance> instances;

  public NvidiaBackend(CommandRunner runner, String exporterUrl, Runnable migChanged) {
    this.smi = new NvidiaSmi(runner);
    this.reader = new NvidiaInventory(smi, new Catalog());
    this.exporterUrl = exporterUrl;
    this.migChanged = migChanged;
    this.inventory = reader.read();
    this.instances = reader.instances(inventory).toList();
  }

  @Override
  public NodeInventory inventory() {
    return inventory;
  }

  @Override
  public Map<String, String> unhealthy() {
    return Map.of();
  }

  /** As of the last change by us; walking all instances takes the driver seconds under load. */
  @Override
  public List<MigInstance> instances() {
    return instances;
  }

  @Override
  public synchronized MigInstance create(MigPlace place) {
    refresh();
    Optional<MigInstance> there = at(place);
    if (there.isPresent() && !there.get().uuid().isEmpty()) {
      return there.get();
    }
    if (there.isPresent()) {
      smi.createCompute(place.card().index(), there.get().gpuInstanceId());
    } else {
      smi.create(place.card().index(), place.profile().id(), place.start());
    }
    changed();
    return at(place)
        .filter(i -> !i.uuid().isEmpty())
        .orElseThrow(
            () -> new DeviceException("The new MIG instance at " + place + " has no UUID"));
  }

  @Override
  public synchronized void destroy(MigPlace place) {
    refresh();
    Optional<MigInstance> there = at(place);
    if (there.isPresent()) {
      smi.destroy(place.card().index(), there.get().gpuInstanceId());
      changed();
    }
  }

  private Optional<MigInstance> at(MigPlace place) {
    return instances.stream().filter(i -> i.place().equals(place)).findFirst();
  }

  private void changed() {
    refresh();
    migChanged.run();
  }

  private void refresh() {
    instances = reader.instances(inventory).toList();
  }

  @Override
  public List<String> deviceNodes(List<String> devices, List<MigInstance> held) {
    List<String> nodes =
        new ArrayList<>(List.of("/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools"));
    List<String> cards =
        devices.stream().flatMap(d -> inventory.card(d).stream()).map(Card::uuid).toList();
    smi.details().stream()
        .filter(g -> cards.contains(g.uuid()))
        .forEach(g -> nodes.add("/dev/nvidia" + g.minor()));
    held.forEach(i -> nodes.addAll(NvidiaCaps.nodes(i)));
    return nodes;
  }

  @Override
  public List<String> sharedNodes(List<Card> cards) {
    List<String> nodes = deviceNodes(cards.stream().map(Card::name).toList(), List.of());
    List<String> minors = NvidiaCaps.minors();
    cards.forEach(c -> nodes.addAll(NvidiaCaps.nodes(c, minors)));
    return nodes;
  }

  @Override
  public String exporterUrl() {
    return exporterUrl;
  }

  /** Nothing changes while the process runs. */
  @Override
  public void onChange(Runnable listener) {}

  @Override
  public void close() {}
}
