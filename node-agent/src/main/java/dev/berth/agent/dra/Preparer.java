package dev.berth.agent.dra;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Decision;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.GrantView;
import dev.berth.agent.core.Lease;
import dev.berth.agent.core.PrepareRules;
import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.core.Verdict;
import dev.berth.agent.devices.Catalog;
import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.Health;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.dra.ClaimRules.ClaimRef;
import dev.berth.agent.dra.ClaimRules.Parsed;
import dev.berth.agent.runtime.AgentLedger;
import dev.berth.agent.runtime.GrantBoard;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares and unprepares claims, one at a time. The hardware is made ready first; held time starts
 * with the journal record, which is durable before the kubelet is answered.
 */
public final class Preparer {
  private static final Logger LOG = LoggerFactory.getLogger(Preparer.class);

  private final String node;
  private final ClaimReader claims;
  private final AgentLedger ledger;
  private final GrantBoard board;
  private final DeviceBackend backend;
  private final Health health;
  private final MigWork mig;
  private final CdiFiles cdi;
  private final SeatDesk seats;
  private final DeviceLoans loans;
  private final ContainerEnv env = new ContainerEnv(new Catalog());

  public Preparer(
      String node,
      ClaimReader claims,
      AgentLedger ledger,
      GrantBoard board,
      DeviceBackend backend,
      Health health,
      Path cdiDir,
      SeatDesk seats,
      DeviceLoans loans) {
    this.node = node;
    this.claims = claims;
    this.ledger = ledger;
    this.board = board;
    this.backend = backend;
    this.health = health;
    this.mig = new MigWork(backend);
    this.cdi = new CdiFiles(cdiDir);
    this.seats = seats;
    this.loans = loans;
  }

  /** How a claim fared. */
  public sealed interface Outcome {
    record Ready(PreparedClaim claim) implements Outcome {}

    /** {@code message} is shown to people by the kubelet. */
    record Failed(String message) implements Outcome {}

    /** As failed, but it may go by itself within seconds. */
    record Busy(String message) implements Outcome {}
  }

  /** After a restart: removes CDI files and seats of claims that are no longer prepared. */
  public synchronized void tidy() {
    Set<String> prepared =
        ledger.now().prepared().stream()
            .flatMap(l -> l.claim().stream())
            .map(PreparedClaim::uid)
            .collect(Collectors.toSet());
    cdi.deleteAllBut(prepared);
    seats.closeAllBut(prepared);
  }

  /** Idempotent. */
  Outcome prepare(ClaimRef ref) {
    Optional<Outcome> known = repeat(ref.uid());
    return known.orElseGet(
        () ->
            claims
                .read(ref.namespace(), ref.name())
                .map(c -> prepare(ClaimRules.parse(ref, c, node, backend.inventory())))
                .orElseGet(() -> new Outcome.Failed("Claim " + ref + " does not exist")));
  }

