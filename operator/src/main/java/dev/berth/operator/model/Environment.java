package dev.berth.operator.model;

import dev.berth.operator.placement.Lease;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementState.Placed;
import dev.berth.operator.workload.Identity;
import dev.berth.operator.workload.Wish;
import dev.berth.operator.workload.Workload;
import dev.berth.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Environment of the app: the user's variables and secrets, and what Berth tells it of itself. */
final class Environment {
  private Environment() {}

  static List<EnvVar> of(Workload workload, Placement placement, Lease lease) {
    Map<String, EnvVar> env = new LinkedHashMap<>();
    Wish wish = workload.wish();
    builtIn(workload, placement, lease).forEach((name, value) -> env.put(name, plain(name, value)));
    wish.variables().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(v -> env.put(v.getKey(), plain(v.getKey(), v.getValue())));
    wish.secrets()
        .forEach(
            s -> env.put(s.name(), secret(s.name(), s.secretRef().name(), s.secretRef().key())));
    return new ArrayList<>(env.values());
  }

  private static Map<String, String> builtIn(Workload workload, Placement placement, Lease lease) {
    Identity id = workload.identity();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("PORT", Integer.toString(workload.wish().port()));
    values.put("ACCELERATOR", accelerator(placement, lease));
    values.put("CPU_CORES", Long.toString(Math.max(1, lease.cpuMilli() / 1000)));
    values.put("MEMORY", lease.memoryMib() / 1024 + "Gi");
    if (id.kind() == WorkloadKind.SPACE) {
      values.put("SYSTEM", "spaces");
      values.put("SPACE_ID", id.namespace() + "/" + id.name());
      values.put("SPACE_AUTHOR_NAME", id.namespace());
      values.put("SPACE_REPO_NAME", id.name());
      values.put("SPACE_TITLE", id.name());
      values.put("SPACE_HOST", id.host());
      values.put("GRADIO_SERVER_NAME", "0.0.0.0");
      values.put("GRADIO_SERVER_PORT", Integer.toString(workload.wish().port()));
    } else {
      values.put("ENDPOINT_ID", id.namespace() + "/" + id.name());
    }
    values.putAll(rank(workload, placement, lease));
    return values;
  }

  /** Its place in a gang, and in a TPU slice over several hosts; both count from 0. */
  private static Map<String, String> rank(Workload workload, Placement placement, Lease lease) {
    int members = workload.wish().members();
    int pods = placement.state() instanceof Placed placed ? placed.leases().size() : members;
    int hosts = Math.max(1, pods / members);
    Map<String, String> values = new LinkedHashMap<>();
    if (workload.wish().gang()) {
      values.put("BERTH_GANG_RANK", Integer.toString(lease.member()));
      values.put("BERTH_GANG_SIZE", Integer.toString(pods));
    }
    if (hosts > 1) {
      values.put("TPU_WORKER_ID", Integer.toString(lease.member() % hosts));
    }
    return values;
  }

  private static String accelerator(Placement placement, Lease lease) {
    return lease.devices().stream().allMatch(Lease.Device::isCpu) ? "none" : placement.flavor();
  }

  private static EnvVar plain(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private static EnvVar secret(String name, String secret, String key) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, secret, false)
        .endValueFrom()
        .build();
  }
}
