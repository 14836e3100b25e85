package dev.berth.operator.plan;

import static java.util.Objects.requireNonNullElse;

import dev.berth.operator.model.Labels;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import java.util.Map;

/** A claim of ours. */
public record ClaimView(
    String name, String placement, String lease, boolean allocated, boolean deleting) {

  public static ClaimView of(ResourceClaim claim) {
    Map<String, String> notes =
        requireNonNullElse(claim.getMetadata().getAnnotations(), Map.<String, String>of());
    return new ClaimView(
        claim.getMetadata().getName(),
        notes.getOrDefault(Labels.PLACEMENT, ""),
        notes.getOrDefault(Labels.LEASE, ""),
        claim.getStatus() != null && claim.getStatus().getAllocation() != null,
        claim.getMetadata().getDeletionTimestamp() != null);
  }
}
