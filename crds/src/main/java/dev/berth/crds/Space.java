package dev.berth.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** An app with one URL that runs on the hardware of a catalog flavor. */
@Group(Berth.GROUP)
@Version(Berth.VERSION)
@ShortNames("sp")
@AdditionalPrinterColumn(name = "Stage", jsonPath = ".status.stage", type = Type.STRING)
@AdditionalPrinterColumn(name = "Flavor", jsonPath = ".spec.flavor", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Current",
    jsonPath = ".status.hardware.current",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Replicas",
    jsonPath = ".status.replicas.current",
    type = Type.INTEGER)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class Space extends CustomResource<SpaceSpec, SpaceStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected @Nullable SpaceSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable SpaceStatus initStatus() {
    return null;
  }
}
