package dev.berth.hub.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.hub.support.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Credits on real PostgreSQL. */
class PostgresCreditsIT {
  private final Jdbi database = TestDatabase.fresh();
  private final Credits credits = new PostgresCredits(database);

  @AfterEach
  void theBooksAgree() {
    assertThat(credits.books())
        .allSatisfy(
            book -> {
              assertThat(book.balance()).isEqualTo(book.paidIn() - book.charged());
              assertThat(book.reserved()).isEqualTo(book.openDraws());
            });
  }

  @Test
  void booksTellWhatWasPaidChargedAndHeld() {
    // Given
    credits.topUp("alice", 100, "p1");
    credits.reserve("d1", "alice", 60, 60);
    credits.charge("d1", "alice", 25);
    credits.reserve("d2", "alice", 10, 10);

    // When // Then
    assertThat(credits.books()).containsExactly(new CreditBook("alice", 100, 25, 75, 10, 10));
  }

  @Test
  void whatIsReservedIsChargedOnceAndTheRestIsFreeAgain() {
    // Given
    credits.topUp("alice", 1_000_000, "invoice-1");

    // When
    Reservation reserved = credits.reserve("d1", "alice", 100_000, 200_000);
    Balance held = credits.balance("alice");
    credits.charge("d1", "alice", 150_000);
    credits.charge("d1", "alice", 150_000);

    // Then
    assertThat(reserved).isEqualTo(new Reservation(200_000, false));
    assertThat(held).isEqualTo(new Balance(1_000_000, 200_000, 800_000));
    assertThat(credits.balance("alice")).isEqualTo(new Balance(850_000, 0, 850_000));
  }

  @Test
  void theFirstAnswerForADrawStandsAlsoARefusal() {
    // When
    Reservation early = credits.reserve("d1", "bob", 10, 10);
    credits.topUp("bob", 1_000, "p1");
    Reservation repeated = credits.reserve("d1", "bob", 10, 10);
    Reservation given = credits.reserve("d2", "bob", 600, 600);
    Reservation again = credits.reserve("d2", "bob", 600, 600);
    Reservation pending = credits.reserve("d3", "bob", 600, 600);
    Reservation poor = credits.reserve("d4", "bob", 2_000, 2_000);

    // Then
    assertThat(List.of(early, repeated)).containsOnly(new Reservation(0, false));
    assertThat(List.of(given, again)).containsOnly(new Reservation(600, false));
    assertThat(pending).isEqualTo(new Reservation(0, true));
    assertThat(poor).isEqualTo(new Reservation(0, false));
    assertThat(credits.balance("bob").reservedMicroUsd()).isEqualTo(600);
  }

  @Test
  void aReservationThatArrivesAfterItsEndGivesNothing() {
    // Given
    credits.topUp("carol", 1_000, "p1");

    // When
    credits.charge("d1", "carol", 0);
    Reservation late = credits.reserve("d1", "carol", 10, 10);

    // Then
    assertThat(late.microUsd()).isZero();
    assertThat(credits.balance("carol").availableMicroUsd()).isEqualTo(1_000);
  }

  @Test
  void aTopUpIsBookedOnceByReference() {
    // When
    credits.topUp("dora", 500, "p1");
    Balance repeated = credits.topUp("dora", 500, "p1");

    // Then
    assertThat(repeated.balanceMicroUsd()).isEqualTo(500);
    assertThatThrownBy(() -> credits.topUp("dora", 501, "p1"))
        .hasMessageContaining("choose a new one");
    assertThatThrownBy(() -> credits.topUp("erin", 500, "p1"))
        .isInstanceOf(Credits.ContradictionException.class);
  }

  @Test
  void whatContradictsIsRefusedWithNumbers() {
    // Given
    credits.topUp("fred", 500, "p1");
    credits.reserve("d1", "fred", 100, 100);

    // When // Then
    assertThatThrownBy(() -> credits.charge("d1", "fred", 101))
        .hasMessageContaining("100 micro-USD reserved", "101 cannot be charged");
    assertThatThrownBy(() -> credits.charge("d1", "gina", 1)).hasMessageContaining("fred");
    credits.charge("d1", "fred", 40);
    assertThatThrownBy(() -> credits.charge("d1", "fred", 50)).hasMessageContaining("40 charged");
    assertThatThrownBy(() -> database.useHandle(h -> h.execute("delete from credit_posting")))
        .hasMessageContaining("append-only");
  }

  @Test
  void manyDrawsAtOnceNeverReserveMoreThanThereIs() {
    // Given
    credits.topUp("hal", 1_000, "p1");

    // When
    long given =
        IntStream.range(0, 40)
            .parallel()
            .mapToLong(i -> credits.reserve("d" + i, "hal", 100, 100).microUsd())
            .sum();

    // Then
    assertThat(given).isEqualTo(1_000);
    assertThat(credits.balance("hal")).isEqualTo(new Balance(1_000, 1_000, 0));
  }
}
