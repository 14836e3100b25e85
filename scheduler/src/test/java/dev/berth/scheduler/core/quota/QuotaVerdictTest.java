package dev.berth.scheduler.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotaVerdictTest {
  private static final List<String> FLAVORS = List.of("f", "g");

  private static QuotaNode node(String name, String parent, Limits limits) {
    return new QuotaNode(name, parent, 1, Map.of("f", limits));
  }

  private static QuotaTree tree(QuotaNode... nodes) {
    return QuotaTree.of(new Quotas(List.of(nodes), 0, 0));
  }

  @Test
  void aQueueBorrowsWhatItsCohortLends() {
    // Given
    QuotaTree tree =
        tree(
            new QuotaNode("c", "", 1, Map.of()),
            node("a", "c", new Limits(4, 3, Limits.UNLIMITED)),
            node("b", "c", new Limits(8, Limits.UNLIMITED, 2)));

    // When
    Usage used = Usage.NOTHING.plus(tree, new Charge("a", "f", 5));

    // Then
    assertThat(QuotaVerdict.available(tree, Usage.NOTHING, "a", "f")).isEqualTo(6);
    assertThat(QuotaVerdict.of(tree, used, new Charge("a", "f", 2)))
        .isEqualTo(new QuotaVerdict.OverQuota(new Charge("a", "f", 2), 5, 4, 1, 6));
    assertThat(QuotaVerdict.available(tree, used, "b", "f")).isEqualTo(7);
    assertThat(QuotaVerdict.available(tree, Usage.NOTHING, "b", "f")).isEqualTo(12);
  }

  @Test
  void whoIsNotNamedIsUnlimitedUnlessOthersAre() {
    // Given
    QuotaTree without = tree(node("a", "", Limits.of(1)));
    QuotaTree with = tree(node("a", "", Limits.of(1)), node("*", "", Limits.of(2)));
    Charge three = new Charge("someone", "f", 3);

    // When // Then
    assertThat(QuotaVerdict.of(without, Usage.NOTHING, three))
        .isEqualTo(new QuotaVerdict.Admitted());
    assertThat(QuotaVerdict.of(with, Usage.NOTHING, three))
        .isInstanceOf(QuotaVerdict.OverQuota.class);
    assertThat(QuotaVerdict.of(with, Usage.NOTHING, new Charge("someone", "g", 3)))
        .isEqualTo(new QuotaVerdict.Admitted());
  }

  @Test
  void quotasThatContradictThemselvesAreNamed() {
    assertThat(QuotaRules.broken(new Quotas(List.of(node("a", "b", Limits.of(1))), 0, 0)))
        .contains("unknown parent 'b'");
    assertThat(
            QuotaRules.broken(
                new Quotas(
                    List.of(node("a", "b", Limits.of(1)), node("b", "a", Limits.of(1))), 0, 0)))
        .contains("circle");
    assertThat(QuotaRules.broken(new Quotas(List.of(node("a", "", Limits.of(-1))), 0, 0)))
        .contains("0 or more");
  }

  /** Property: admitted exactly when no node above would be charged more than it may be. */
  @Test
  void aVerdictIsRightAboutEveryNodeAbove() {
    int refused = 0;
    for (long seed = 1; seed <= 300; seed++) {
      refused += run(new Random(seed), seed);
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  private static int run(Random random, long seed) {
    Quotas quotas = RandomTree.quotas(random, FLAVORS, 8);
    QuotaTree tree = QuotaTree.of(quotas);
    Usage usage = Usage.NOTHING;
    List<Charge> held = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      Charge charge =
          new Charge(
              "q" + random.nextInt(4), FLAVORS.get(random.nextInt(2)), 1 + random.nextInt(4));
      if (random.nextInt(3) == 0 && !held.isEmpty()) {
        usage = usage.minus(tree, held.remove(random.nextInt(held.size())));
        continue;
      }
      boolean admitted = QuotaVerdict.of(tree, usage, charge) instanceof QuotaVerdict.Admitted;
      held.add(charge);
      assertThat(admitted)
          .as("seed %d: %s", seed, charge)
          .isEqualTo(!tree.limits(charge.queue(), charge.flavor()) || within(quotas, tree, held));
      if (admitted) {
        usage = usage.plus(tree, charge);
      } else {
        held.removeLast();
        refused++;
      }
    }
    return refused;
  }

  private static boolean within(Quotas quotas, QuotaTree tree, List<Charge> held) {
    for (String flavor : FLAVORS) {
      Map<String, Long> direct = new HashMap<>();
      held.stream()
          .filter(c -> c.flavor().equals(flavor))
          .forEach(c -> direct.merge(c.queue(), c.amount(), Long::sum));
      for (QuotaNode node : quotas.nodes()) {
        if (tree.limits(node.name(), flavor)
            && RandomTree.charged(quotas, node, flavor, direct)
                > RandomTree.bound(quotas, node, flavor)) {
          return false;
        }
      }
    }
    return true;
  }
}
