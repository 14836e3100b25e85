package dev.berth.agent.dra;

import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.dra.ClaimRules.ClaimRef;
import dev.berth.agent.dra.Preparer.Outcome;
import dev.berth.agent.wire.dra.v1.Claim;
import dev.berth.agent.wire.dra.v1.DRAPluginGrpc;
import dev.berth.agent.wire.dra.v1.Device;
import dev.berth.agent.wire.dra.v1.NodePrepareResourceResponse;
import dev.berth.agent.wire.dra.v1.NodePrepareResourcesRequest;
import dev.berth.agent.wire.dra.v1.NodePrepareResourcesResponse;
import dev.berth.agent.wire.dra.v1.NodeUnprepareResourceResponse;
import dev.berth.agent.wire.dra.v1.NodeUnprepareResourcesRequest;
import dev.berth.agent.wire.dra.v1.NodeUnprepareResourcesResponse;
import io.grpc.stub.StreamObserver;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kubelet's calls, translated. Each claim succeeds or fails for itself. */
final class DraService extends DRAPluginGrpc.DRAPluginImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(DraService.class);
  private static final Counter CALLS =
      Counter.builder()
          .name("berth_agent_claims_total")
          .help("Claims prepared and unprepared by outcome (ok, failed).")
          .labelNames("call", "outcome")
          .register();

  private final String node;
  private final Preparer preparer;
  private final Patience patience;

  DraService(String node, Preparer preparer, Duration patience) {
    this.node = node;
    this.preparer = preparer;
    this.patience = new Patience(preparer, patience);
  }

  @Override
  public void nodePrepareResources(
      NodePrepareResourcesRequest request, StreamObserver<NodePrepareResourcesResponse> answer) {
    NodePrepareResourcesResponse.Builder all = NodePrepareResourcesResponse.newBuilder();
    long deadline = patience.deadline();
    request.getClaimsList().forEach(c -> all.putClaims(c.getUid(), prepare(c, deadline)));
    answer.onNext(all.build());
    answer.onCompleted();
  }

  private NodePrepareResourceResponse prepare(Claim claim, long deadline) {
    return switch (patience.prepare(ref(claim), deadline)) {
      case Outcome.Ready ready -> {
        CALLS.labelValues("prepare", "ok").inc();
        yield devices(ready.claim());
      }
      case Outcome.Failed failed -> failed(claim, failed.message());
      case Outcome.Busy busy -> failed(claim, busy.message());
    };
  }

  private static NodePrepareResourceResponse failed(Claim claim, String message) {
    CALLS.labelValues("prepare", "failed").inc();
    LOG.atWarn()
        .addKeyValue("claim", ref(claim))
        .addKeyValue("why", message)
        .log("A claim was refused.");
    return NodePrepareResourceResponse.newBuilder().setError(message).build();
  }

  /** The claim's one CDI device is named by the first device of each request. */
  private NodePrepareResourceResponse devices(PreparedClaim claim) {
    NodePrepareResourceResponse.Builder all = NodePrepareResourceResponse.newBuilder();
    Set<String> named = new HashSet<>();
    for (PreparedClaim.Result r : claim.results()) {
      Device.Builder d =
          Device.newBuilder()
              .addRequestNames(r.request())
              .setPoolName(node)
              .setDeviceName(r.device());
      if (named.add(r.request())) {
        d.addCdiDeviceIds(CdiFiles.id(claim.uid()));
      }
      if (!r.shareId().isEmpty()) {
        d.setShareId(r.shareId());
      }
      all.addDevices(d);
    }
    return all.build();
  }

  @Override
  public void nodeUnprepareResources(
      NodeUnprepareResourcesRequest request,
      StreamObserver<NodeUnprepareResourcesResponse> answer) {
    NodeUnprepareResourcesResponse.Builder all = NodeUnprepareResourcesResponse.newBuilder();
    request.getClaimsList().forEach(c -> all.putClaims(c.getUid(), unprepare(c)));
    answer.onNext(all.build());
    answer.onCompleted();
  }

  private NodeUnprepareResourceResponse unprepare(Claim claim) {
    try {
      preparer.unprepare(ref(claim));
      CALLS.labelValues("unprepare", "ok").inc();
      return NodeUnprepareResourceResponse.getDefaultInstance();
    } catch (RuntimeException e) {
      CALLS.labelValues("unprepare", "failed").inc();
      LOG.atError().addKeyValue("claim", ref(claim)).setCause(e).log("A claim was not unprepared.");
      return NodeUnprepareResourceResponse.newBuilder()
          .setError("Node agent could not unprepare the claim, it will be tried again: " + e)
          .build();
    }
  }

  private static ClaimRef ref(Claim claim) {
    return new ClaimRef(claim.getNamespace(), claim.getName(), claim.getUid());
  }
}
