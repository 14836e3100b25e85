package dev.berth.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.crds.FlavorSpec;
import dev.berth.crds.Product;
import dev.berth.crds.Scheduling;
import dev.berth.crds.SecretVariable;
import dev.berth.crds.UpdateStrategy;
import dev.berth.operator.resolve.Resolution.Resolved;
import dev.berth.operator.resolve.Resolution.Unresolved;
import dev.berth.operator.workload.HardwareWish;
import dev.berth.operator.workload.Identity;
import dev.berth.operator.workload.Run;
import dev.berth.operator.workload.Wish;
import dev.berth.operator.workload.Workload;
import dev.berth.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {
  private final Map<String, Secrets.Version> secrets = new HashMap<>();
  private Optional<String> hostOwner = Optional.empty();

  @Test
  void aGoodWishHasARevisionAndTheDefaultTimeout() {
    // When
    Resolution resolution = resolve(new Draft());

    // Then
    assertThat(resolution)
        .isInstanceOfSatisfying(
            Resolved.class,
            r -> {
              assertThat(r.flavor()).isEqualTo("t4-small");
              assertThat(r.revision()).matches("[0-9a-f]{10}");
              assertThat(r.startupTimeout()).isEqualTo(Duration.ofMinutes(30));
              assertThat(r.warnings()).isEmpty();
            });
  }

  @Test
  void whatIsSaidOfSchedulingBecomesAPolicy() {
    // When
    Resolved fallback = (Resolved) resolve(new Draft().set("fallback", "h100"));
    Resolved named = (Resolved) resolve(new Draft().set("priority", "high"));
    Resolved timed = (Resolved) resolve(new Draft().set("expected", "1h30m"));

    // Then
    assertThat(fallback.policy().fallbacks())
        .extracting(Policy.Fallback::flavor)
        .containsExactly("h100");
    assertThat(fallback.warnings()).singleElement().asString().contains("h100", "deprecated");
    assertThat(named.policy().priority()).isEqualTo(100);
    assertThat(timed.policy().expected()).isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void aPolicyIsPartOfTheRevisionAndNoneChangesNothing() {
    // When
    String plain = ((Resolved) resolve(new Draft())).revision();
    String stays = ((Resolved) resolve(new Draft().set("stay", ""))).revision();
    String urgent = ((Resolved) resolve(new Draft().set("level", "7"))).revision();

    // Then
    assertThat(stays).isEqualTo(plain);
    assertThat(urgent).isNotEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          image    |           | InvalidImage          | image is ''
          image    | 'a b'     | InvalidImage          | a b
          replicas | -1        | InvalidReplicas       | -1; expected 0 to 64
          replicas | 9000      | InvalidReplicas       | 9000; expected 0 to 64
          port     | 0         | InvalidPort           | 0; expected 1 to 65535
          fallback | t4-smal   | UnknownFlavor         | flavor 't4-smal' is not in the catalog; near names: t4-small
          fallback | h200      | FlavorNotAvailable    | flavor 'h200' is not offered for Spaces
          fallback | t4-small  | InvalidFallback       | flavor 't4-small' itself; name other flavors
          priority | urgent    | UnknownPriority       | priority is 'urgent'; expected -1000 to 1000, or one of {high=100, low=-100, normal=0}
          level    | 1001      | UnknownPriority       | priority is '1001'; expected -1000 to 1000
          expected | soon      | InvalidDuration       | expectedDuration is 'soon'; expected hours
          flavor   | t4-smol   | UnknownFlavor         | near names: t4-small
          flavor   | h200      | FlavorNotAvailable    | only for [Jobs]
          timeout  | soon      | InvalidStartupTimeout | 30m or 1h30m
          variable | 9LIVES    | InvalidVariable       | 9LIVES
          name     | a.b       | InvalidName           | a.b
          secret   | gone/key  | SecretMissing         | is not in namespace acme
          secret   | there/nil | SecretMissing         | has no key 'nil'
          """)
  void badInputNamesTheThingAndTheWayOut(
      String field, @Nullable String value, String reason, String words) {
    // Given
    secrets.put("there", new Secrets.Version("1", Set.of("key")));

    // When
    Resolution resolution = resolve(new Draft().set(field, value == null ? "" : value));

    // Then
    assertThat(resolution)
        .isInstanceOfSatisfying(
            Unresolved.class,
            u -> {
              assertThat(u.reason()).isEqualTo(reason);
              assertThat(u.message()).contains(words);
            });
  }

  @Test
  void aHostThatIsTooLongSaysHowLong() {
    assertThat(resolve(new Draft().set("name", "n".repeat(60))))
        .isInstanceOfSatisfying(
            Unresolved.class,
            u -> assertThat(u.message()).contains("65 characters; expected at most 63"));
  }

  @Test
  void aHostThatAnotherNamespaceServesIsAClash() {
    // Given
    hostOwner = Optional.of("acme-de/mo");

    // When // Then
    assertThat(resolve(new Draft()))
        .isInstanceOfSatisfying(
            Unresolved.class,
            u -> {
              assertThat(u.reason()).isEqualTo("NameClash");
              assertThat(u.message()).contains("acme-de/mo");
            });
  }

  @Test
  void aDeprecatedFlavorIsAllowedWithAWarning() {
    assertThat(resolved(new Draft().set("flavor", "h100")).warnings())
        .singleElement()
        .asString()
        .contains("deprecated since 2025-12-01");
  }

  @Test
  void everythingThatChangesThePodsChangesTheRevision() {
    // Given
    secrets.put("there", new Secrets.Version("1", Set.of("key")));
    String before = resolved(new Draft().set("secret", "there/key")).revision();

    // When
    secrets.put("there", new Secrets.Version("2", Set.of("key")));
    List<Draft> changed =
        List.of(
            new Draft().set("secret", "there/key"),
            new Draft().set("image", "app:2"),
            new Draft().set("flavor", "h100"),
            new Draft().set("port", "80"),
            new Draft().set("variable", "A"),
            new Draft().set("restart", "now"),
            new Draft().set("gang", "2"));

    // Then
    assertThat(changed.stream().map(d -> resolved(d).revision()))
        .doesNotHaveDuplicates()
        .doesNotContain(before);
  }

  @Test
  void replicasPausesAndTimeoutsDoNot() {
    // Given
    String before = resolved(new Draft()).revision();

    // When // Then
    assertThat(resolved(new Draft().set("replicas", "3")).revision()).isEqualTo(before);
    assertThat(resolved(new Draft().set("timeout", "1h30m")).revision()).isEqualTo(before);
  }

  @Test
  void anEndpointMayNameItsInstance() {
    // Given
    Draft draft = new Draft();
    draft.kind = WorkloadKind.ENDPOINT;
    draft.hardware = new HardwareWish.ByInstance("aws", "", "nvidia-l4", "x1");

    // When // Then
    assertThat(resolved(draft).flavor()).isEqualTo("aws-us-east-1-nvidia-l4-x1");
  }

  private Resolved resolved(Draft draft) {
    Resolution resolution = resolve(draft);
    assertThat(resolution).isInstanceOf(Resolved.class);
    return (Resolved) resolution;
  }

  private Resolution resolve(Draft draft) {
    return new Resolver(
            ResolverTest::catalog,
            (namespace, name) -> Optional.ofNullable(secrets.get(name)),
            id -> hostOwner,
            Duration.ofMinutes(30),
            Priorities.DEFAULT,
            SeatHosting.UNLIMITED)
        .resolve(draft.workload());
  }

  private static List<Catalog.Entry> catalog() {
    return List.of(
        new Catalog.Entry("t4-small", flavor(List.of(Product.Spaces), null, false)),
        new Catalog.Entry("h100", flavor(List.of(Product.Spaces), "2025-12-01", false)),
        new Catalog.Entry("h200", flavor(List.of(Product.Jobs), null, false)),
        new Catalog.Entry(
            "aws-us-east-1-nvidia-l4-x1", flavor(List.of(Product.Endpoints), null, true)));
  }

  private static FlavorSpec flavor(
      List<Product> products, @Nullable String deprecatedAt, boolean instance) {
    return new FlavorSpec(
        "f",
        1000L,
        1024L,
        50L,
        null,
        1L,
        null,
        "2026-11",
        products,
        deprecatedAt,
        null,
        instance ? "aws" : null,
        instance ? "us-east-1" : null,
        instance ? "nvidia-l4" : null,
        instance ? "x1" : null);
  }

  /** A wish to be spoilt. */
  private static final class Draft {
    WorkloadKind kind = WorkloadKind.SPACE;
    HardwareWish hardware = new HardwareWish.ByName("t4-small");
    private String name = "demo";
    private String image = "app:1";
    private int replicas = 1;
    private boolean gang;
    private int port = 7860;
    private Map<String, String> variables = Map.of();
    private List<SecretVariable> secretVariables = List.of();
    private String timeout = "";
    private String restart = "";
    private Scheduling scheduling = Scheduling.DEFAULT;

    Draft set(String field, String value) {
      switch (field) {
        case "name" -> name = value;
        case "image" -> image = value;
        case "replicas" -> replicas = Integer.parseInt(value);
        case "port" -> port = Integer.parseInt(value);
        case "flavor" -> hardware = new HardwareWish.ByName(value);
        case "timeout" -> timeout = value;
        case "restart" -> restart = value;
        case "variable" -> variables = Map.of(value, "x");
        case "fallback" -> scheduling = scheduling(null, List.of(value), null);
        case "priority" -> scheduling = scheduling(new IntOrString(value), List.of(), null);
        case "level" ->
            scheduling = scheduling(new IntOrString(Integer.valueOf(value)), List.of(), null);
        case "expected" -> scheduling = scheduling(null, List.of(), value);
        case "stay" -> scheduling = scheduling.withReturn(false);
        case "gang" -> {
          gang = true;
          replicas = Integer.parseInt(value);
        }
        case "secret" -> secretVariables = List.of(secret(value.split("/")));
        default -> throw new AssertionError(field);
      }
      return this;
    }

    private static Scheduling scheduling(
        @Nullable IntOrString priority, List<String> fallbacks, @Nullable String expected) {
      return new Scheduling(
          priority, false, null, null, List.of(), fallbacks, true, expected, null);
    }

    private static SecretVariable secret(String[] ref) {
      return new SecretVariable("TOKEN", new SecretVariable.SecretRef(ref[0], ref[1]));
    }

    Workload workload() {
      return new Workload(
          new Identity(kind, "acme", name, "0a1b2c3d-0000"),
          1,
          false,
          new Wish(
              image,
              hardware,
              replicas,
              gang,
              port,
              "/",
              variables,
              secretVariables,
              List.of(),
              List.of(),
              Run.RUN,
              UpdateStrategy.RollingWhenFree,
              timeout,
              restart,
              scheduling,
              List.of()));
    }
  }
}
