package dev.berth.crds;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the user wants of an Endpoint. Hardware is a flavor, or vendor, instance type and size. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "(has(self.flavor) && self.flavor != '') || (has(self.vendor) && has(self.instanceType) && has(self.instanceSize))",
    message = "name the hardware by flavor, or by vendor, instanceType and instanceSize")
@ValidationRule(
    value = "self.minReplicas <= self.maxReplicas",
    message = "minReplicas must not be more than maxReplicas")
@ValidationRule(
    value =
        "!has(self.scheduling) || !has(self.scheduling.fallbacks) || !has(self.flavor) || !(self.flavor in self.scheduling.fallbacks)",
    messageExpression =
        "'fallbacks name the flavor ' + self.flavor + ' itself; name other flavors'")
@ValidationRule(
    value = "!has(self.scheduling) || !has(self.scheduling.topology)",
    message = "topology is about the replicas of a gang, and an Endpoint is none; leave it out")
public record EndpointSpec(
    @Required
        @ValidationRule(
            value = "self.size() > 0",
            message = "image must name a container image, e.g. registry.example/acme/server:1")
        @Size(max = 1024)
        @JsonPropertyDescription("Container image of the server.")
        String image,
    @Size(max = 253) @JsonPropertyDescription("Hardware: the name of a Flavor.")
        @Nullable String flavor,
    @JsonPropertyDescription("Cloud vendor, e.g. aws; with instanceType and instanceSize.")
        @Nullable String vendor,
    @Nullable String region,
    @Nullable String instanceType,
    @Nullable String instanceSize,
    @Default("1")
        @ValidationRule(value = "self >= 0 && self <= 64", message = "minReplicas must be 0 to 64")
        @JsonPropertyDescription("Replicas that always run; 0 stops the Endpoint.")
        Integer minReplicas,
    @Default("64")
        @ValidationRule(value = "self >= 1 && self <= 64", message = "maxReplicas must be 1 to 64")
        @JsonPropertyDescription("Upper bound of autoscaling (accepted, not used yet).")
        Integer maxReplicas,
    @Default("8080")
        @ValidationRule(value = "self >= 1 && self <= 65535", message = "port must be 1 to 65535")
        @JsonPropertyDescription("Port the server listens on.")
        Integer port,
    @Default("/health")
        @ValidationRule(
            value = "self.startsWith('/')",
            messageExpression =
                "'healthPath is \"' + self + '\"; expected a path that starts with /'")
        @Size(max = 1024)
        @JsonPropertyDescription("HTTP path that answers below 400 when the server is healthy.")
        String healthPath,
    @JsonPropertyDescription("Environment variables, public.") Map<String, String> variables,
    @JsonPropertyDescription("Environment variables from Kubernetes Secrets.")
        List<SecretVariable> secrets,
    @JsonPropertyDescription("Replaces the image's entry point.") List<String> command,
    @JsonPropertyDescription("Arguments of the entry point.") List<String> args,
    @Default("false")
        @JsonPropertyDescription("Stop the server and give its hardware back; the URL stays.")
        Boolean paused,
    @JsonPropertyDescription("How the scheduler may serve it.") @Nullable Scheduling scheduling) {

  public EndpointSpec {
    image = requireNonNullElse(image, "");
    minReplicas = requireNonNullElse(minReplicas, 1);
    maxReplicas = requireNonNullElse(maxReplicas, Berth.MAX_REPLICAS);
    port = requireNonNullElse(port, 8080);
    healthPath = requireNonNullElse(healthPath, "/health");
    variables = variables == null ? Map.of() : Map.copyOf(variables);
    secrets = secrets == null ? List.of() : List.copyOf(secrets);
    command = command == null ? List.of() : List.copyOf(command);
    args = args == null ? List.of() : List.copyOf(args);
    paused = requireNonNullElse(paused, false);
  }
}
