package dev.berth.hub.gateway.spaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VisitsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
  private final Visits visits = new Visits();

  @Test
  void manyVisitsAreToldOnce() {
    // Given
    SpaceState running = new SpaceState(true, "RUNNING");

    // When // Then
    assertThat(visits.due("a/b", running, NOW)).isTrue();
    assertThat(visits.due("a/b", running, NOW.plusSeconds(9))).isFalse();
    assertThat(visits.due("a/c", running, NOW.plusSeconds(9))).isTrue();
    assertThat(visits.due("a/b", running, NOW.plusSeconds(10))).isTrue();
  }

  @Test
  void oneThatSleepsHearsSoonAndOneThatNeverSleepsNothing() {
    // Given
    SpaceState asleep = new SpaceState(true, "SLEEPING");
    visits.due("a/b", asleep, NOW);

    // When // Then
    assertThat(visits.due("a/b", asleep, NOW.plusSeconds(1))).isTrue();
    assertThat(visits.due("a/c", new SpaceState(false, "RUNNING"), NOW)).isFalse();
  }
}
