package dev.berth.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.placement.PlacementState.Placed;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.placement.PlacementState.Waiting;
import dev.berth.operator.workload.OwnerKey;
import dev.berth.operator.workload.WorkloadKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementBookTest {
  private static final OwnerKey DEMO = new OwnerKey(WorkloadKind.SPACE, "acme", "demo", "0a1b2c3d");
  private final List<OwnerKey> told = new ArrayList<>();
  private final PlacementBook book = new PlacementBook(told::add);

  @Test
  void nothingIsKnownBeforeTheFirstWholeList() {
    assertThat(book.known()).isFalse();

    // When
    book.snapshot(List.of());

    // Then
    assertThat(book.known()).isTrue();
  }

  @Test
  void aWholeListReplacesWhatWasKnown() {
    // Given
    book.changed(waiting("a"));
    book.opened();

    // When
    book.snapshot(List.of(waiting("b")));

    // Then
    assertThat(ids()).containsExactly("b");
    assertThat(told).containsOnly(DEMO);
  }

  @Test
  void anAnswerThatCameAfterTheStreamOpenedIsNewerThanItsList() {
    // Given
    book.opened();
    ask(waiting("mine"));

    // When
    book.snapshot(List.of());

    // Then
    assertThat(ids()).containsExactly("mine");
  }

  @Test
  void whatIsGoneIsForgotten() {
    // Given
    ask(waiting("a"));
    ask(releasing("b"));

    // When
    book.gone(id("a"));

    // Then
    assertThat(ids()).containsExactly("b");

    // When
    book.gone(id("b"));

    // Then
    assertThat(book.all()).isEmpty();
  }

  /** As when a node becomes ready while the answer "waiting" is still on its way. */
  @Test
  void anAnswerThatTheStreamOvertookIsDropped() {
    // Given
    book.asking(id("a"));
    book.changed(placed("a"));

    // When
    book.answered(waiting("a"));

    // Then
    assertThat(book.all()).containsExactly(placed("a"));
  }

  @Test
  void aReleaseThatWasDoneBeforeItsAnswerCameLeavesNothing() {
    // Given
    book.changed(placed("a"));
    book.asking(id("a"));
    book.gone(id("a"));

    // When
    book.answered(releasing("a"));

    // Then
    assertThat(book.all()).isEmpty();
  }

  @Test
  void aListThatIsNewerThanAnAnswerCounts() {
    // Given
    book.opened();
    ask(waiting("a"));
    ask(releasing("b"));

    // When
    book.snapshot(List.of(placed("a")));

    // Then
    assertThat(book.all()).containsExactly(placed("a"));
  }

  @Test
  void anAnswerAboutAPlacementThatAListHasToldOfIsDropped() {
    // Given
    book.opened();
    book.asking(id("a"));
    book.snapshot(List.of(placed("a")));

    // When
    book.answered(waiting("a"));

    // Then
    assertThat(book.all()).containsExactly(placed("a"));
  }

  @Test
  void anAnswerThatComesAfterAListWithoutItCounts() {
    // Given
    book.opened();
    book.asking(id("a"));
    book.snapshot(List.of());

    // When
    book.answered(waiting("a"));

    // Then
    assertThat(book.all()).containsExactly(waiting("a"));
  }

  @Test
  void idsSurviveTheirText() {
    assertThat(PlacementId.parse(id("x1").toString())).contains(id("x1"));
    assertThat(PlacementId.parse("bench/1")).isEmpty();
  }

  private List<String> ids() {
    return book.of(DEMO).stream().map(p -> p.id().nonce()).toList();
  }

  private void ask(Placement answer) {
    book.asking(answer.id());
    book.answered(answer);
  }

  private static Placement releasing(String nonce) {
    return new Placement(id(nonce), "t4-small", "2026-11", new Releasing());
  }

  private static Placement placed(String nonce) {
    return new Placement(id(nonce), "t4-small", "2026-11", new Placed(1, List.of(), Instant.EPOCH));
  }

  private static Placement waiting(String nonce) {
    return new Placement(id(nonce), "t4-small", "2026-11", new Waiting(1, List.of()));
  }

  private static PlacementId id(String nonce) {
    return new PlacementId(DEMO, "rev", 0, nonce);
  }
}
