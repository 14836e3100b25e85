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

/** What the user wants of a Space. Absent values take the defaults of the schema. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.scheduling) || !has(self.scheduling.fallbacks) || !(self.flavor in self.scheduling.fallbacks)",
    messageExpression =
        "'fallbacks name the flavor ' + self.flavor + ' itself; name other flavors'")
@ValidationRule(
    value = "!has(self.scheduling) || !has(self.scheduling.topology) || self.gang",
    message = "topology is about the replicas of a gang; set gang: true, or leave topology out")
public record SpaceSpec(
    @Required
        @ValidationRule(
            value = "self.size() > 0",
            message = "image must name a container image, e.g. registry.example/acme/app:1")
        @Size(max = 1024)
        @JsonPropertyDescription("Container image of the app.")
        String image,
    @Required
        @ValidationRule(
            value = "self.size() > 0",
            message = "flavor must name a Flavor; see: kubectl get flavors")
        @Size(max = 253)
        @JsonPropertyDescription("Hardware: the name of a Flavor.")
        String flavor,
    @Default("1")
        @ValidationRule(value = "self >= 0 && self <= 64", message = "replicas must be 0 to 64")
        @JsonPropertyDescription("Copies of the app, each on its own hardware; 0 stops the Space.")
        Integer replicas,
    @Default("false") @JsonPropertyDescription("Place all replicas at once or none (a gang).")
        Boolean gang,
    @Default("7860")
        @ValidationRule(value = "self >= 1 && self <= 65535", message = "port must be 1 to 65535")
        @JsonPropertyDescription("Port the app listens on.")
        Integer port,
    @JsonPropertyDescription("Environment variables, public.") Map<String, String> variables,
    @JsonPropertyDescription("Environment variables from Kubernetes Secrets.")
        List<SecretVariable> secrets,
    @Default("false")
        @JsonPropertyDescription("Stop the app and give its hardware back; the URL stays.")
        Boolean paused,
    @JsonPropertyDescription("Any text; changing it restarts the app.")
        @Nullable String restartedAt,
    @ValidationRule(
            value = "self.matches('^([0-9]+h)?([0-9]+m)?([0-9]+s)?$') && self.size() > 0",
            messageExpression =
                "'startupTimeout is \"' + self + '\"; expected hours, minutes, seconds, e.g. 30m or 1h30m'")
        @Size(max = 32)
        @JsonPropertyDescription(
            "How long the app may take from its placement to listening, e.g. 1h30m; default 30m.")
        @Nullable String startupTimeout,
    @ValidationRule(
            value = "self.matches('^([0-9]+h)?([0-9]+m)?([0-9]+s)?$') && self.size() > 0",
            messageExpression =
                "'sleepAfter is \"' + self + '\"; expected hours, minutes, seconds, e.g. 1h or 48h'")
        @Size(max = 32)
        @JsonPropertyDescription(
            "Without a visit for so long the app is stopped and its hardware given back; the next visit wakes it. Default: never.")
        @Nullable String sleepAfter,
    @Default("/")
        @ValidationRule(
            value = "self.startsWith('/')",
            messageExpression =
                "'healthPath is \"' + self + '\"; expected a path that starts with /'")
        @Size(max = 1024)
        @JsonPropertyDescription("HTTP path that answers below 400 when the app is healthy.")
        String healthPath,
    @Default("\"RollingWhenFree\"")
        @JsonPropertyDescription(
            "RollingWhenFree: the old app serves until the new one is ready on other hardware. Recreate: stop the old one first.")
        UpdateStrategy updateStrategy,
    @JsonPropertyDescription("Replaces the image's entry point.") List<String> command,
    @JsonPropertyDescription("Arguments of the entry point.") List<String> args,
    @JsonPropertyDescription("How the scheduler may serve it.") @Nullable Scheduling scheduling) {

  public SpaceSpec {
    image = requireNonNullElse(image, "");
    flavor = requireNonNullElse(flavor, "");
    replicas = requireNonNullElse(replicas, 1);
    gang = requireNonNullElse(gang, false);
    port = requireNonNullElse(port, 7860);
    variables = variables == null ? Map.of() : Map.copyOf(variables);
    secrets = secrets == null ? List.of() : List.copyOf(secrets);
    paused = requireNonNullElse(paused, false);
    healthPath = requireNonNullElse(healthPath, "/");
    updateStrategy = requireNonNullElse(updateStrategy, UpdateStrategy.RollingWhenFree);
    command = command == null ? List.of() : List.copyOf(command);
    args = args == null ? List.of() : List.copyOf(args);
  }
}
