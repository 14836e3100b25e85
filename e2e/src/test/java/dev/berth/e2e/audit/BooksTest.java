package dev.berth.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BooksTest {
  private static final DeviceTime SOUND = new DeviceTime("gpu-0", "T4-16", 40, 50, 5, 5, 100);

  @Test
  void soundBooksHaveNoFindings() {
    // Given
    var books = books(SOUND, lease(40, 40, true), 7, 7);

    // When // Then
    assertThat(books.findings()).isEmpty();
    assertThat(books.atRest()).isTrue();
  }

  @Test
  void namesADeviceWhoseTimeDoesNotAddUp() {
    // Given
    var lost = new DeviceTime("gpu-0", "T4-16", 40, 50, 5, 4, 100);

    // When
    var findings = books(lost, lease(40, 40, true), 7, 7).findings();

    // Then
    assertThat(findings).singleElement().asString().contains("gpu-0", "1 ns unexplained");
  }

  @Test
  void billingMayLagWhileReportsAreOnTheirWayButNotAtRest() {
    // Given
    var behind = lease(40, 30, true);

    // When // Then
    assertThat(books(SOUND, behind, 7, 6).findings()).isEmpty();
    assertThat(books(SOUND, behind, 7, 7).findings()).singleElement().asString().contains("30");
  }

  @Test
  void neverBillsMoreThanWasHeld() {
    // Given
    var tooMuch = lease(40, 41, false);

    // When // Then
    assertThat(books(SOUND, tooMuch, 7, 5).findings()).hasSize(1);
  }

  @Test
  void namesALeaseThatTheSchedulerDoesNotKnow() {
    // Given
    var stray = lease(40, 40, false);

    // When
    var findings = books(SOUND, stray, 7, 7, List.of()).findings();

    // Then
    assertThat(findings).singleElement().asString().contains("no such placement");
  }

  @Test
  void namesADeviceThatWasGivenTwice() {
    // Given
    var whole = placed("a#0", "gpu-1");
    var slice = placed("b#0", "gpu-1-mig-1g-18gb-0");
    var other = placed("c#0", "gpu-11");

    // When
    var findings = books(SOUND, lease(40, 40, true), 7, 7, List.of(whole, slice, other)).findings();

    // Then
    assertThat(findings).singleElement().asString().contains("a#0", "b#0", "gpu-1");
  }

  @Test
  void slicesSharesAndTheProcessorMayBeHeldSideBySide() {
    // Given
    var placed =
        List.of(
            placed("a#0", "gpu-1-mig-1g-18gb-0"),
            placed("b#0", "gpu-1-mig-1g-18gb-1"),
            placed("c#0", "cpu"),
            placed("d#0", "cpu"),
            placed("e#0", "gpu-2-share"),
            placed("f#0", "gpu-2-share"));

    // When // Then
    assertThat(books(SOUND, lease(40, 40, true), 7, 7, placed).findings()).isEmpty();
  }

  private static LeaseTime lease(long held, long billed, boolean ended) {
    return new LeaseTime("space/a/b/1/0#0", "a", "t4-small", held, billed, ended);
  }

  private static Books books(DeviceTime device, LeaseTime lease, long reported, long acked) {
    return books(device, lease, reported, acked, List.of(placed(lease.lease(), "gpu-0")));
  }

  private static Books books(
      DeviceTime device, LeaseTime lease, long reported, long acked, List<PlacedLease> placed) {
    var known =
        placed.stream().map(PlacedLease::lease).collect(java.util.stream.Collectors.toSet());
    return new Books(
        List.of(device), List.of(lease), reported, acked, 0, known, placed, TurnBooks.NONE);
  }

  private static PlacedLease placed(String lease, String device) {
    return new PlacedLease(lease, "node-0", List.of(device));
  }
}
