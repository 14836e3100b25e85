package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The accelerator part of a flavor; which fields it has depends on {@code kind}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.kind != 'gpus' || (has(self.count) && self.count >= 1 && self.count <= 16)",
    message = "kind gpus needs count, 1 to 16")
@ValidationRule(
    value = "self.kind != 'mig' || has(self.profile)",
    message = "kind mig needs profile, e.g. 1g.18gb")
@ValidationRule(
    value =
        "self.kind != 'share' || (has(self.milli) && self.milli >= 1 && self.milli <= 1000 && has(self.memoryMib))",
    message = "kind share needs milli, 1 to 1000, and memoryMib")
@ValidationRule(
    value =
        "self.kind != 'tpu' || (has(self.generation) && has(self.topology) && self.topology.matches('^[1-9][0-9]*x[1-9][0-9]*(x[1-9][0-9]*)?$'))",
    message = "kind tpu needs generation and topology, e.g. v5e and 2x4")
public record Accelerator(
    @Required Kind kind,
    @Required
        @JsonPropertyDescription(
            "Card model as node agents report it, e.g. H200-141, or v5e; zero-gpu for seats.")
        String model,
    @JsonPropertyDescription("Whole cards, or chips of a TPU slice.") @Nullable Integer count,
    @JsonPropertyDescription("MIG profile, e.g. 1g.18gb.") @Nullable String profile,
    @JsonPropertyDescription("Thousandths of a card.") @Nullable Integer milli,
    @JsonPropertyDescription("Device memory of a share in MiB.") @Nullable Long memoryMib,
    @Size(max = 16) @JsonPropertyDescription("Chips along each axis, e.g. 2x4.")
        @Nullable String topology,
    @JsonPropertyDescription("TPU generation, e.g. v5e.") @Nullable String generation) {

  /** What part of the hardware a flavor takes. */
  public enum Kind {
    @JsonProperty("gpus")
    GPUS,
    @JsonProperty("mig")
    MIG,
    @JsonProperty("share")
    SHARE,
    @JsonProperty("tpu")
    TPU,
    /** A place on a node whose cards are shared by turns (ZeroGPU). */
    @JsonProperty("seat")
    SEAT
  }
}