  private Outcome prepare(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Invalid invalid -> new Outcome.Failed(invalid.message());
      case Parsed.Request request -> prepare(request);
    };
  }

  private synchronized Outcome prepare(Parsed.Request request) {
    AgentState state = ledger.now();
    return switch (check(state, request)) {
      case Verdict.Refused refused -> refused(refused);
      case Verdict.AlreadyPrepared already -> repeat(already.lease());
      case Verdict.Accepted _ ->
          loans
              .takeBack(cards(request.grant()))
              .<Outcome>map(Outcome.Busy::new)
              .orElseGet(() -> hold(request, state));
    };
  }

  private static List<String> cards(Grant grant) {
    return grant.devices().stream().map(d -> d.footprint().card()).distinct().toList();
  }

  private Verdict check(AgentState state, Parsed.Request request) {
    GrantView view = board.view();
    return PrepareRules.check(state, request.grant(), request.claim(), view, health.unhealthy());
  }

  private Outcome hold(Parsed.Request request, AgentState state) {
    Grant grant = board.orElse(remembered(state, request.grant()));
    try {
      if (grant.seat()) {
        Optional<SeatEdits> seat = seats.open(grant, request.claim(), request.podUid());
        if (seat.isEmpty()) {
          return new Outcome.Failed(
              "Lease %s is a ZeroGPU seat, but node %s shares no devices; set zeroGpu in its configuration"
                  .formatted(grant.leaseId(), node));
        }
        provideSeat(request.claim().uid(), grant, seat.get());
      } else {
        provide(request.claim().uid(), grant, mig.make(grant, state));
      }
      Verdict last = ledger.decide(s -> commit(s, request, grant));
      if (last instanceof Verdict.Refused refused) {
        withdraw(request.claim().uid(), grant);
        return refused(refused);
      }
    } catch (RuntimeException e) {
      withdraw(request.claim().uid(), grant);
      throw e;
    }
    LOG.atInfo()
        .addKeyValue("lease", grant.leaseId())
        .addKeyValue("claim", request.claim().namespace() + "/" + request.claim().name())
        .addKeyValue("devices", grant.devices().stream().map(d -> d.name()).toList())
        .log("A lease is held.");
    return new Outcome.Ready(request.claim());
  }

  /** A claim need not say that it is a seat: the scheduler did when it granted the lease. */
  private static Grant remembered(AgentState state, Grant claimed) {
    return state.lease(claimed.leaseId()).map(Lease::grant).filter(Grant::seat).orElse(claimed);
  }

  /** Judged once more: the lease may have been given back while the hardware was made ready. */
  private Decision<Verdict> commit(AgentState s, Parsed.Request request, Grant grant) {
    Verdict verdict = check(s, request);
    return verdict instanceof Verdict.Accepted
        ? new Decision<>(List.of(new Event.LeasePrepared(grant, request.claim())), verdict)
        : new Decision<>(List.of(), verdict);
  }

  private void provide(String claimUid, Grant grant, List<MigInstance> instances) {
    List<String> cards = cards(grant);
    boolean gpu = cards.stream().anyMatch(c -> backend.inventory().card(c).isPresent());
    cdi.write(
        claimUid,
        env.of(node, grant, backend.inventory(), instances),
        gpu ? backend.deviceNodes(cards, instances) : List.of(),
        Map.of());
  }

  private void provideSeat(String claimUid, Grant grant, SeatEdits seat) {
    Map<String, String> all =
        new LinkedHashMap<>(env.of(node, grant, backend.inventory(), List.of()));
    all.putAll(seat.env());
    cdi.write(claimUid, all, seat.deviceNodes(), seat.mounts());
  }

  private void withdraw(String claimUid, Grant grant) {
    try {
      cdi.delete(claimUid);
      mig.destroy(grant);
      seats.close(claimUid);
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("lease", grant.leaseId())
          .setCause(e)
          .log(
              "What was made for a refused claim could not be undone; the next prepare clears it.");
    }
  }

  private synchronized Optional<Outcome> repeat(String claimUid) {
    return ledger.now().byClaim(claimUid).filter(Lease::held).map(this::repeat);
  }

  private Outcome repeat(Lease lease) {
    PreparedClaim claim = lease.claim().orElseThrow();
    if (!cdi.exists(claim.uid())) {
      if (lease.grant().seat()) {
        seats
            .open(lease.grant(), claim, "")
            .ifPresent(seat -> provideSeat(claim.uid(), lease.grant(), seat));
      } else {
        provide(claim.uid(), lease.grant(), mig.make(lease.grant(), ledger.now()));
      }
    }
    return new Outcome.Ready(claim);
  }

  private static Outcome refused(Verdict.Refused refused) {
    return refused.code().passing()
        ? new Outcome.Busy(refused.message())
        : new Outcome.Failed(refused.message());
  }

  /** Idempotent; a claim that is not known is unprepared already. */
  synchronized void unprepare(ClaimRef ref) {
    cdi.delete(ref.uid());
    Optional<Lease> lease = ledger.now().byClaim(ref.uid());
    if (lease.isEmpty()) {
      return;
    }
    mig.destroy(lease.get().grant());
    seats.close(ref.uid());
    ledger.record(new Event.LeaseUnprepared(lease.get().id()));
    LOG.atInfo()
        .addKeyValue("lease", lease.get().id())
        .addKeyValue("claim", ref)
        .log("A lease is no longer held.");
  }
}
