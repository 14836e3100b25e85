package dev.berth.agent.devices.simulated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.NodeInventory;
import dev.berth.api.process.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Serves what dcgm-exporter would show of the simulated cards, in its own text format: rows by GPU
 * instance for cards that are cut, values of the parent on each of them for power, energy and
 * temperature, no utilisation there, and XID errors as they are set.
 */
final class SimulatedExporter implements AutoCloseable {
  private static final double IDLE_WATTS = 60;
  private static final double BUSY_WATTS = 340;
  private static final int OFF_THE_BUS = 79;

  private final String node;
  private final SimulatedBackend backend;
  private final Supplier<Set<String>> held;
  private final HttpServer server;
  private final Map<String, Double> energy = new HashMap<>();
  private long last = System.nanoTime();

  SimulatedExporter(String node, int port, SimulatedBackend backend, Supplier<Set<String>> held) {
    this.node = node;
    this.backend = backend;
    this.held = held;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4);
    } catch (IOException e) {
      throw new ConfigException("Cannot serve the exporter on port " + port + ": " + e, e);
    }
    server.createContext("/metrics", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] body = text().getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String text() {
    double seconds = (System.nanoTime() - last) / 1e9;
    last = System.nanoTime();
    Set<String> busy = held.get();
    List<MigInstance> instances = backend.instances();
    ExporterPage page = new ExporterPage();
    for (Card card : backend.inventory().cards()) {
      card(
          page,
          card,
          instances.stream().filter(i -> i.place().card().equals(card)).toList(),
          busy,
          seconds);
    }
    return page.text();
  }

  private void card(
      ExporterPage page, Card card, List<MigInstance> cut, Set<String> busy, double seconds) {
    double load = busy.stream().anyMatch(d -> of(card, d)) ? backend.yaml().busyRatio() : 0;
    double watts = IDLE_WATTS + BUSY_WATTS * load;
    energy.merge(card.uuid(), watts * seconds * 1000, Double::sum);
    int xid = xid(card);
    if (cut.isEmpty()) {
      Row row = new Row(page, ExporterPage.labels(card, node), watts, xid);
      row.whole(card, load);
    }
    for (MigInstance i : cut) {
      boolean used = busy.contains(NodeInventory.DeviceSpec.nameOf(i.place()));
      Row row = new Row(page, ExporterPage.labels(i, node), watts, xid);
      row.instance(i, used ? backend.yaml().busyRatio() : 0);
    }
  }

  private static boolean of(Card card, String device) {
    return device.equals(card.name()) || device.startsWith(card.name() + "-");
  }

  private int xid(Card card) {
    return backend.yaml().unhealthy().contains(card.name())
        ? OFF_THE_BUS
        : backend.yaml().xid().getOrDefault(card.name(), 0);
  }

  /** The samples of one card or instance. */
  private final class Row {
    private final ExporterPage page;
    private final String labels;
    private final double watts;
    private final int xid;

    Row(ExporterPage page, String labels, double watts, int xid) {
      this.page = page;
      this.labels = labels;
      this.watts = watts;
      this.xid = xid;
    }

    void whole(Card card, double load) {
      page.gauge("DCGM_FI_DEV_GPU_UTIL", labels, Math.round(load * 100));
      common(card, card.memoryMib(), load);
    }

    void instance(MigInstance i, double load) {
      common(i.place().card(), i.place().profile().memoryMib(), load);
    }

    private void common(Card card, long memoryMib, double load) {
      page.ratio("DCGM_FI_PROF_GR_ENGINE_ACTIVE", labels, load);
      page.ratio("DCGM_FI_PROF_SM_ACTIVE", labels, load);
      long used = Math.round(memoryMib * load / 2);
      page.gauge("DCGM_FI_DEV_FB_USED", labels, used);
      page.gauge("DCGM_FI_DEV_FB_FREE", labels, memoryMib - used);
      page.ratio("DCGM_FI_DEV_POWER_USAGE", labels, watts);
      page.gauge("DCGM_FI_DEV_GPU_TEMP", labels, Math.round(30 + watts / 10));
      page.counter(
          "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
          labels,
          Math.round(energy.getOrDefault(card.uuid(), 0.0)));
      page.gauge("DCGM_FI_DEV_XID_ERRORS", labels, xid);
      String window = labels + ",window_size_in_ms=\"300000\"";
      page.gauge(
          "DCGM_EXP_XID_ERRORS_COUNT",
          xid == 0 ? window : window + ",xid=\"" + xid + "\"",
          xid == 0 ? 0 : 1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
