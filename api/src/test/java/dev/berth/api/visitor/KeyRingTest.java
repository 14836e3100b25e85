package dev.berth.api.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final Instant START = Instant.parse("2026-11-25T00:00:00Z");
  private static final KeyRing.Rhythm RHYTHM =
      new KeyRing.Rhythm(Duration.ofHours(24), Duration.ofMinutes(10), Duration.ofMinutes(30));

  @Test
  void theFirstKeySignsAtOnce() {
    // When
    var ring = new KeyRing(List.of()).rotated(START, RHYTHM, () -> Keys.made("a", START));

    // Then
    assertThat(ring.signing(START, RHYTHM).id()).isEqualTo("a");
  }

  @Test
  void aNewKeyIsPublishedBeforeItSigns() {
    // Given
    var dayLater = START.plus(RHYTHM.period());
    var ring = new KeyRing(List.of(Keys.made("a", START)));

    // When
    var rotated = ring.rotated(dayLater, RHYTHM, () -> Keys.made("b", dayLater));

    // Then
    assertThat(rotated.published().getKeys()).hasSize(2);
    assertThat(rotated.published().toString()).doesNotContain("\"d\"");
    assertThat(rotated.signing(dayLater, RHYTHM).id()).isEqualTo("a");
    assertThat(rotated.signing(dayLater.plus(RHYTHM.publish()), RHYTHM).id()).isEqualTo("b");
  }

  /**
   * Gateways wake up at random; whatever was signed can be verified with what was published at
   * least {@code publish} ago, for as long as the token lives.
   */
  @Test
  void everyValidTokenCanBeVerified() {
    for (long seed = 0; seed < 20; seed++) {
      // Given
      var random = new Random(seed);
      var ring = new KeyRing(List.of());
      record Signed(String key, Instant until) {}
      var signed = new ArrayList<Signed>();
      var now = START;

      // When, Then
      for (int step = 0; step < 200; step++) {
        now = now.plusSeconds(random.nextInt(3_600));
        var at = now;
        int number = step;
        var known = ring;
        ring = ring.rotated(now, RHYTHM, () -> Keys.made("k" + number, at));
        var key = ring.signing(now, RHYTHM);
        assertThat(step == 0 || known.keys().contains(key)).as("seed %d", seed).isTrue();
        signed.add(new Signed(key.id(), now.plus(RHYTHM.lifetime())));
        signed.removeIf(token -> !token.until().isAfter(at));
        assertThat(ring.keys().stream().map(SigningKey::id))
            .as("seed %d", seed)
            .containsAll(signed.stream().map(Signed::key).toList());
        assertThat(ring.keys()).as("seed %d", seed).hasSizeLessThanOrEqualTo(3);
      }
    }
  }

  @Test
  void aRhythmThatCannotBeIsRefused() {
    assertThatThrownBy(
            () ->
                new KeyRing.Rhythm(
                    Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(30)))
        .hasMessageContaining("PT5M")
        .hasMessageContaining("PT10M");
  }

  @Test
  void aKeyDoesNotPrintItsSecret() {
    assertThat(new KeyRing(List.of(Keys.made("a", START))).toString()).doesNotContain("\"d\"");
  }
}
