package dev.berth.agent.dra;

import dev.berth.agent.core.Event;
import dev.berth.agent.devices.Health;
import dev.berth.agent.devices.simulated.SimulatedBackend;
import dev.berth.agent.journal.Recovery;
import dev.berth.agent.runtime.AgentLedger;
import dev.berth.agent.runtime.GrantBoard;
import dev.berth.agent.runtime.Moments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A plugin on the example's simulated devices, with a map for an API server. */
final class PluginUnderTest implements AutoCloseable {
  final Map<String, AllocatedClaim> claims = new ConcurrentHashMap<>();
  final Map<String, String> xids = new ConcurrentHashMap<>();
  final AtomicInteger registrations = new AtomicInteger();
  final GrantBoard board = new GrantBoard();
  final AgentLedger ledger;
  final SimulatedBackend backend;
  final Health health;
  final KubeletPlugin plugin;

  PluginUnderTest(Path dir) {
    this(dir, SeatDesk.NONE);
  }

  PluginUnderTest(Path dir, SeatDesk seats) {
    this(dir, plugin -> new Lender(seats, DeviceLoans.NONE));
  }

  /** What of ZeroGPU the plugin works with. */
  record Lender(SeatDesk seats, DeviceLoans loans) {}

  PluginUnderTest(Path dir, Function<PluginUnderTest, Lender> lender) {
    Recovery.Opened opened =
        new Recovery(dir.resolve("journal"), () -> UUID.randomUUID().toString())
            .open(Moments.system().now());
    ledger = new AgentLedger(opened.state(), opened.journal(), Moments.system());
    ledger.record(new Event.Booted("boot"));
    backend = new SimulatedBackend("n1", example(dir), 0, dir.resolve("mig.json"), "boot", Set::of);
    ledger.record(new Event.DevicesSeen(backend.inventory().timelines()));
    health = new Health(List.of(backend::unhealthy, () -> Map.copyOf(xids)));
    Lender zeroGpu = lender.apply(this);
    Preparer preparer =
        new Preparer(
            "n1",
            (namespace, name) -> Optional.ofNullable(claims.get(name)),
            ledger,
            board,
            backend,
            health,
            dir.resolve("cdi"),
            zeroGpu.seats(),
            zeroGpu.loans());
    preparer.tidy();
    plugin =
        new KubeletPlugin(
            dir.resolve("kubelet"),
            "n1",
            preparer,
            Duration.ofSeconds(1),
            backend,
            health,
            registrations::incrementAndGet);
    plugin.start();
  }

  private static Path example(Path dir) {
    try (var in =
        Objects.requireNonNull(
            PluginUnderTest.class.getResourceAsStream("/examples/simulated-node.yaml"))) {
      return Files.write(dir.resolve("node.yaml"), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void xid(String card) {
    xids.put(card, "XID 79");
    health.refresh();
  }

  String uuid(String card) {
    return backend.inventory().card(card).orElseThrow().uuid();
  }

  @Override
  public void close() {
    plugin.close();
    backend.close();
  }
}
