package dev.berth.operator.model;

import dev.berth.operator.placement.Lease;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.workload.Identity;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;

/** Names and metadata of the objects of a workload. */
public final class Names {
  private Names() {}

  /** Pod and claim of a lease share one name, unique for ever by the placement's nonce. */
  public static String ofLease(PlacementId id, Lease lease) {
    return "%s-%s-%d-%s"
        .formatted(
            id.owner().name(),
            id.revision(),
            id.slot() + lease.member(),
            id.nonce().replace('.', '-'));
  }

  /** Names of Services must start with a letter, those of Spaces need not. */
  public static String service(Identity id) {
    return Character.isDigit(id.name().charAt(0)) ? "s-" + id.name() : id.name();
  }

  static ObjectMeta ofLease(Identity id, PlacementId placement, Lease lease, String flavor) {
    return new ObjectMetaBuilder()
        .withNamespace(id.namespace())
        .withName(ofLease(placement, lease))
        .withLabels(labels(id))
        .addToLabels(Labels.REVISION, placement.revision())
        .addToLabels(Labels.FLAVOR, flavor)
        .addToAnnotations(Labels.PLACEMENT, placement.toString())
        .addToAnnotations(Labels.LEASE, lease.id())
        .withOwnerReferences(owner(id))
        .build();
  }

  static Map<String, String> labels(Identity id) {
    return Map.of(
        Labels.MANAGED_BY, Labels.MANAGED_BY_VALUE,
        Labels.KIND, id.kind().token(),
        Labels.NAME, id.name());
  }

  static OwnerReference owner(Identity id) {
    return new OwnerReferenceBuilder()
        .withApiVersion(dev.berth.crds.Berth.API_VERSION)
        .withKind(id.kind().kind())
        .withName(id.name())
        .withUid(id.uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
