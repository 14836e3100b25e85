package dev.berth.crds;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hardware of one replica, its price, and who may use it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlavorSpec(
    @Required String displayName,
    @Required
        @ValidationRule(value = "self > 0", message = "cpuMilli must be positive")
        @JsonPropertyDescription("Thousandths of a vCPU.")
        Long cpuMilli,
    @Required
        @ValidationRule(value = "self > 0", message = "memoryMib must be positive")
        @JsonPropertyDescription("Host memory in MiB.")
        Long memoryMib,
    @Default("50") @JsonPropertyDescription("Ephemeral disk in GiB.") Long ephemeralGib,
    @JsonPropertyDescription("Absent: a CPU flavor.") @Nullable Accelerator accelerator,
    @Required
        @ValidationRule(value = "self >= 0", message = "priceMicroUsdPerHour must not be negative")
        @JsonPropertyDescription("Price of one replica in millionths of a US dollar for each hour.")
        Long priceMicroUsdPerHour,
    @JsonPropertyDescription("Price for Jobs where it differs.")
        @Nullable Long jobsPriceMicroUsdPerHour,
    @Required
        @JsonPropertyDescription(
            "Version of the price list, e.g. 2026-11; every usage line keeps it.")
        String catalogVersion,
    List<Product> availableFor,
    @JsonPropertyDescription("Date since which new use is discouraged, e.g. 2025-12-01.")
        @Nullable String deprecatedAt,
    @JsonPropertyDescription("For people: why it is not available, or where a number is from.")
        @Nullable String note,
    @JsonPropertyDescription("Endpoints only: aws, azure, gcp.") @Nullable String vendor,
    @Nullable String region,
    @Nullable String instanceType,
    @Nullable String instanceSize) {

  public FlavorSpec {
    displayName = requireNonNullElse(displayName, "");
    cpuMilli = requireNonNullElse(cpuMilli, 0L);
    memoryMib = requireNonNullElse(memoryMib, 0L);
    ephemeralGib = requireNonNullElse(ephemeralGib, 50L);
    priceMicroUsdPerHour = requireNonNullElse(priceMicroUsdPerHour, 0L);
    catalogVersion = requireNonNullElse(catalogVersion, "");
    availableFor = availableFor == null ? List.of() : List.copyOf(availableFor);
  }
}
