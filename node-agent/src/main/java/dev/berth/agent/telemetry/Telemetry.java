package dev.berth.agent.telemetry;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Footprint;
import dev.berth.agent.core.Lease;
import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.core.Reports.Metered;
import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.telemetry.Meter.Holding;
import dev.berth.agent.telemetry.Meter.Part;
import dev.berth.agent.telemetry.Reading.Key;
import dev.berth.agent.telemetry.XidRules.Xids;
import io.prometheus.metrics.core.metrics.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes the exporter and keeps busy time, energy and fatal XIDs. A scrape that fails adds
 * nothing.
 */
public final class Telemetry implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
  private static final Counter SCRAPES =
      Counter.builder()
          .name("berth_agent_exporter_scrapes_total")
          .help("Scrapes of dcgm-exporter by outcome (ok, failed).")
          .labelNames("outcome")
          .register();

  private final Scraper scraper;
  private final DeviceBackend backend;
  private final Supplier<AgentState> state;
  private final long interval;
  private volatile Meter meter = Meter.empty();
  private volatile Xids xids = Xids.NONE;
  private boolean failing;

  public Telemetry(
      Scraper scraper, DeviceBackend backend, Supplier<AgentState> state, Duration interval) {
    this.scraper = scraper;
    this.backend = backend;
    this.state = state;
    this.interval = interval.toNanos();
  }

  /** Totals of the leases held now, by id. */
  public Map<String, Metered> metered() {
    return meter.totals();
  }

  /** Cards that a fatal XID condemns, with the reason. */
  public Map<String, String> unhealthy() {
    Map<String, String> reasons = new HashMap<>();
    for (Card card : backend.inventory().cards()) {
      Integer xid = xids.fatal().get(card.uuid());
      if (xid != null) {
        reasons.put(card.name(), "XID " + xid);
      }
    }
    return reasons;
  }

  /** One scrape. */
  @Override
  public void run() {
    try {
      Map<Key, Reading> readings = scraper.scrape();
      meter = meter.scraped(readings, holdings(), System.nanoTime(), interval);
      xids = XidRules.next(xids, readings);
      succeeded();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private Map<String, Holding> holdings() {
    List<MigInstance> instances = backend.instances();
    Map<String, Holding> held = new HashMap<>();
    for (Lease lease : state.get().prepared()) {
      List<Part> parts =
          lease.grant().devices().stream().flatMap(d -> part(d, instances).stream()).toList();
      Metered base = new Metered(lease.usage().busyNanos(), lease.usage().energyMillijoules());
      if (lease.held() && !parts.isEmpty()) {
        held.put(lease.id(), new Holding(parts, base));
      }
    }
    return held;
  }

  private Optional<Part> part(LeaseDevice device, List<MigInstance> instances) {
    return backend
        .inventory()
        .card(device.footprint().card())
        .flatMap(
            card ->
                switch (device.footprint()) {
                  case Footprint.Whole _ -> Optional.of(new Part(Key.card(card.uuid()), 1));
                  case Footprint.Share s ->
                      Optional.of(new Part(Key.card(card.uuid()), s.milli() / 1000.0));
                  case Footprint.Mig m -> migPart(card, m, instances);
                  case Footprint.Common _ -> Optional.empty();
                });
  }

  private static Optional<Part> migPart(Card card, Footprint.Mig mig, List<MigInstance> instances) {
    return instances.stream()
        .filter(i -> i.place().card().uuid().equals(card.uuid()))
        .filter(i -> i.place().profile().mask(i.place().start()) == mig.memoryMask())
        .findFirst()
        .map(
            i ->
                new Part(
                    new Key(card.uuid(), i.gpuInstanceId()),
                    (double) i.place().profile().computeSlices() / card.migSlices()));
  }

  private void succeeded() {
    SCRAPES.labelValues("ok").inc();
    if (failing) {
      LOG.atInfo().log("The exporter answers again.");
    }
    failing = false;
  }

  private void failed(Exception e) {
    SCRAPES.labelValues("failed").inc();
    if (!failing) {
      LOG.atWarn()
          .addKeyValue("cause", e.toString())
          .log("The exporter cannot be read; busy time and energy stand still until it can.");
    }
    failing = true;
  }
}
