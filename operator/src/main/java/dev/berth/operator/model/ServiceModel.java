package dev.berth.operator.model;

import dev.berth.operator.workload.Identity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** The Service of a workload: the stable name that selects the ready pods of one revision. */
public final class ServiceModel {
  private ServiceModel() {}

  /** Headless: the gateway and cluster DNS go to pods directly, no kube-proxy is needed. */
  public static Service service(Identity id, String revision, int port) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(id.namespace())
        .withName(Names.service(id))
        .withLabels(Names.labels(id))
        .addToLabels(Labels.GATEWAY, "true")
        .addToLabels(Labels.HOST, id.host())
        .addToAnnotations(Labels.HOST, id.host())
        .withOwnerReferences(Names.owner(id))
        .endMetadata()
        .withNewSpec()
        .withClusterIP("None")
        .withSelector(Names.labels(id))
        .addToSelector(Labels.REVISION, revision)
        .addNewPort()
        .withName("http")
        .withPort(port)
        .withNewTargetPort(port)
        .endPort()
        .endSpec()
        .build();
  }
}
