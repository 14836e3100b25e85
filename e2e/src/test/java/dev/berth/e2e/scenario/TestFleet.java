package dev.berth.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.audit.Books;
import dev.berth.e2e.audit.BooksReader;
import dev.berth.e2e.build.PythonImage;
import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Http;
import dev.berth.e2e.client.Kubectl;
import dev.berth.e2e.client.Schedulers;
import dev.berth.e2e.demo.zerogpu.Visitors;
import dev.berth.e2e.demo.zerogpu.ZeroGpuDemo;
import dev.berth.e2e.fleet.FleetOptions;
import dev.berth.e2e.fleet.Fleets;
import dev.berth.e2e.fleet.LocalFleet;
import dev.berth.e2e.steps.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.awaitility.core.ConditionFactory;

/** A whole fleet of its own for the scenarios, driven as people drive it: kubectl and URLs. */
final class TestFleet implements AutoCloseable {
  private static final String NAMESPACE = "e2e";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final LocalFleet fleet;
  private final FleetClient client;
  private final Kubectl kubectl;
  private final BooksReader books;

  private TestFleet(LocalFleet fleet) {
    this.fleet = fleet;
    this.client = new FleetClient(fleet);
    this.kubectl = new Kubectl(fleet.cluster().kubectl());
    this.books = BooksReader.of(fleet);
  }

  /** A new fleet in a home of its own. Its path is short, as Unix sockets want it. */
  static TestFleet up() {
    var fleet =
        Fleets.create(options(), new Progress(System.out, Clock.systemUTC()), Clock.systemUTC());
    fleet.down(false);
    fleet.up(LocalFleet.Scope.EVERYTHING);
    var up = new TestFleet(fleet);
    up.kubectl.attempt("", "create", "namespace", NAMESPACE);
    return up;
  }

  private static FleetOptions options() {
    var repository = Path.of(System.getProperty("berth.repository", "..")).toAbsolutePath();
    var cache = System.getProperty("berth.cache", "");
    return new FleetOptions(
        Path.of(System.getProperty("berth.e2e.home", "/tmp/berth-e2e")),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Path.of(cache.isEmpty() ? System.getProperty("user.home") + "/.cache/berth" : cache),
        repository.normalize(),
        repository.resolve("e2e/target/dist/lib").normalize());
  }

  @Override
  public void close() {
    var left = fleet.down(true);
    assertThat(left).as("left on the machine after down").isEmpty();
  }

  void apply(String yaml) {
    var result = kubectl.attempt(yaml, "apply", "--server-side", "-f", "-");
    assertThat(result.ok()).as(result.output()).isTrue();
  }

  /** Applies what the API server must refuse; its words. */
  String refused(String yaml) {
    var result = kubectl.attempt(yaml, "apply", "--server-side", "-f", "-");
    assertThat(result.ok()).as("refused").isFalse();
    return result.output();
  }

  void patch(String kind, String name, String patch) {
    kubectl.run("patch", kind, name, "-n", NAMESPACE, "--type=merge", "-p", patch);
  }

  void delete(String kind, String name) {
    kubectl.run("delete", kind, name, "-n", NAMESPACE, "--timeout=90s");
  }

  void deleteIfThere(String kind, String name) {
    kubectl.run("delete", kind, name, "-n", NAMESPACE, "--timeout=90s", "--ignore-not-found");
  }

  String field(String kind, String name, String jsonPath) {
    return kubectl.run("get", kind, name, "-n", NAMESPACE, "-o", "jsonpath=" + jsonPath);
  }

  /** A field of the condition Ready. */
  String ready(String space, String field) {
    return field("space", space, "{.status.conditions[?(@.type==\"Ready\")]." + field + "}");
  }

  void awaitField(String kind, String name, String jsonPath, String value) {
    patiently(kind + " " + name)
        .untilAsserted(() -> assertThat(field(kind, name, jsonPath)).isEqualTo(value));
  }

  void awaitNoLonger(String kind, String name, String jsonPath, String value) {
    patiently(kind + " " + name)
        .untilAsserted(
            () -> assertThat(field(kind, name, jsonPath)).isNotEmpty().isNotEqualTo(value));
  }

  void awaitStage(String space, String stage) {
    awaitField("space", space, "{.status.stage}", stage);
  }

  void awaitReady(String space, String reason) {
    patiently(space).untilAsserted(() -> assertThat(ready(space, "reason")).isEqualTo(reason));
  }

