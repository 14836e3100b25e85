package dev.berth.operator.reconcile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.crds.Condition;
import dev.berth.crds.Hardware;
import dev.berth.crds.SpaceStage;
import dev.berth.crds.SpaceStatus;
import dev.berth.crds.UpdateStrategy;
import dev.berth.operator.apply.Problem;
import dev.berth.operator.placement.Reason;
import dev.berth.operator.resolve.Resolution.Unresolved;
import dev.berth.operator.resolve.SeatHosting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkloadLoopTest {

  @Test
  void aSpaceThatFitsRuns() {
    // Given
    Bench bench = new Bench(1);

    // When
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
    assertThat(ready(bench).status()).isEqualTo("True");
    assertThat(condition(bench, "Placed").message()).isEqualTo("gpu-0 on node node-0");
    assertThat(status(bench).placements()).hasSize(1);
    assertThat(hardware(bench).current()).isEqualTo("t4-small");
  }

  @Test
  void twoTurnsSufficeFromNothingToAPod() {
    // Given
    Bench bench = new Bench(1);

    // When
    bench.turn();

    // Then
    assertThat(bench.cluster.pods).hasSize(1);
    assertThat(stage(bench)).isEqualTo(SpaceStage.APP_STARTING);
  }

  @Test
  void movingTheServiceWakesItselfSinceNobodyElseDoes() {
    // Given a replacement whose last pod becomes ready
    Bench bench = new Bench(2);
    bench.settle();
    bench.edit(Bench.spec("app:2", "t4-small", 1));
    bench.turns(2);
    bench.cluster.pods.values().forEach(pod -> bench.cluster.ready(pod.getMetadata().getName()));

    // When the Service moves to it
    bench.turn();

    // Then the former replica is taken down without another event
    assertThat(bench.last.again())
        .hasValueSatisfying(wait -> assertThat(wait).isLessThan(Duration.ofSeconds(1)));
  }

  @Test
  void aSpaceBeyondWhatItsOwnerMayHostIsRefusedUntilItMay() {
    // Given
    Bench bench = new Bench(1);
    bench.edit(Bench.spec("app:1", "zero-gpu", 1));
    bench.hosting = id -> Optional.of(new Unresolved(SeatHosting.LIMIT, "2 came before"));

    // When
    bench.turns(2);

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.CONFIG_ERROR);
    assertThat(ready(bench).reason()).isEqualTo("HostingLimit");
    assertThat(ready(bench).message()).isEqualTo("2 came before");
    assertThat(bench.cluster.pods).isEmpty();
    assertThat(bench.last.again()).contains(Duration.ofSeconds(5));

    // When
    bench.hosting = SeatHosting.UNLIMITED;
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
  }

  @Test
  void whileNobodyTellsWhatAnOwnerMayHostASpaceWaitsAndWhatServesGoesOn() {
    // Given
    Bench bench = new Bench(2);
    bench.settle();
    bench.hosting = id -> Optional.of(Unresolved.forNow(SeatHosting.UNKNOWN, "the hub is away"));

    // When
    bench.edit(Bench.spec("app:1", "zero-gpu", 1));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING_APP_STARTING);
    assertThat(ready(bench).status()).isEqualTo("True");
    assertThat(ready(bench).reason()).isEqualTo("HostingUnknown");
    assertThat(condition(bench, "Placed").message()).isEqualTo("the hub is away");
    assertThat(hardware(bench).current()).isEqualTo("t4-small");
    assertThat(bench.last.again()).contains(Duration.ofSeconds(5));
  }

  @Test
  void whatIsPausedIsNotJudgedByWhatItsOwnerMayHost() {
    // Given
    Bench bench = new Bench(1);
    bench.hosting = id -> Optional.of(new Unresolved(SeatHosting.LIMIT, "2 came before"));

    // When
    bench.edit(Bench.spec("app:1", "zero-gpu", 1, false, true, UpdateStrategy.RollingWhenFree));
    bench.turns(2);

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.PAUSED);
  }

  @Test
  void oneThatDoesNotFitSaysWhyWithNumbersAndPosition() {
    // Given
    Bench bench = new Bench(0);

    // When
    bench.turns(2);

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.APP_STARTING);
    assertThat(ready(bench).reason()).isEqualTo("Unschedulable");
    assertThat(ready(bench).message())
        .contains("asked 1, free 0, total 1 gpu of T4-16 (INSUFFICIENT_ACCELERATORS)")
        .contains("position 1");
    assertThat(condition(bench, "Placed").reason()).isEqualTo("INSUFFICIENT_ACCELERATORS");
    assertThat(status(bench).waiting()).isNotNull();
  }

  @Test
  void aRejectedOneIsAConfigurationErrorAndIsAskedAgain() {
    // Given
    Bench bench = new Bench(0);
    bench.edit(Bench.spec("app:1", "t4-medium", 1));
    bench.scheduler.rejectWith =
        List.of(new Reason("TOO_LARGE", "no node is that large", 9, 1, 8, "gpu", "T4-16", 3));

    // When
    bench.turns(2);

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.CONFIG_ERROR);
    assertThat(ready(bench).reason()).isEqualTo("Rejected");
    assertThat(condition(bench, "Placed").reason()).isEqualTo("TOO_LARGE");

    // When
    bench.scheduler.rejectWith = List.of();
    bench.scheduler.devices = 1;
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
  }

  @Test
  void noNodesYetIsWaitingNotAnError() {
    // Given
    Bench bench = new Bench(0);
    bench.edit(Bench.spec("app:1", "t4-medium", 1));
    bench.scheduler.rejectWith = List.of(new Reason("NO_NODES", "", 1, 0, 0, "node", "", 0));

    // When
    bench.turns(2);

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.APP_STARTING);
    assertThat(ready(bench).reason()).isEqualTo("Unschedulable");
  }

  @Test
  void aFlavorChangeKeepsTheOldOneServingUntilTheNewOneIsReady() {
    // Given
    Bench bench = new Bench(2);
    bench.settle();
    String old = bench.last.assessment().wanted().orElseThrow();

    // When
    bench.edit(Bench.spec("app:1", "t4-medium", 1));
    bench.turns(3);

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING_APP_STARTING);
    assertThat(ready(bench).status()).isEqualTo("True");
    assertThat(hardware(bench).current()).isEqualTo("t4-small");
    assertThat(hardware(bench).requested()).isEqualTo("t4-medium");
    assertThat(bench.cluster.pods).hasSize(2);
    assertThat(selected(bench)).isEqualTo(old);

    // When
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
    assertThat(hardware(bench).current()).isEqualTo("t4-medium");
    assertThat(bench.cluster.pods).hasSize(1);
    assertThat(selected(bench)).isNotEqualTo(old);
  }

  @Test
  void aFlavorChangeWithoutASecondDeviceKeepsServingAndSaysHow() {
    // Given
    Bench bench = new Bench(1);
    bench.settle();

    // When
    bench.edit(Bench.spec("app:1", "t4-medium", 1));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING_APP_STARTING);
    assertThat(ready(bench).status()).isEqualTo("True");
    assertThat(ready(bench).message())
        .contains("free 0")
        .contains("keeps serving")
        .contains("updateStrategy: Recreate");

    // When
    bench.edit(Bench.spec("app:1", "t4-medium", 1, false, false, UpdateStrategy.Recreate));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
    assertThat(hardware(bench).current()).isEqualTo("t4-medium");
  }

  @Test
  void anEditDuringARolloutAbandonsTheHalfMadeRevision() {
    // Given
    Bench bench = new Bench(3);
    bench.settle();
    bench.edit(Bench.spec("app:2", "t4-small", 1));
    bench.turns(3);

    // When
    bench.edit(Bench.spec("app:3", "t4-small", 1));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
    assertThat(bench.cluster.pods.values())
        .extracting(p -> p.getSpec().getContainers().getFirst().getImage())
        .containsExactly("app:3");
    assertThat(bench.scheduler.held).hasSize(1);
  }

  @Test
  void aGangRunsOnlyWhole() {
    // Given
    Bench bench = new Bench(3);
    bench.edit(Bench.spec("app:1", "t4-small", 4, true, false, UpdateStrategy.RollingWhenFree));

    // When
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.APP_STARTING);
    assertThat(bench.cluster.pods).isEmpty();

    // When
    bench.scheduler.devices = 4;
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
    assertThat(bench.cluster.pods).hasSize(4);
    assertThat(bench.scheduler.held).hasSize(1);
  }

  @Test
  void scalingKeepsTheReplicasThatRun() {
    // Given
    Bench bench = new Bench(3);
    bench.settle();
    List<String> first = List.copyOf(bench.cluster.pods.keySet());

    // When
    bench.edit(Bench.spec("app:1", "t4-small", 3));
    bench.settle();

    // Then
    assertThat(bench.cluster.pods.keySet()).hasSize(3).containsAll(first);

    // When
    bench.edit(Bench.spec("app:1", "t4-small", 1));
    bench.settle();

    // Then
    assertThat(bench.cluster.pods.keySet()).containsExactlyElementsOf(first);
    assertThat(bench.scheduler.held).hasSize(1);
  }

  @Test
  void anAppThatExitsSaysItsCode() {
    // Given
    Bench bench = new Bench(1);
    bench.turns(2);

    // When
    bench.cluster.exited(pod(bench), 3, 2);
    bench.turn();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNTIME_ERROR);
    assertThat(ready(bench).reason()).isEqualTo("AppExited");
    assertThat(ready(bench).message()).contains("code 3").contains("restarted 2 times");
  }

  @Test
  void anImageThatCannotBePulledSaysWhich() {
    // Given
    Bench bench = new Bench(1);
    bench.turns(2);

    // When
    bench.cluster.waiting(pod(bench), "ErrImagePull", "not found");
    bench.turn();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNTIME_ERROR);
    assertThat(ready(bench).reason()).isEqualTo("ImagePull");
    assertThat(ready(bench).message()).contains("app:1").contains("not found");
  }

  @Test
  void anAppThatNeverListensGivesItsHardwareBackAndASpecChangeRetries() {
    // Given
    Bench bench = new Bench(1);
    bench.turns(2);

    // When
    bench.now = bench.now.plus(Duration.ofMinutes(31));
    bench.turns(3);
    bench.cluster.finishTerminating();
    bench.turns(3);

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNTIME_ERROR);
    assertThat(ready(bench).reason()).isEqualTo("StartupTimeout");
    assertThat(bench.cluster.pods).isEmpty();
    assertThat(bench.scheduler.busy()).isEmpty();

    // When
    bench.settle();

    // Then
    assertThat(ready(bench).reason()).isEqualTo("StartupTimeout");
    assertThat(bench.scheduler.held).isEmpty();

    // When
    bench.edit(Bench.spec("app:2", "t4-small", 1));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
  }

  @Test
  void anUpdateThatNeverListensLeavesTheFormerOneServing() {
    // Given
    Bench bench = new Bench(2);
    bench.settle();
    bench.edit(Bench.spec("app:2", "t4-small", 1));
    bench.turns(3);

    // When
    bench.now = bench.now.plus(Duration.ofMinutes(31));
    bench.turns(3);
    bench.cluster.finishTerminating();
    bench.turns(3);

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
    assertThat(condition(bench, "Progressing").reason()).isEqualTo("StartupTimeout");
    assertThat(bench.cluster.pods).hasSize(1);
    assertThat(bench.scheduler.busy()).hasSize(1);
  }

  @Test
  void anUnknownFlavorNamesItsNeighboursAndWhatServesGoesOn() {
    // Given
    Bench bench = new Bench(1);
    bench.settle();

    // When
    bench.edit(Bench.spec("app:1", "t4-smal", 1));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.CONFIG_ERROR);
    assertThat(ready(bench).reason()).isEqualTo("UnknownFlavor");
    assertThat(ready(bench).message()).contains("t4-small").contains("keeps serving");
    assertThat(ready(bench).status()).isEqualTo("True");
    assertThat(bench.cluster.pods).hasSize(1);
  }

  @Test
  void aDeprecatedFlavorRunsWithAWarning() {
    // Given
    Bench bench = new Bench(1);
    bench.edit(Bench.spec("app:1", "h100", 1));

    // When
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
    assertThat(condition(bench, "Warning").message()).contains("deprecated since 2025-12-01");
  }

  @Test
  void aNameClashTakesNoHardware() {
    // Given
    Bench bench = new Bench(1);
    bench.deleting = true;
    bench.settle();
    bench.deleting = false;
    bench.cluster.clash =
        Optional.of(new Problem(Problem.NAME_CLASH, "Service 'demo' exists and is not Berth's"));

    // When
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.CONFIG_ERROR);
    assertThat(condition(bench, "NameClash").status()).isEqualTo("True");
    assertThat(bench.scheduler.held).isEmpty();
    assertThat(bench.last.again()).contains(Duration.ofSeconds(5));
  }

  @Test
  void aSchedulerOutageLeavesWhatRunsAlone() {
    // Given
    Bench bench = new Bench(1);
    bench.settle();

    // When
    bench.restart();
    bench.turns(3);

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
    assertThat(bench.cluster.pods).hasSize(1);
  }

  @Test
  void aDeletedPodComesBackOnItsLease() {
    // Given
    Bench bench = new Bench(1);
    bench.settle();
    String pod = pod(bench);

    // When
    bench.cluster.deletePod("acme", pod);
    bench.settle();

    // Then
    assertThat(pod(bench)).isEqualTo(pod);
    assertThat(bench.scheduler.usedIds).hasSize(1);
  }

  @Test
  void aPodThatNeverEndsOnALostNodeIsReplacedOnAnotherDevice() {
    // Given
    Bench bench = new Bench(2);
    bench.settle();

    // When
    bench.cluster.deletePod("acme", pod(bench));
    bench.now = bench.now.plusSeconds(61);
    bench.turns(4);

    // Then
    assertThat(bench.scheduler.usedIds).hasSize(2);
    assertThat(bench.cluster.pods).hasSize(2);
  }

  private static SpaceStatus status(Bench bench) {
    assertThat(bench.status).isNotNull();
    return requireNonNull(bench.status);
  }

  private static SpaceStage stage(Bench bench) {
    return requireNonNull(status(bench).stage());
  }

  private static Hardware hardware(Bench bench) {
    return requireNonNull(status(bench).hardware());
  }

  private static Condition ready(Bench bench) {
    return condition(bench, "Ready");
  }

  private static Condition condition(Bench bench, String type) {
    return status(bench).conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError(type + " is not in " + status(bench).conditions()));
  }

  private static String selected(Bench bench) {
    return requireNonNull(
        requireNonNull(bench.cluster.services.get("demo"))
            .getSpec()
            .getSelector()
            .get("berth.dev/revision"));
  }

  private static String pod(Bench bench) {
    return bench.cluster.pods.keySet().iterator().next();
  }
}
