package dev.berth.operator.reconcile;

import dev.berth.crds.Accelerator;
import dev.berth.crds.FlavorSpec;
import dev.berth.crds.Product;
import dev.berth.crds.Scheduling;
import dev.berth.crds.Space;
import dev.berth.crds.SpaceSpec;
import dev.berth.crds.SpaceStatus;
import dev.berth.crds.UpdateStrategy;
import dev.berth.operator.apply.Applier;
import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.plan.Recorded;
import dev.berth.operator.resolve.Catalog;
import dev.berth.operator.resolve.Priorities;
import dev.berth.operator.resolve.Resolver;
import dev.berth.operator.resolve.SeatHosting;
import dev.berth.operator.resolve.Secrets;
import dev.berth.operator.status.Statuses;
import dev.berth.operator.workload.Sleep;
import dev.berth.operator.workload.Workload;
import dev.berth.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One Space on fakes: edit it, let time pass, reconcile, look. */
final class Bench {
  /** When the gateway told of a visit last; empty: never. */
  String visited = "";

  /** What the scheduler says of its seats. */
  Optional<List<Integer>> seats = Optional.empty();

  Instant now = Instant.parse("2026-11-24T12:00:00Z");
  final FakeScheduler scheduler;
  final FakeCluster cluster = new FakeCluster(() -> now);
  final Map<String, Secrets.Version> secrets = new HashMap<>();
  SeatHosting hosting = SeatHosting.UNLIMITED;
  PlacementBook book = new PlacementBook(owner -> {});
  SpaceSpec spec = spec("app:1", "t4-small", 1);
  long generation = 1;
  boolean deleting;
  @Nullable SpaceStatus status;
  Turn last;
  private int nonce;
  private WorkloadLoop loop;

  Bench(int devices) {
    scheduler = new FakeScheduler(devices, () -> now);
    loop = newLoop();
    scheduler.reconnect(book);
    last = turn();
  }

  private WorkloadLoop newLoop() {
    Resolver resolver =
        new Resolver(
            Bench::catalog,
            (namespace, name) -> Optional.ofNullable(secrets.get(name)),
            identity -> Optional.empty(),
            Duration.ofMinutes(30),
            Priorities.DEFAULT,
            id -> hosting.refusal(id));
    return new WorkloadLoop(
        resolver,
        new Applier(cluster, scheduler, book, () -> now),
        new Seating(owner -> seats),
        () -> "n" + nonce++,
        () -> now);
  }

  /** The operator is killed and starts anew; it knows placements once it reconnects. */
  void restart() {
    book = new PlacementBook(owner -> {});
    loop = newLoop();
  }

  Workload workload() {
    Space space = new Space();
    space.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("acme")
            .withName("demo")
            .withUid("0a1b2c3d-ffff")
            .withGeneration(generation)
            .withAnnotations(visited.isEmpty() ? Map.of() : Map.of(Sleep.VISITED, visited))
            .withDeletionTimestamp(deleting ? "2026-11-24T13:00:00Z" : null)
            .build());
    space.setSpec(spec);
    space.setStatus(status);
    return Workloads.of(space, Sleep.of(space, now).asleep());
  }

  void edit(SpaceSpec to) {
    spec = to;
    generation++;
  }

  Turn turn() {
    Workload workload = workload();
    Recorded recorded =
        status == null ? Recorded.NOTHING : Recorded.of(status.revisions(), status.conditions());
    last = loop.turn(workload, recorded, cluster.observe(workload.identity(), book));
    status = Statuses.space(workload, last.assessment(), "http://acme-demo.localhost", status, now);
    return last;
  }

  /** Everything that can happen by itself happens, until nothing does. */
  void settle() {
    for (int i = 0; i < 40; i++) {
      scheduler.deliver(book, Integer.MAX_VALUE);
      cluster.finishTerminating();
      cluster.pods.values().stream()
          .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
          .map(pod -> pod.getMetadata().getName())
          .toList()
          .forEach(cluster::ready);
      turn();
      scheduler.unprepare();
      now = now.plusSeconds(1);
    }
    turn();
  }

  /** As {@link #settle} but the kubelet does not move. */
  void turns(int count) {
    for (int i = 0; i < count; i++) {
      scheduler.deliver(book, Integer.MAX_VALUE);
      turn();
    }
  }

  static SpaceSpec spec(String image, String flavor, int replicas) {
    return spec(image, flavor, replicas, false, false, UpdateStrategy.RollingWhenFree);
  }

  static SpaceSpec spec(
      String image,
      String flavor,
      int replicas,
      boolean gang,
      boolean paused,
      UpdateStrategy strategy) {
    return new SpaceSpec(
        image, flavor, replicas, gang, 7860, Map.of(), List.of(), paused, null, null, null, "/",
        strategy, List.of(), List.of(), null);
  }

  static SpaceSpec with(SpaceSpec s, Scheduling scheduling) {
    return copy(s, s.sleepAfter(), scheduling);
  }

  static SpaceSpec sleeping(SpaceSpec s, String after) {
    return copy(s, after, s.scheduling());
  }

  private static SpaceSpec copy(
      SpaceSpec s, @Nullable String sleepAfter, @Nullable Scheduling scheduling) {
    return new SpaceSpec(
        s.image(),
        s.flavor(),
        s.replicas(),
        s.gang(),
        s.port(),
        s.variables(),
        s.secrets(),
        s.paused(),
        s.restartedAt(),
        s.startupTimeout(),
        sleepAfter,
        s.healthPath(),
        s.updateStrategy(),
        s.command(),
        s.args(),
        scheduling);
  }

  static Scheduling fallbacks(String... flavors) {
    return new Scheduling(null, false, null, null, List.of(), List.of(flavors), true, null, null);
  }

  static List<Catalog.Entry> catalog() {
    return List.of(
        new Catalog.Entry("zero-gpu", seat()),
        new Catalog.Entry("t4-small", flavor(400_000, null)),
        new Catalog.Entry("t4-medium", flavor(600_000, null)),
        new Catalog.Entry("h100", flavor(4_500_000, "2025-12-01")));
  }

  private static FlavorSpec seat() {
    return flavor(
        new Accelerator(Accelerator.Kind.SEAT, "zero-gpu", null, null, null, null, null, null),
        1,
        null);
  }

  private static FlavorSpec flavor(long price, @Nullable String deprecatedAt) {
    return flavor(
        new Accelerator(Accelerator.Kind.GPUS, "T4-16", 1, null, null, null, null, null),
        price,
        deprecatedAt);
  }

  private static FlavorSpec flavor(
      Accelerator accelerator, long price, @Nullable String deprecatedAt) {
    return new FlavorSpec(
        "T4",
        4000L,
        15360L,
        50L,
        accelerator,
        price,
        null,
        "2026-11",
        List.of(Product.Spaces),
        deprecatedAt,
        null,
        null,
        null,
        null,
        null);
  }
}