  /** The first of two that reaches a stage. */
  String awaitEither(String one, String other, String stage) {
    return patiently(one + " or " + other)
        .until(
            () ->
                List.of(one, other).stream()
                    .filter(name -> field("space", name, "{.status.stage}").equals(stage))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  void awaitPods(String owner, int count) {
    patiently(owner)
        .untilAsserted(() -> assertThat(pods(owner, "{.items[*].metadata.name}")).hasSize(count));
  }

  void awaitPodVariable(String owner, String variable, String value) {
    var path = "{.items[*].spec.containers[0].env[?(@.name==\"" + variable + "\")].value}";
    patiently(owner).untilAsserted(() -> assertThat(pods(owner, path)).containsExactly(value));
  }

  private List<String> pods(String owner, String jsonPath) {
    var all =
        kubectl.run(
            "get",
            "pods",
            "-n",
            NAMESPACE,
            "-l",
            "berth.dev/name=" + owner,
            "-o",
            "jsonpath=" + jsonPath);
    return all.isEmpty() ? List.of() : List.of(all.split(" ", -1));
  }

  /** One visit, whatever comes. */
  Http.Answer visitOnce(String space) {
    return client.visit(client.url(NAMESPACE, space));
  }

  /** A visit as a patient client makes it: told to come again later, it does. */
  Http.Answer visit(String space) {
    return patiently(space).until(() -> visitOnce(space), answer -> answer.status() != 503);
  }

  void awaitVisit(String space) {
    patiently(space).untilAsserted(() -> assertThat(visit(space).status()).isEqualTo(200));
  }

  /** Kills a process as a crash would, and waits until it runs again. */
  void kill9(String victim) {
    if (victim.equals("scheduler leader")) {
      Schedulers.of(fleet).leader(fleet).kill();
      return;
    }
    long before = fleet.pid(victim).orElseThrow();
    fleet.kill9(victim);
    patiently(victim).until(() -> fleet.pid(victim).orElse(before) != before);
  }

  /** The fleet's scheduler as its administrators see it. */
  SchedulerAdmin scheduler() {
    return new SchedulerAdmin(Schedulers.of(fleet));
  }

  /** The flavors that a resource is billed for. */
  List<String> billedFlavors(String owner) {
    var flavors = new ArrayList<String>();
    for (var row : client.usage(NAMESPACE).path("rows")) {
      if (row.path("owner").asText().equals(owner)) {
        flavors.add(row.path("flavor").asText());
      }
    }
    return flavors;
  }

  void awaitCondition(String space, String type, String reason) {
    awaitField("space", space, "{.status.conditions[?(@.type==\"" + type + "\")].reason}", reason);
  }

  /** What the account of these scenarios owes for a resource. */
  long microUsd(String owner) {
    for (var row : client.usage(NAMESPACE).path("rows")) {
      if (row.path("owner").asText().equals(owner)) {
        return row.path("micro_usd").asLong();
      }
    }
    return 0;
  }

  /**
   * The demo of ZeroGPU as people run it, on this fleet; whether charges and turns agree in the
   * end. {@code image} has what it needs.
   */
  boolean demonstrateZeroGpu(PythonImage image) {
    return ZeroGpuDemo.run(
        fleet, image, options().repository().resolve("examples/zerogpu"), System.out);
  }

  /** Gives the node the image, and answers who can call what runs from it. */
  Visitors visitors(PythonImage image) {
    fleet.cluster().importImage(image.archive());
    return new Visitors(image, client);
  }

  /** The node's page of turns. */
  JsonNode turns() {
    return client.turns();
  }

  /** What runs and calls gradio Spaces; made by Python and pip of this machine, once. */
  static PythonImage pythonImage() {
    var options = options();
    return new PythonImage(
        options.repository().resolve("e2e/cluster"),
        options.cache(),
        new Progress(System.out, Clock.systemUTC()));
  }

  void awaitAtRest() {
    patiently("books").until(() -> books.read().atRest());
  }

  /** Nothing unexplained, nothing billed that was not held; at rest, nothing held unbilled. */
  void assertAudit() {
    Books settled = books.readAtRest(Duration.ofSeconds(10));
    assertThat(settled.findings()).isEmpty();
    assertThat(settled.devices()).isNotEmpty();
  }

  private static ConditionFactory patiently(String what) {
    return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).ignoreExceptions();
  }
}
