package dev.berth.e2e.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Schedulers;
import dev.berth.e2e.fleet.LocalFleet;
import dev.berth.e2e.process.Pause;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks the three witnesses, of leases and of turns: the scheduler's placements, the node's journal,
 * the hub's ledger.
 */
public final class BooksReader {
  private final FleetClient fleet;
  private final Supplier<List<PlacedLease>> scheduler;
  private final Supplier<TurnBooks> turns;

  public BooksReader(
      FleetClient fleet, Supplier<List<PlacedLease>> scheduler, Supplier<TurnBooks> turns) {
    this.fleet = fleet;
    this.scheduler = scheduler;
    this.turns = turns;
  }

  /** Those of a local fleet. */
  public static BooksReader of(LocalFleet fleet) {
    var client = new FleetClient(fleet);
    var schedulers = Schedulers.of(fleet);
    return new BooksReader(
        client, new Placements(schedulers), new TurnWitnesses(client, schedulers));
  }

  /**
   * What they say now. The ledger is read before the journal, so it can be behind it, never ahead.
   */
  public Books read() {
    var known = ids(scheduler.get());
    var before = fleet.timeline();
    var ledger = fleet.audit();
    var shared = turns.get();
    var journal = fleet.timeline();
    var placed = scheduler.get();
    known.addAll(ids(placed));
    return of(before, ledger, journal, known, placed, shared);
  }

  private static Set<String> ids(List<PlacedLease> placed) {
    return placed.stream().map(PlacedLease::lease).collect(Collectors.toCollection(HashSet::new));
  }

  /** What they say once all is at rest, or after {@code patience}. */
  public Books readAtRest(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    var books = read();
    while (!books.atRest() && System.nanoTime() < end) {
      Pause.briefly();
      books = read();
    }
    return books;
  }

  /**
   * The acknowledgements are those of {@code before} the ledger was read and the totals those of
   * {@code journal} after: what is billed by then must have been held by then.
   */
  static Books of(
      JsonNode before,
      JsonNode ledger,
      JsonNode journal,
      Set<String> known,
      List<PlacedLease> placed,
      TurnBooks turns) {
    return new Books(
        items(journal, "devices").map(BooksReader::device).toList(),
        leases(journal, ledger),
        journal.path("reportedSeq").asLong(),
        before.path("ackedSeq").asLong(),
        ledger.path("quarantined").asLong(),
        known,
        placed,
        turns);
  }

  private static DeviceTime device(JsonNode device) {
    return new DeviceTime(
        device.path("device").asText(),
        device.path("model").asText(),
        device.path("heldNanos").asLong(),
        device.path("idleNanos").asLong(),
        device.path("drainingNanos").asLong(),
        device.path("unknownNanos").asLong(),
        device.path("wallNanos").asLong());
  }

  /** Those that either witness knows; one that the other lacks has 0 there. */
  private static List<LeaseTime> leases(JsonNode journal, JsonNode ledger) {
    var held = byLease(journal, "leaseId");
    var billed = byLease(ledger, "lease_id");
    var all = new TreeSet<>(held.keySet());
    // The journal forgets leases that ended and were acknowledged; the ledger's own totals stand
    // for them.
    all.addAll(billed.keySet());
    return all.stream().map(id -> lease(id, held.get(id), billed.get(id))).toList();
  }

  private static LeaseTime lease(String id, @Nullable JsonNode held, @Nullable JsonNode billed) {
    if (held != null) {
      return new LeaseTime(
          id,
          held.path("account").asText(),
          held.path("flavor").asText(),
          held.path("heldNanos").asLong(),
          billed == null ? 0 : billed.path("billed_ns").asLong(),
          held.path("ended").asBoolean());
    }
    var last = Objects.requireNonNull(billed);
    return new LeaseTime(
        id,
        last.path("account").asText(),
        last.path("flavor").asText(),
        last.path("held_ns").asLong(),
        last.path("billed_ns").asLong(),
        last.path("ended").asBoolean());
  }

  private static Map<String, JsonNode> byLease(JsonNode document, String key) {
    return items(document, "leases")
        .collect(Collectors.toMap(lease -> lease.path(key).asText(), lease -> lease, (a, b) -> b));
  }

  private static Stream<JsonNode> items(JsonNode document, String list) {
    return StreamSupport.stream(document.path(list).spliterator(), false);
  }
}
