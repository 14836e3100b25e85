package dev.berth.operator.plan;

import dev.berth.operator.model.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pod of ours as far as planning and status need it. */
public record PodView(
    String name,
    String placement,
    String lease,
    String revision,
    String flavor,
    boolean ready,
    boolean failed,
    Optional<Instant> deletingSince,
    Instant createdAt,
    Optional<Trouble> trouble) {

  /** Absent pods, and pods whose node stopped answering while they terminate, hold nothing up. */
  public boolean lostBy(Instant now, java.time.Duration patience) {
    return deletingSince.isPresent() && deletingSince.get().plus(patience).isBefore(now);
  }

  public boolean serving() {
    return ready && deletingSince.isEmpty();
  }

  public static PodView of(Pod pod) {
    return new PodView(
        pod.getMetadata().getName(),
        value(pod.getMetadata().getAnnotations(), Labels.PLACEMENT),
        value(pod.getMetadata().getAnnotations(), Labels.LEASE),
        value(pod.getMetadata().getLabels(), Labels.REVISION),
        value(pod.getMetadata().getLabels(), Labels.FLAVOR),
        ready(pod),
        pod.getStatus() != null && isOver(pod.getStatus().getPhase()),
        time(pod.getMetadata().getDeletionTimestamp()),
        time(pod.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH),
        pod.getMetadata().getDeletionTimestamp() == null ? Troubles.of(pod) : Optional.empty());
  }

  private static boolean isOver(@Nullable String phase) {
    return "Failed".equals(phase) || "Succeeded".equals(phase);
  }

  private static boolean ready(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream().anyMatch(PodView::isReady);
  }

  private static boolean isReady(PodCondition condition) {
    return "Ready".equals(condition.getType()) && "True".equals(condition.getStatus());
  }

  private static String value(@Nullable Map<String, String> map, String key) {
    return map == null ? "" : map.getOrDefault(key, "");
  }

  private static Optional<Instant> time(@Nullable String text) {
    return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }
}
