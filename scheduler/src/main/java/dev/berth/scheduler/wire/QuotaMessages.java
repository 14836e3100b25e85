package dev.berth.scheduler.wire;

import dev.berth.api.scheduler.v1.FlavorQuota;
import dev.berth.api.scheduler.v1.PublishQuotasRequest;
import dev.berth.scheduler.core.quota.Limits;
import dev.berth.scheduler.core.quota.QuotaChange;
import dev.berth.scheduler.core.quota.QuotaNode;
import dev.berth.scheduler.core.quota.Quotas;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Quotas, as they are published and stored. */
public final class QuotaMessages {
  private QuotaMessages() {}

  public static Quotas read(PublishQuotasRequest wire) {
    return new Quotas(
        wire.getNodesList().stream().map(QuotaMessages::read).toList(),
        wire.getHalfLifeNanos(),
        wire.getCoolDownNanos());
  }

  private static QuotaNode read(dev.berth.api.scheduler.v1.QuotaNode wire) {
    Map<String, Limits> limits = new HashMap<>();
    for (FlavorQuota quota : wire.getFlavorsList()) {
      limits.put(
          quota.getFlavor(),
          new Limits(
              quota.getNominal(),
              quota.hasBorrowingLimit() ? quota.getBorrowingLimit() : Limits.UNLIMITED,
              quota.hasLendingLimit() ? quota.getLendingLimit() : Limits.UNLIMITED));
    }
    int weight = wire.getWeight() == 0 ? 1 : wire.getWeight();
    return new QuotaNode(wire.getName(), wire.getParent(), weight, limits);
  }

  static QuotaChange read(dev.berth.api.scheduler.v1.QuotaChange wire) {
    return new QuotaChange(
        wire.getNode(),
        wire.getFlavor(),
        wire.hasNominal() ? wire.getNominal() : null,
        wire.hasBorrowingLimit() ? wire.getBorrowingLimit() : null,
        wire.hasLendingLimit() ? wire.getLendingLimit() : null);
  }

  public static PublishQuotasRequest write(Quotas quotas) {
    return PublishQuotasRequest.newBuilder()
        .addAllNodes(quotas.nodes().stream().map(QuotaMessages::write).toList())
        .setHalfLifeNanos(quotas.halfLifeNanos())
        .setCoolDownNanos(quotas.coolDownNanos())
        .build();
  }

  private static dev.berth.api.scheduler.v1.QuotaNode write(QuotaNode node) {
    dev.berth.api.scheduler.v1.QuotaNode.Builder wire =
        dev.berth.api.scheduler.v1.QuotaNode.newBuilder()
            .setName(node.name())
            .setParent(node.parent())
            .setWeight(node.weight());
    new TreeMap<>(node.limits())
        .forEach((flavor, limits) -> wire.addFlavors(write(flavor, limits)));
    return wire.build();
  }

  private static FlavorQuota write(String flavor, Limits limits) {
    FlavorQuota.Builder wire =
        FlavorQuota.newBuilder().setFlavor(flavor).setNominal(limits.nominal());
    if (limits.borrowing() != Limits.UNLIMITED) {
      wire.setBorrowingLimit(limits.borrowing());
    }
    if (limits.lending() != Limits.UNLIMITED) {
      wire.setLendingLimit(limits.lending());
    }
    return wire.build();
  }
}
