package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Eviction;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Nomination;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Book;
import dev.berth.scheduler.core.quota.QuotaNode;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.core.quota.RandomTree;
import dev.berth.scheduler.wire.Placements;
import dev.berth.scheduler.wire.QuotaMessages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of quotas and preemption after every step. */
final class QuotaInvariants {
  private QuotaInvariants() {}

  static void check(State before, State after, List<Effect> effects, long now) {
    withinQuota(before, after);
    counted(after);
    kept(before, after);
    for (Effect effect : effects) {
      if (effect instanceof Effect.PlacementSaved(Placement.Releasing victim)
          && victim.eviction() != null) {
        lawful(before, after, victim, victim.eviction(), now);
      }
    }
  }

  /** No node is charged more than it may be; one that is, as quotas were lowered, gets no more. */
  private static void withinQuota(State before, State after) {
    Quotas quotas = after.book().tree().quotas();
    for (String flavor : QuotaSimulation.FLAVORS) {
      for (QuotaNode node : quotas.nodes()) {
        if (after.book().tree().limits(node.name(), flavor)) {
          long was = RandomTree.charged(quotas, node, flavor, direct(before, quotas, flavor));
          long is = RandomTree.charged(quotas, node, flavor, direct(after, quotas, flavor));
          long bound = RandomTree.bound(quotas, node, flavor);
          assertThat(is).as("%s of %s", flavor, node).isLessThanOrEqualTo(Math.max(was, bound));
        }
      }
    }
  }

  /** Use by queue; queues that are not named count as "*". */
  private static Map<String, Long> direct(State state, Quotas quotas, String flavor) {
    Map<String, Long> direct = new HashMap<>();
    for (Placement placement : state.placements().values()) {
      if (!(placement instanceof Placement.Waiting)
          && placement.request().flavor().equals(flavor)) {
        String queue = placement.request().queue();
        boolean named = quotas.nodes().stream().anyMatch(n -> n.name().equals(queue));
        long members = placement.request().members().size();
        direct.merge(named ? queue : "*", members, Long::sum);
      }
    }
    return direct;
  }

  /** What is kept step by step is what the placements say. */
  private static void counted(State state) {
    Book book = state.book();
    Book again = Book.EMPTY.under(book.tree().quotas(), List.of());
    for (Placement placement : state.placements().values()) {
      again = again.replace(null, placement);
    }
    assertThat(again.withHistory(book.history()).withSpared(book.spared())).isEqualTo(book);
    assertThat(book.under(book.tree().quotas(), state.placements().values())).isEqualTo(book);
  }

  /** Nobody but the nominee gets a card that is kept for it. */
  private static void kept(State before, State after) {
    for (Placement.Waiting nominee : before.book().nominees().values()) {
      if (nominee.equals(after.placements().get(nominee.id()))) {
        Nomination nomination = nominee.nomination();
        Set<String> cards = nomination == null ? Set.of() : cards(nomination.leases());
        for (Placement placement : after.placements().values()) {
          if (placement instanceof Placement.Placed
              && !(before.placements().get(placement.id()) instanceof Placement.Placed)) {
            assertThat(cards(placement.leases())).doesNotContainAnyElementsOf(cards);
          }
        }
      }
    }
  }

  /** What is stored is what is known, as bytes too. */
  static void stored(State restored, State state) {
    assertThat(restored.book()).isEqualTo(state.book());
    Quotas quotas = state.book().tree().quotas();
    assertThat(QuotaMessages.read(QuotaMessages.write(quotas))).isEqualTo(quotas);
    for (Placement placement : state.placements().values()) {
      Placement known =
          placement instanceof Placement.Releasing r ? r.placed().evict(r.eviction()) : placement;
      assertThat(Placements.read(Placements.write(placement))).isEqualTo(known);
      assertThat(restored.placements().get(placement.id())).isEqualTo(known);
    }
  }

  private static Set<String> cards(List<Lease> leases) {
    Set<String> cards = new HashSet<>();
    for (Lease lease : leases) {
      for (Device device : lease.devices()) {
        cards.add(lease.node() + "/" + device.name().replace("-share", ""));
      }
    }
    return cards;
  }

  private static void lawful(
      State before, State after, Placement.Releasing victim, Eviction eviction, long now) {
    assertThat(victim.request().policy().preemptible()).isTrue();
    assertThat(victim.pending()).as("whole gangs").hasSameSizeAs(victim.leases());
    Long spared = before.book().spared().get(victim.request().owner());
    assertThat(spared == null ? Long.MAX_VALUE : now - spared)
        .as("an owner that lost a placement lately")
        .isGreaterThanOrEqualTo(after.book().tree().quotas().coolDownNanos());
    assertThat(after.placements().get(eviction.by()))
        .isInstanceOfSatisfying(
            Placement.Waiting.class,
            by -> {
              Nomination nomination = by.nomination();
              assertThat(nomination == null ? List.of() : List.copyOf(nomination.victims()))
                  .contains(victim.id());
              right(before, after, victim, by, eviction);
            });
  }

  private static void right(
      State before,
      State state,
      Placement.Releasing victim,
      Placement.Waiting by,
      Eviction eviction) {
    String lender = by.request().queue();
    String borrower = victim.request().queue();
    List<String> trees = new ArrayList<>(state.book().tree().path(lender));
    trees.retainAll(state.book().tree().path(borrower));
    assertThat(trees.isEmpty() && !lender.equals(borrower)).as("strangers").isFalse();
    switch (eviction.kind()) {
      case PREEMPTED ->
          assertThat(victim.request().policy().priority())
              .isLessThan(by.request().policy().priority());
      case RECLAIMED -> {
        assertThat(borrower).isNotEqualTo(lender);
        String flavor = victim.request().flavor();
        long used = 0; // Without those who were on their way out before.
        for (Placement placement : state.placements().values()) {
          boolean counts =
              placement.request().queue().equals(borrower)
                  && placement.request().flavor().equals(flavor)
                  && !placement.leases().isEmpty()
                  && !(before.placements().get(placement.id()) instanceof Placement.Releasing r
                      && r.eviction() != null);
          used += counts ? placement.request().members().size() : 0;
        }
        assertThat(used).isGreaterThan(state.book().tree().owned(borrower, flavor));
      }
    }
  }
}
