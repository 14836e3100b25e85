package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One environment variable whose value is a key of a Secret in the same namespace. */
public record SecretVariable(
    @Required @JsonPropertyDescription("Name of the environment variable.") String name,
    @Required SecretRef secretRef) {

  /** A key of a Secret. */
  public record SecretRef(@Required String name, @Required String key) {}
}
