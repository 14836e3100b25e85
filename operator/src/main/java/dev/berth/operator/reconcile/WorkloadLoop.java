package dev.berth.operator.reconcile;

import dev.berth.operator.apply.Applier;
import dev.berth.operator.apply.Problem;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.plan.Action.WriteService;
import dev.berth.operator.plan.Observed;
import dev.berth.operator.plan.Plan;
import dev.berth.operator.plan.Planner;
import dev.berth.operator.plan.Recorded;
import dev.berth.operator.plan.Situation;
import dev.berth.operator.resolve.Resolution;
import dev.berth.operator.resolve.Resolver;
import dev.berth.operator.resolve.SeatHosting;
import dev.berth.operator.status.Assessment;
import dev.berth.operator.status.Assessor;
import dev.berth.operator.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One reconciliation of a workload of either kind. */
final class WorkloadLoop {
  /** A name or host may be given up, a refusal withdrawn; nobody tells us. */
  private static final Duration RETRY_PROBLEM = Duration.ofSeconds(5);

  private static final Set<String> OTHERS_MAY_GIVE_WAY =
      Set.of(Problem.NAME_CLASH, SeatHosting.LIMIT, SeatHosting.UNKNOWN);

  private static final Duration RETRY_SCHEDULER = Duration.ofSeconds(1);
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Resolver resolver;
  private final Applier applier;
  private final Supplier<String> nonces;
  private final InstantSource clock;
  private final Seating seating;

  WorkloadLoop(
      Resolver resolver,
      Applier applier,
      Seating seating,
      Supplier<String> nonces,
      InstantSource clock) {
    this.resolver = resolver;
    this.applier = applier;
    this.seating = seating;
    this.nonces = nonces;
    this.clock = clock;
  }

  Turn turn(Workload asked, Recorded recorded, Observed observed) {
    Resolution resolution = resolver.resolve(asked);
    Workload workload = seating.of(asked, resolution, observed);
    Situation situation = new Situation(workload, recorded, resolution, observed, clock.instant());
    Plan plan = Planner.plan(situation, nonces);
    Optional<Problem> problem = applier.apply(situation, plan);
    Assessment assessment = Assessor.assess(situation, problem);
    return new Turn(
        assessment,
        again(situation, plan, problem, assessment),
        nothingLeft(situation),
        situation.now());
  }

  private static Optional<Duration> again(
      Situation situation, Plan plan, Optional<Problem> problem, Assessment assessment) {
    Optional<Duration> wake = plan.wakeAt().map(at -> positive(situation.now(), at));
    Optional<Duration> retry = problem.map(WorkloadLoop::retryAfter);
    Optional<Duration> clash =
        OTHERS_MAY_GIVE_WAY.contains(assessment.verdict().reason())
            ? Optional.of(RETRY_PROBLEM)
            : Optional.empty();
    // The record of a time-out is written first, and acted upon at the next turn.
    Optional<Duration> act =
        (assessment.timedOut() && recordedNow(situation)) || returnOverdue(situation)
            ? Optional.of(AT_ONCE)
            : Optional.empty();
    // Our own write of a Service wakes nobody, and what it replaced is taken down at the next turn.
    Optional<Duration> moved =
        problem.isEmpty() && plan.actions().stream().anyMatch(WriteService.class::isInstance)
            ? Optional.of(AT_ONCE)
            : Optional.empty();
    return Stream.of(wake, retry, clash, act, moved)
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  private static boolean returnOverdue(Situation situation) {
    return situation.resolution() instanceof Resolution.Resolved resolved
        && situation.returnOverdue(resolved);
  }

  private static boolean recordedNow(Situation situation) {
    return situation.resolution() instanceof Resolution.Resolved resolved
        && !situation.timedOut(resolved);
  }

  private static Duration positive(Instant now, Instant at) {
    Duration wait = Duration.between(now, at);
    return wait.isPositive() ? wait : AT_ONCE;
  }

  private static Duration retryAfter(Problem problem) {
    return problem.reason().equals(Problem.SCHEDULER_UNREACHABLE) ? RETRY_SCHEDULER : RETRY_PROBLEM;
  }

  private static boolean nothingLeft(Situation situation) {
    Observed observed = situation.observed();
    return observed.placementsKnown()
        && observed.placements().stream().allMatch(p -> p.state() instanceof Releasing)
        && observed.pods().stream().allMatch(situation::lost)
        && observed.claims().stream().allMatch(dev.berth.operator.plan.ClaimView::deleting);
  }
}
