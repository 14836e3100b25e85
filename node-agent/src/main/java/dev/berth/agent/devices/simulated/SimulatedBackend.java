package dev.berth.agent.devices.simulated;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.Catalog;
import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.NodeInventory;
import dev.berth.api.process.ConfigException;
import dev.berth.api.process.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices that exist in a YAML file only. Everything around them is real. */
public final class SimulatedBackend implements DeviceBackend {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedBackend.class);
  private static final long POLL_MILLIS = 500;

  private final Path file;
  private final SimulatedInventory inventories;
  private final SimulatedMig mig;
  private final SimulatedExporter exporter;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService poll =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("simulated-devices").factory());
  private volatile View view;
  private FileTime read;

  private record View(SimulatedNode yaml, NodeInventory inventory) {}

  /**
   * Reads {@code file} and serves the exporter.
   *
   * @param stateFile keeps MIG instances over restarts of the agent
   * @param held names of the devices that are held now; they look busy
   */
  public SimulatedBackend(
      String node,
      Path file,
      int exporterPort,
      Path stateFile,
      String bootId,
      Supplier<Set<String>> held) {
    this.file = file;
    this.inventories = new SimulatedInventory(new Catalog(), node);
    this.mig = new SimulatedMig(stateFile, bootId, UUID::randomUUID);
    this.read = modified();
    this.view = load();
    this.exporter = new SimulatedExporter(node, exporterPort, this, held);
    var _ =
        poll.scheduleWithFixedDelay(this::reread, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private View load() {
    SimulatedNode yaml = ConfigFile.read(file, SimulatedNode.class);
    return new View(yaml, inventories.of(yaml));
  }

  private FileTime modified() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new ConfigException("Cannot read the simulated devices file " + file + ": " + e, e);
    }
  }

  private void reread() {
    try {
      FileTime now = modified();
      if (now.equals(read)) {
        return;
      }
      read = now;
      view = load();
      LOG.atInfo().addKeyValue("file", file).log("Simulated devices were read again.");
      listeners.forEach(Runnable::run);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("file", file)
          .setCause(e)
          .log("Simulated devices cannot be read; the former ones stay.");
    }
  }

  SimulatedNode yaml() {
    return view.yaml();
  }

  @Override
  public NodeInventory inventory() {
    return view.inventory();
  }

  @Override
  public Map<String, String> unhealthy() {
    Map<String, String> reasons = new LinkedHashMap<>();
    view.yaml().unhealthy().forEach(d -> reasons.put(d, "set unhealthy in " + file.getFileName()));
    return reasons;
  }

  @Override
  public List<MigInstance> instances() {
    return mig.instances(inventory());
  }

  @Override
  public MigInstance create(MigPlace place) {
    return mig.create(inventory(), place);
  }

  @Override
  public void destroy(MigPlace place) {
    mig.destroy(place);
  }

  @Override
  public List<String> deviceNodes(List<String> devices, List<MigInstance> instances) {
    return List.of();
  }

  @Override
  public List<String> sharedNodes(List<Card> cards) {
    return List.of();
  }

  @Override
  public String exporterUrl() {
    return exporter.url();
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    poll.shutdownNow();
    exporter.close();
  }
}
