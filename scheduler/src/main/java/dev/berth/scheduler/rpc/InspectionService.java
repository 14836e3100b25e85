package dev.berth.scheduler.rpc;

import dev.berth.api.scheduler.v1.CheckRequest;
import dev.berth.api.scheduler.v1.CheckResponse;
import dev.berth.api.scheduler.v1.DumpRequest;
import dev.berth.api.scheduler.v1.InspectionGrpc;
import dev.berth.api.scheduler.v1.SimulateRequest;
import dev.berth.api.scheduler.v1.SimulateResponse;
import dev.berth.api.scheduler.v1.SnapshotRecord;
import dev.berth.api.scheduler.v1.Step;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.audit.Discrepancy;
import dev.berth.scheduler.core.audit.Recompute;
import dev.berth.scheduler.core.whatif.Plan;
import dev.berth.scheduler.core.whatif.Simulated;
import dev.berth.scheduler.snapshot.SnapshotWriter;
import dev.berth.scheduler.wire.Simulations;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;

/** The Inspection service: plans, snapshots and checks of the leader's state; changes nothing. */
public final class InspectionService extends InspectionGrpc.InspectionImplBase {
  private final Analyses analyses;

  public InspectionService(Analyses analyses) {
    this.analyses = analyses;
  }

  @Override
  public void simulate(SimulateRequest request, StreamObserver<SimulateResponse> observer) {
    analyses.answer(observer, (scheduler, state, now) -> simulate(scheduler, state, request, now));
  }

  private static SimulateResponse simulate(
      Scheduler scheduler, State state, SimulateRequest request, long now) {
    for (Step step : request.getStepsList()) {
      String broken = Simulations.broken(step);
      if (broken != null) {
        throw Refusals.badPlan("The plan does not hold: " + broken + ".");
      }
    }
    var steps = request.getStepsList().stream().map(Simulations::read).toList();
    return switch (Plan.simulate(scheduler, state, steps, now)) {
      case Simulated.Done done -> Simulations.write(state, done);
      case Simulated.Refused refused -> throw Refusals.badPlan(refused.why());
    };
  }

  /** Sends as fast as the caller reads; the snapshot does not change meanwhile. */
  @Override
  public void dump(DumpRequest request, StreamObserver<SnapshotRecord> observer) {
    try {
      Iterator<SnapshotRecord> records = SnapshotWriter.records(analyses.snapshot()).iterator();
      ServerCallStreamObserver<SnapshotRecord> call =
          (ServerCallStreamObserver<SnapshotRecord>) observer;
      call.setOnCancelHandler(() -> {});
      call.setOnReadyHandler(() -> send(records, call));
    } catch (RuntimeException e) {
      observer.onError(Refusals.from(e));
    }
  }

  private static void send(
      Iterator<SnapshotRecord> records, ServerCallStreamObserver<SnapshotRecord> call) {
    while (records.hasNext() && call.isReady()) {
      SnapshotRecord record = records.next();
      call.onNext(record);
      if (record.hasEnd()) {
        call.onCompleted();
      }
    }
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
    analyses.answer(observer, (scheduler, state, now) -> check(state));
  }

  private static CheckResponse check(State state) {
    CheckResponse.Builder response = CheckResponse.newBuilder().setEpoch(state.epoch());
    for (Discrepancy discrepancy : Recompute.check(state)) {
      response
          .addDiscrepanciesBuilder()
          .setKind(discrepancy.kind().name())
          .setWhere(discrepancy.where())
          .setExpected(discrepancy.expected())
          .setFound(discrepancy.found());
    }
    return response.build();
  }
}
