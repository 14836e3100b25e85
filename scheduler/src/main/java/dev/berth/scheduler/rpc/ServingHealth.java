package dev.berth.scheduler.rpc;

import dev.berth.api.agent.v1.NodeAgentGrpc;
import dev.berth.api.scheduler.v1.InspectionGrpc;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.api.turns.v1.LoadsGrpc;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.leadership.TermListener;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;

/** gRPC health: SERVING only while this process leads, which is how clients find the leader. */
public final class ServingHealth implements TermListener {
  private static final List<String> SERVICES =
      List.of(
          HealthStatusManager.SERVICE_NAME_ALL_SERVICES,
          SchedulerGrpc.SERVICE_NAME,
          InspectionGrpc.SERVICE_NAME,
          NodeAgentGrpc.SERVICE_NAME,
          LoadsGrpc.SERVICE_NAME);
  private final HealthStatusManager health = new HealthStatusManager();

  public ServingHealth() {
    serving(QuotaGrpc.SERVICE_NAME, false);
    notLeading();
  }

  /** For a service that begins and ceases by itself. */
  public void serving(String service, boolean ready) {
    health.setStatus(service, ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  public BindableService service() {
    return health.getHealthService();
  }

  @Override
  public void leading(DecisionLoop decisions) {
    set(ServingStatus.SERVING);
  }

  @Override
  public void notLeading() {
    set(ServingStatus.NOT_SERVING);
  }

  private void set(ServingStatus status) {
    SERVICES.forEach(service -> health.setStatus(service, status));
  }
}
