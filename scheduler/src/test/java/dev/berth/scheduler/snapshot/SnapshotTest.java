package dev.berth.scheduler.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.scheduler.v1.SnapshotRecord;
import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.RandomFleet;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.Seeds;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Shape T4 = new Shape(1_000, 1_024, new Accelerator.WholeGpus("T4-16", 1));

  @Test
  void everyStateComesBackAndDecidesTheSame() {
    Seeds.of(200)
        .each(
            seed -> {
              // Given
              RandomFleet random = new RandomFleet(seed);
              random.fleet.step(
                  new Event.PublishFlavors(List.of(new Flavor("t4", "v1", T4, 400_000))));
              random.history(40);

              // When
              Snapshot read = copy(taken(random.fleet));

              // Then
              assertThat(read).isEqualTo(taken(random.fleet));
              sameDecisions(random, read, seed);
            });
  }

  private static Snapshot taken(Fleet fleet) {
    return Snapshot.of(fleet.scheduler, fleet.state, fleet.now);
  }

  /** The same events, live and replayed, give the same states and effects. */
  private static void sameDecisions(RandomFleet random, Snapshot read, long seed) {
    Scheduler replayed = read.scheduler();
    State live = random.fleet.state;
    State offline = read.state();
    for (int i = 0; i < 10; i++) {
      Event event =
          i % 3 == 0
              ? new Event.Heartbeat(random.node(), List.of())
              : new Event.Place(random.request());
      Decision here = random.fleet.scheduler.step(live, event, read.takenNanos());
      Decision there = replayed.step(offline, event, read.takenNanos());
      assertThat(there).as("seed %d, event %d", seed, i).isEqualTo(here);
      live = here.state();
      offline = there.state();
    }
  }

  @Test
  void aSnapshotThatIsNotWholeIsRefused() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 1, 0));
    List<SnapshotRecord> records = SnapshotWriter.records(taken(fleet)).toList();
    List<SnapshotRecord> newer = new ArrayList<>(records);
    newer.set(
        0,
        records.getFirst().toBuilder()
            .setHeader(records.getFirst().getHeader().toBuilder().setVersion(3))
            .build());

    // When // Then
    assertThat(records).hasSize(5);
    refused(records.subList(0, 2), "cut off after 2");
    refused(List.of(records.get(0), records.get(1), records.get(4)), "had 4 records, 2 arrived");
    refused(records.subList(1, 3), "header first");
    refused(List.of(), "cut off");
    refused(newer, "version 3");
  }

  private static void refused(List<SnapshotRecord> records, String why) {
    assertThatThrownBy(() -> SnapshotReader.read(records.iterator()))
        .isInstanceOf(SnapshotException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aReplayTellsWhatTheOrderOfArrivalCost() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("a", Hardware.gpus("T4-16", 2, 0)).with("b", Hardware.gpus("T4-16", 2, 0));
    fleet.place("a1", List.of(T4));
    fleet.place("a2", List.of(T4));
    fleet.place("b1", List.of(T4));
    fleet.free("a1");
    fleet.place("pair", new Accelerator.WholeGpus("T4-16", 2));

    // When
    OfflineReplay replay = new OfflineReplay(copy(taken(fleet)));

    // Then
    assertThat(replay.check()).isEmpty();
    assertThat(replay.waiting().get("pair")).isInstanceOf(Outcome.Waiting.class);
    assertThat(replay.fromEmpty().values()).hasSize(3).allMatch(Outcome.Placed.class::isInstance);
    assertThat(replay.place(List.of(request("x", T4), request("y", T4), request("z", T4))).values())
        .extracting(outcome -> outcome.getClass().getSimpleName())
        .containsExactly("Placed", "Placed", "Waiting");
  }

  private static Request request(String id, Shape shape) {
    return new Request(id, List.of(shape), "acme", "Space acme/" + id, "f", "v1");
  }

  /** Through the bytes of the wire. */
  static Snapshot copy(Snapshot snapshot) {
    return SnapshotReader.read(SnapshotWriter.records(snapshot).map(SnapshotTest::copy).iterator());
  }

  private static SnapshotRecord copy(SnapshotRecord record) {
    try {
      return SnapshotRecord.parseFrom(record.toByteArray());
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
