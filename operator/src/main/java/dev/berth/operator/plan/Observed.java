package dev.berth.operator.plan;

import dev.berth.operator.placement.Placement;
import java.util.List;
import java.util.Optional;

/**
 * What is there. {@code placementsKnown} is false until the scheduler has told everything once;
 * then an absent placement means that it does not exist.
 */
public record Observed(
    boolean placementsKnown,
    List<Placement> placements,
    List<PodView> pods,
    List<ClaimView> claims,
    Optional<ServiceView> service) {

  public List<PodView> podsOf(Placement placement) {
    String id = placement.id().toString();
    return pods.stream().filter(pod -> pod.placement().equals(id)).toList();
  }

  public List<ClaimView> claimsOf(Placement placement) {
    String id = placement.id().toString();
    return claims.stream().filter(claim -> claim.placement().equals(id)).toList();
  }

  public List<PodView> servingPods(String revision) {
    return pods.stream().filter(pod -> pod.serving() && pod.revision().equals(revision)).toList();
  }
}
