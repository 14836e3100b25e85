package dev.berth.turns.seats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.seats.SeatAdvice.Change;
import dev.berth.turns.seats.SeatView.NodeView;
import dev.berth.turns.seats.SeatView.Seat;
import dev.berth.turns.seats.SeatView.SpaceView;
import dev.berth.turns.seats.SeatView.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SeatAdvisorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final NodeView IDLE = new NodeView(8000, 65536, 2, true, 0);
  private static final NodeView BUSY = new NodeView(8000, 65536, 2, true, 200 * SECOND);
  private static final NodeView SILENT = new NodeView(8000, 65536, 2, false, 0);
  private static final Use HOT = new Use(true, 900, 4, false);
  private static final Use COOL = new Use(true, 0, 0, true);

  private OrderedMap<String, SeatAdvice> advice = OrderedMap.empty();
  private final List<Change.Moving> moves = new ArrayList<>();
  private long now = 1_000 * SECOND;

  @Test
  void anIdleNodeGetsTheSecondSeatOfAHotSpaceAfterAMinute() {
    // Given
    Map<String, NodeView> nodes = Map.of("a", BUSY, "b", IDLE);
    look(nodes, space(seat(0, "a", HOT)));

    // When
    SeatAdvice early = after(59, nodes, space(seat(0, "a", HOT)));
    SeatAdvice then = after(1, nodes, space(seat(0, "a", HOT)));

    // Then
    assertThat(early.slots()).containsExactly(0);
    assertThat(then.slots()).containsExactly(0, 1);
    assertThat(then.change()).isEqualTo(new Change.Adding(1, "b", now));
  }

  @Test
  void aNodeThatDoesNotReportGetsNoSeat() {
    // Given
    Map<String, NodeView> nodes = Map.of("a", BUSY, "b", SILENT);
    look(nodes, space(seat(0, "a", HOT)));

    // When
    SeatAdvice then = after(600, nodes, space(seat(0, "a", HOT)));

    // Then
    assertThat(then.slots()).containsExactly(0);
  }

  @Test
  void aCoolSpaceLosesOneSeatOnceNoTurnOfItIsLeft() {
    // Given
    Map<String, NodeView> nodes = Map.of("a", IDLE, "b", IDLE);
    Use working = new Use(true, 0, 0, false);
    look(nodes, space(seat(0, "a", working), seat(1, "b", working)));

    // When
    SeatAdvice draining = after(61, nodes, space(seat(0, "a", working), seat(1, "b", working)));
    SeatAdvice still = after(2, nodes, space(seat(0, "a", working), seat(1, "b", working)));
    SeatAdvice gone = after(2, nodes, space(seat(0, "a", COOL), seat(1, "b", COOL)));

    // Then
    assertThat(draining.change()).isInstanceOf(Change.Draining.class);
    assertThat(still.slots()).containsExactly(0, 1);
    assertThat(gone.slots()).hasSize(1);
  }

  @Test
  void nothingIsTakenAwayWhileASeatIsNotHeardOf() {
    // Given
    Map<String, NodeView> nodes = Map.of("a", IDLE, "b", SILENT);
    SpaceView space = space(seat(0, "a", COOL), seat(1, "b", Use.UNKNOWN));
    look(nodes, space);

    // When
    SeatAdvice then = after(600, nodes, space);

    // Then
    assertThat(then.slots()).containsExactly(0, 1);
    assertThat(then.change()).isEqualTo(new Change.None());
  }

  @Test
  void aNewLeaderAdoptsWhatIsPlacedAndRests() {
    // Given
    Map<String, NodeView> nodes = Map.of("a", BUSY, "b", IDLE, "c", IDLE);
    SpaceView two = space(seat(0, "a", HOT), seat(2, "b", HOT));
    look(nodes, two);
    after(61, nodes, two);

    // When
    advice = OrderedMap.empty();
    SeatAdvice first = after(2, nodes, two);
    SeatAdvice later = after(58, nodes, two);

    // Then
    assertThat(first.slots()).containsExactly(0, 2);
    assertThat(later.slots()).containsExactly(0, 2);
  }

  @Test
  void anOwnerThatDoesNotFollowIsLeftAloneForAWhileButMayBeMoved() {
    // Given
    Map<String, NodeView> nodes = Map.of("a", BUSY, "b", IDLE);
    SpaceView one = space(seat(0, "a", HOT));
    look(nodes, one);
    after(61, nodes, one);

    // When it has a number of its own
    SeatAdvice pinned = after(61, nodes, one);
    after(61, nodes, one);

    // Then
    assertThat(pinned.slots()).containsExactly(0);
    assertThat(moves).extracting(Change.Moving::node).containsExactly("b");
  }

  @Test
  void whileItsRevisionChangesNothingElseDoes() {
    // Given
    Map<String, NodeView> nodes = Map.of("a", BUSY, "b", IDLE);
    look(nodes, space(seat(0, "a", HOT)));

    // When
    SpaceView changing = new SpaceView(1000, 1024, List.of(seat(0, "a", HOT)), false);
    SeatAdvice then = after(600, nodes, changing);

    // Then
    assertThat(then.slots()).containsExactly(0);
    assertThat(then.change()).isEqualTo(new Change.None());
  }

  @Test
  void neverMoreThanThreeSeatsNeverNoneAndOneChangeAMinute() {
    int seeds = Integer.getInteger("berth.seeds", 200);
    int changes = 0;
    int moved = 0;
    int most = 0;
    for (long seed = Long.getLong("berth.seed", 1); seed <= seeds; seed++) {
      // Given
      SeatWorld world = new SeatWorld(seed, 4, 6);

      // When
      for (int i = 0; i < 900; i++) {
        world.step(i);

        // Then
        String where = "seed " + seed + ", step " + i;
        assertThat(world.counts().values()).as(where).allMatch(n -> n >= 1 && n <= 3);
        assertThat(world.advice().values()).as(where).allMatch(a -> a.slots().size() <= 3);
        assertThat(world.shortestPause).as(where).isGreaterThanOrEqualTo(60 * SECOND);
      }
      changes += world.changes;
      moved += world.moves;
      most = Math.max(most, world.most);
    }
    System.out.printf("Seats: %d changes, %d moves, at most %d seats%n", changes, moved, most);
    assertThat(most).isEqualTo(3);
    assertThat(moved).isPositive();
  }

  private SeatAdvice look(Map<String, NodeView> nodes, SpaceView space) {
    SeatView view = new SeatView(nodes, Map.of("space", space));
    SeatAdvisor.Decision decision = SeatAdvisor.step(SeatPolicy.LIVE, advice, view, now);
    advice = decision.advice();
    moves.addAll(decision.moves());
    return Objects.requireNonNull(advice.get("space"));
  }

  private SeatAdvice after(long seconds, Map<String, NodeView> nodes, SpaceView space) {
    now += seconds * SECOND;
    return look(nodes, space);
  }

  private static SpaceView space(Seat... seats) {
    return new SpaceView(1000, 1024, List.of(seats), true);
  }

  private static Seat seat(int slot, String node, Use use) {
    return new Seat("space/" + slot, slot, node, use);
  }
}
