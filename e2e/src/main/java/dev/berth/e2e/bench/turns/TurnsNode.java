package dev.berth.e2e.bench.turns;

import com.nimbusds.jose.jwk.JWKSet;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.devices.simulated.SimulatedBackend;
import dev.berth.agent.runtime.Moments;
import dev.berth.agent.turns.ZeroGpu;
import dev.berth.agent.turns.ZeroGpuConfig;
import dev.berth.agent.turns.devices.LentCards;
import dev.berth.agent.turns.devices.SharedDevices;
import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.Draw;
import dev.berth.agent.turns.quota.DrawAnswer;
import dev.berth.agent.turns.quota.QuotaKeeper;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.api.process.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The part of a node agent that serves turns, in a process of its own, on cards that do not exist
 * and with quota for everybody. Prints the address of each seat, then "ready".
 */
public final class TurnsNode {
  private TurnsNode() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    int cards = Integer.parseInt(args[1]);
    int seats = Integer.parseInt(args[2]);
    ZeroGpu zeroGpu = start(directory, cards);
    for (int i = 0; i < seats; i++) {
      System.out.println("seat " + lease(i) + " " + open(zeroGpu, i));
    }
    System.out.println("ready");
    Thread.currentThread().join();
  }

  private static ZeroGpu start(Path directory, int cards) throws IOException {
    Path yaml =
        Files.writeString(
            directory.resolve("cards.yaml"), "cards: [{model: H200-141, count: " + cards + "}]\n");
    SimulatedBackend backend =
        new SimulatedBackend(
            "bench", yaml, 0, directory.resolve("mig.json"), "boot", () -> Set.<String>of());
    List<String> names = IntStream.range(0, cards).mapToObj(i -> "gpu-" + i).toList();
    return ZeroGpu.start(
        ZeroGpuConfig.of(new HostPort("127.0.0.1", 0), names),
        new ZeroGpu.Surroundings(
            "bench",
            "boot",
            directory.resolve("turns"),
            () -> Moments.system().now(),
            () -> new JWKSet()),
        new SharedDevices(backend, names, LentCards.none(), card -> false),
        LentCards.none(),
        new Plenty());
  }

  private static String lease(int seat) {
    return "space/bench/s" + seat + "#0";
  }

  private static String open(ZeroGpu zeroGpu, int seat) {
    Grant grant =
        new Grant(
            lease(seat), 1, "bench", "Space bench/s" + seat, "zero-gpu", "1", List.of(), true);
    PreparedClaim claim = new PreparedClaim("claim-" + seat, "bench", "s" + seat, List.of());
    return zeroGpu
        .seats()
        .open(grant, claim, "pod-" + seat)
        .orElseThrow()
        .env()
        .getOrDefault("SPACES_ZERO_DEVICE_API_URL", "");
  }

  /** Everybody may have what they want. */
  private static final class Plenty implements QuotaKeeper {
    @Override
    public DrawAnswer draw(Draw draw) {
      return new DrawAnswer.Given(
          draw.wantNanos(), draw.runs(), Long.MAX_VALUE, DrawAnswer.Standing.UNKNOWN);
    }

    @Override
    public QuotaRules rules() {
      return QuotaRules.STANDARD;
    }

    @Override
    public List<String> settle(List<Allowance> spent) {
      return spent.stream().filter(Allowance::closed).map(Allowance::drawId).toList();
    }
  }
}
