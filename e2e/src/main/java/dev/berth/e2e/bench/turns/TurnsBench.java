package dev.berth.e2e.bench.turns;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.bench.Jvm;
import dev.berth.e2e.bench.Load;
import dev.berth.e2e.bench.turns.Caller.Seat;
import dev.berth.e2e.process.Pause;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Grants with a free card one after the other, then turns of 50 ms by many callers at once. */
public final class TurnsBench {
  private static final int CARDS = 40;
  private static final int SEATS = 500;
  private static final int CALLERS = 36;
  private static final int WARM_UP = 8_000;
  private static final int ALONE = 2_000;
  private static final Duration TURN = Duration.ofMillis(50);
  private static final Duration MEASURED = Duration.ofSeconds(20);

  private final List<Seat> seats;
  private final Caller caller = new Caller();

  private TurnsBench(List<Seat> seats) {
    this.seats = seats;
  }

  /** False when {@code name} is not "turns". */
  public static boolean run(String name, PrintStream out) throws IOException {
    if (!name.equals("turns")) {
      return false;
    }
    Path directory = Files.createTempDirectory("berth-turns");
    Path log = directory.resolve("node.log");
    List<String> options =
        List.of("-Xmx96m", "-XX:+UseSerialGC", "-Dlogback.configurationFile=berth-cli-logback.xml");
    List<String> arguments = List.of(directory.toString(), "" + CARDS, "" + SEATS);
    try (Jvm node = Jvm.start(options, TurnsNode.class.getName(), arguments, log)) {
      TurnsBench bench = new TurnsBench(awaitSeats(log));
      bench.alone(WARM_UP);
      out.printf(
          Locale.ROOT,
          "one node, %d cards, %d seats; %s%n  grant with a free card, one caller      %s   target p99 <= 5 ms%n",
          CARDS,
          SEATS,
          Load.average(),
          text(bench.alone(ALONE)));
      Duration before = node.cpu();
      long[] grants = bench.together();
      Duration used = node.cpu().minus(before);
      out.printf(
          Locale.ROOT,
          "  turns of %d ms, %d callers at once      %,.0f/s   target >= 500/s%n"
              + "  their grants                            %s%n"
              + "  processor time of the node a turn       %,d us%n"
              + "  resident memory of the node             %,d MiB   target <= 300 MiB%n",
          TURN.toMillis(),
          CALLERS,
          grants.length * 1e9 / MEASURED.toNanos(),
          text(grants),
          used.toNanos() / 1000 / Math.max(1, grants.length),
          residentMiB(node.pid()));
    }
    return true;
  }

  private static List<Seat> awaitSeats(Path log) throws IOException {
    for (int tries = 0; tries < 600; tries++) {
      List<String> lines = Files.readAllLines(log);
      if (lines.contains("ready")) {
        return lines.stream()
            .filter(line -> line.startsWith("seat "))
            .map(line -> line.split(" "))
            .map(words -> new Seat(words[1], words[2]))
            .toList();
      }
      Pause.of(Duration.ofMillis(100));
    }
    throw new FleetException("The node did not start: " + Files.readString(log));
  }

  /** Nanoseconds from the call to the grant, one call after the other. */
  private long[] alone(int count) {
    return IntStream.range(0, count)
        .mapToLong(
            i -> {
              Seat seat = seats.get(i % seats.size());
              long begin = System.nanoTime();
              String token = caller.schedule(seat);
              long taken = System.nanoTime() - begin;
              caller.release(seat, token);
              return taken;
            })
        .toArray();
  }

  private long[] together() {
    ConcurrentLinkedQueue<Long> grants = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + MEASURED.toNanos();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        int first = i;
        callers.submit(() -> callUntil(end, first, grants));
      }
    }
    return grants.stream().mapToLong(Long::longValue).toArray();
  }

  private void callUntil(long end, int first, ConcurrentLinkedQueue<Long> grants) {
    for (int i = first; System.nanoTime() < end; i += CALLERS) {
      Seat seat = seats.get(i % seats.size());
      long begin = System.nanoTime();
      String token = caller.schedule(seat);
      grants.add(System.nanoTime() - begin);
      Pause.of(TURN);
      caller.release(seat, token);
    }
  }

  private static String text(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? "none"
        : "p50 %.2f ms, p99 %.2f ms"
            .formatted(sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6);
  }

  private static long residentMiB(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
