package dev.berth.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** One entry of the hardware catalog with its price. Cluster-scoped. */
@Group(Berth.GROUP)
@Version(Berth.VERSION)
@ShortNames("fl")
@AdditionalPrinterColumn(name = "Accelerator", jsonPath = ".status.accelerator", type = Type.STRING)
@AdditionalPrinterColumn(name = "Count", jsonPath = ".spec.accelerator.count", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "VCPU", jsonPath = ".status.vcpu", type = Type.STRING)
@AdditionalPrinterColumn(name = "Memory", jsonPath = ".status.memory", type = Type.STRING)
@AdditionalPrinterColumn(name = "Price/h", jsonPath = ".status.price", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Available for",
    jsonPath = ".status.availableFor",
    type = Type.STRING)
@AdditionalPrinterColumn(name = "Deprecated", jsonPath = ".spec.deprecatedAt", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Version",
    jsonPath = ".spec.catalogVersion",
    type = Type.STRING,
    priority = 1)
public final class Flavor extends CustomResource<FlavorSpec, FlavorStatus> {
  private static final long serialVersionUID = 1L;

  @Override
  protected @Nullable FlavorSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable FlavorStatus initStatus() {
    return null;
  }
}
