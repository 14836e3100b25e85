package dev.berth.crds;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the scheduler may serve a workload; all of it is optional. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Scheduling(
    @ValidationRule(
            value =
                "type(self) == int ? self >= -1000 && self <= 1000 : string(self).size() > 0 && string(self).size() <= 63",
            messageExpression =
                "'priority is ' + string(self) + '; expected -1000 to 1000, or a name as in high'")
        @JsonPropertyDescription(
            "Higher goes first: -1000 to 1000, or a name that the operator knows (low, normal, high).")
        @Nullable IntOrString priority,
    @Default("false")
        @JsonPropertyDescription(
            "The hardware may be taken back for a higher priority or another queue's quota, or moved.")
        Boolean preemptible,
    @ValidationRule(
            value = "self.size() > 0",
            message = "queue is empty; name a quota queue, or leave it out to use the namespace's")
        @Size(max = 253)
        @JsonPropertyDescription("Quota queue that it counts against; default: the namespace's.")
        @Nullable String queue,
    @JsonPropertyDescription("Where the replicas of a gang stand to each other.")
        @Nullable Topology topology,
    @ValidationRule(
            value = "self.all(r, r.size() > 0)",
            message = "a region is empty; name one, or give no region to allow all")
        @Size(max = 32)
        @JsonPropertyDescription("Only nodes of these regions; none: any.")
        List<@Size(max = 63) String> regions,
    @ValidationRule(
            value = "self.all(f, f.size() > 0)",
            message = "a fallback is empty; name a Flavor; see: kubectl get flavors")
        @ValidationRule(
            value = "self.all(f, self.exists_one(g, g == f))",
            message = "a flavor is named twice in fallbacks; name each once")
        @Size(max = 8)
        @JsonPropertyDescription("Flavors to run on, in order, while the wanted one is not free.")
        List<@Size(max = 253) String> fallbacks,
    @Default("true")
        @JsonPropertyDescription(
            "Go back from a fallback, without downtime, once the wanted flavor is free.")
        Boolean returnWhenFree,
    @ValidationRule(
            value = "self.matches('^([0-9]+h)?([0-9]+m)?([0-9]+s)?$') && self.size() > 0",
            messageExpression =
                "'expectedDuration is \"' + self + '\"; expected hours, minutes, seconds, e.g. 30m or 1h30m'")
        @Size(max = 32)
        @JsonPropertyDescription("How long it will run, e.g. 2h; default: learned.")
        @Nullable String expectedDuration,
    @ValidationRule(
            value = "self.matches('^([0-9]+h)?([0-9]+m)?([0-9]+s)?$') && self.size() > 0",
            messageExpression =
                "'checkpointCost is \"' + self + '\"; expected hours, minutes, seconds, e.g. 5m'")
        @Size(max = 32)
        @JsonPropertyDescription(
            "Device time that stopping it would waste, e.g. 5m; default: none.")
        @Nullable String checkpointCost,
    @Default("false")
        @JsonPropertyDescription(
            "A ZeroGPU Space keeps exactly its replicas; by default one with a single replica gets more by load.")
        Boolean fixedReplicas) {

  /** Nothing said. */
  public static final Scheduling DEFAULT =
      new Scheduling(null, false, null, null, List.of(), List.of(), true, null, null);

  /** Load may decide on the replicas of a ZeroGPU Space. */
  public Scheduling(
      @Nullable IntOrString priority,
      @Nullable Boolean preemptible,
      @Nullable String queue,
      @Nullable Topology topology,
      @Nullable List<String> regions,
      @Nullable List<String> fallbacks,
      @Nullable Boolean returnWhenFree,
      @Nullable String expectedDuration,
      @Nullable String checkpointCost) {
    this(
        priority,
        requireNonNullElse(preemptible, false),
        queue,
        topology,
        regions == null ? List.of() : regions,
        fallbacks == null ? List.of() : fallbacks,
        requireNonNullElse(returnWhenFree, true),
        expectedDuration,
        checkpointCost,
        false);
  }

  public Scheduling {
    preemptible = requireNonNullElse(preemptible, false);
    regions = regions == null ? List.of() : List.copyOf(regions);
    fallbacks = fallbacks == null ? List.of() : List.copyOf(fallbacks);
    returnWhenFree = requireNonNullElse(returnWhenFree, true);
    fixedReplicas = requireNonNullElse(fixedReplicas, false);
  }

  /** The same but for what concerns neither pods nor where they are placed. */
  public Scheduling ofPods() {
    return new Scheduling(
        priority,
        preemptible,
        queue,
        topology,
        regions,
        fallbacks,
        true,
        expectedDuration,
        checkpointCost);
  }

  public Scheduling withReturn(boolean whenFree) {
    return new Scheduling(
        priority,
        preemptible,
        queue,
        topology,
        regions,
        fallbacks,
        whenFree,
        expectedDuration,
        checkpointCost,
        fixedReplicas);
  }
}
