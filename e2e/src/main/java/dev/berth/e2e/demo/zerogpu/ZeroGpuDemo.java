package dev.berth.e2e.demo.zerogpu;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.audit.AuditPrinter;
import dev.berth.e2e.audit.BooksReader;
import dev.berth.e2e.build.PythonImage;
import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Kubectl;
import dev.berth.e2e.client.Schedulers;
import dev.berth.e2e.demo.AppliedSpaces;
import dev.berth.e2e.demo.SpaceView;
import dev.berth.e2e.demo.zerogpu.Visitors.Visitor;
import dev.berth.e2e.fleet.LocalFleet;
import dev.berth.e2e.zerogpu.QuotaTable;
import dev.berth.e2e.zerogpu.Quotas;
import dev.berth.e2e.zerogpu.TurnsView;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Three unmodified gradio Spaces share cards: visitors of different tiers call them at once, a
 * quota runs out with the client's own message, an overrun is killed.
 */
public final class ZeroGpuDemo {
  public static final String NAMESPACE = "studio";

  private static final Duration SETTLING = Duration.ofSeconds(30);

  /** Enough for any sensible quota to run out. */
  private static final int CALLS_MAX = 30;

  private final AppliedSpaces spaces;
  private final FleetClient fleet;
  private final Visitors visitors;
  private final Quotas quotas;
  private final BooksReader audit;
  private final Path examples;
  private final Clock clock;
  private final PrintStream out;

  private ZeroGpuDemo(
      AppliedSpaces spaces,
      FleetClient fleet,
      Visitors visitors,
      Quotas quotas,
      BooksReader audit,
      Path examples,
      Clock clock,
      PrintStream out) {
    this.spaces = spaces;
    this.fleet = fleet;
    this.visitors = visitors;
    this.quotas = quotas;
    this.audit = audit;
    this.examples = examples;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Runs it on a fleet, whose node gets the image first.
   *
   * @param examples the directory with the Spaces
   */
  public static boolean run(LocalFleet fleet, PythonImage image, Path examples, PrintStream out) {
    fleet.cluster().importImage(image.archive());
    var client = new FleetClient(fleet);
    try (var quotas = new Quotas(Schedulers.of(fleet))) {
      return new ZeroGpuDemo(
              new AppliedSpaces(new Kubectl(fleet.cluster().kubectl()), NAMESPACE, out),
              client,
              new Visitors(image, client),
              quotas,
              BooksReader.of(fleet),
              examples,
              Clock.systemUTC(),
              out)
          .run();
    }
  }

  /**
   * Runs it whole; what was applied is deleted again also when something fails. Answers whether
   * visitors were charged what their turns took.
   */
  private boolean run() {
    // A free account may host two.
    visitors.tier(NAMESPACE, "pro");
    spaces.apply(examples);
    try {
      var running = spaces.awaitSettled();
      if (!running.stream().allMatch(SpaceView::running)) {
        throw new FleetException(
            "Not all Spaces run; a node needs cards that turns share (docs/zerogpu.md)");
      }
      var alice = visitors.account("alice", "pro");
      var bob = visitors.account("bob", "free");
      share(running, List.of(alice, bob, visitors.anonymous()));
      runOut(running.getFirst(), visitors.anonymous());
      overrun(running.getLast(), alice);
    } finally {
      spaces.delete();
    }
    return settle();
  }

  private boolean settle() {
    say("\nQuotas\n" + QuotaTable.of(quotas.read(), clock.instant()));
    say("What turns took and what was charged, once everything has come back");
    var books = audit.readAtRest(SETTLING);
    AuditPrinter.print(books, out);
    return books.findings().isEmpty() && books.turns().atRest();
  }

  private void share(List<SpaceView> running, List<Visitor> people) {
    say("\nThree visitors call three Spaces at once, twice, on the two slices of one card");
    for (int round = 0; round < 2; round++) {
      var calls =
          IntStream.range(0, running.size())
              .mapToObj(i -> later(() -> call(people.get(i), running.get(i), "generate", "2")))
              .toList();
      calls.forEach(CompletableFuture::join);
    }
    say("\nTheir turns, as the node tells them (./berth zerogpu top)");
    say(new TurnsView(fleet.turns()).done(2 * people.size()));
  }

  private void runOut(SpaceView space, Visitor visitor) {
    say("\nThe one who has not signed in calls until the quota is used up");
    for (int i = 0; i < CALLS_MAX; i++) {
      if (!call(visitor, space, "generate", "3").answered()) {
        return;
      }
    }
    throw new FleetException("The quota did not run out in " + CALLS_MAX + " calls");
  }

  private void overrun(SpaceView space, Visitor visitor) {
    say("\nA call declares 3 s and takes an hour: its worker is killed");
    if (call(visitor, space, "endless").answered()) {
      throw new FleetException("The overrun was not stopped");
    }
  }

  private Visit call(Visitor visitor, SpaceView space, String function, String... arguments) {
    var visit = visitors.visit(visitor, space.url(), function, arguments);
    say(
        "  %-9s calls %-10s %5.1f s  %s%s"
            .formatted(
                visitor.name(),
                space.name(),
                visit.seconds(),
                visit.answered() ? "" : "ERROR ",
                visit.text()));
    return visit;
  }

  private static <T> CompletableFuture<T> later(Supplier<T> call) {
    var future = new CompletableFuture<T>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                future.complete(call.get());
              } catch (RuntimeException e) {
                future.completeExceptionally(e);
              }
            });
    return future;
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }
}
