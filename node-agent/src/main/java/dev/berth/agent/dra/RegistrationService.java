package dev.berth.agent.dra;

import dev.berth.agent.wire.registration.InfoRequest;
import dev.berth.agent.wire.registration.PluginInfo;
import dev.berth.agent.wire.registration.RegistrationGrpc;
import dev.berth.agent.wire.registration.RegistrationStatus;
import dev.berth.agent.wire.registration.RegistrationStatusResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Introduces this driver to the kubelet. */
final class RegistrationService extends RegistrationGrpc.RegistrationImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(RegistrationService.class);
  private static final List<String> VERSIONS =
      List.of("v1.DRAPlugin", "v1alpha1.DRAResourceHealth");
  private final Path endpoint;
  private final Runnable registered;

  /** {@code registered} runs each time a kubelet has taken the driver in. */
  RegistrationService(Path endpoint, Runnable registered) {
    this.endpoint = endpoint;
    this.registered = registered;
  }

  @Override
  public void getInfo(InfoRequest request, StreamObserver<PluginInfo> answer) {
    answer.onNext(
        PluginInfo.newBuilder()
            .setType("DRAPlugin")
            .setName(Driver.NAME)
            .setEndpoint(endpoint.toString())
            .addAllSupportedVersions(VERSIONS)
            .build());
    answer.onCompleted();
  }

  @Override
  public void notifyRegistrationStatus(
      RegistrationStatus status, StreamObserver<RegistrationStatusResponse> answer) {
    if (status.getPluginRegistered()) {
      LOG.atInfo().log("The kubelet registered this driver.");
      registered.run();
    } else {
      LOG.atError()
          .addKeyValue("error", status.getError())
          .log("The kubelet refused to register this driver.");
    }
    answer.onNext(RegistrationStatusResponse.getDefaultInstance());
    answer.onCompleted();
  }
}
