package dev.berth.agent.dra;

import dev.berth.agent.core.Footprint;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.Catalog;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.NodeInventory;
import dev.berth.agent.devices.TpuBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The environment variables that tell a container its devices: one set for the whole claim. */
final class ContainerEnv {
  private final Catalog catalog;

  ContainerEnv(Catalog catalog) {
    this.catalog = catalog;
  }

  Map<String, String> of(
      String node, Grant grant, NodeInventory inventory, List<MigInstance> instances) {
    List<String> names = grant.devices().stream().map(LeaseDevice::name).toList();
    Map<String, String> env = new LinkedHashMap<>();
    env.put("BERTH_NODE", node);
    env.put("BERTH_LEASE_ID", grant.leaseId());
    env.put("BERTH_DEVICES", String.join(",", names));
    gpus(grant, inventory, instances, env);
    shares(grant, env);
    inventory.tpu().ifPresent(t -> tpu(t, names, env));
    return env;
  }

  private static void gpus(
      Grant grant, NodeInventory inventory, List<MigInstance> made, Map<String, String> env) {
    List<String> uuids = new ArrayList<>();
    for (LeaseDevice device : grant.devices()) {
      if (device.footprint() instanceof Footprint.Mig) {
        made.stream()
            .filter(i -> NodeInventory.DeviceSpec.nameOf(i.place()).equals(device.name()))
            .forEach(i -> uuids.add(i.uuid()));
      } else {
        inventory.card(device.footprint().card()).map(Card::uuid).ifPresent(uuids::add);
      }
    }
    if (!uuids.isEmpty()) {
      env.put("CUDA_VISIBLE_DEVICES", String.join(",", uuids));
      env.put("NVIDIA_VISIBLE_DEVICES", String.join(",", uuids));
    }
  }

  private static void shares(Grant grant, Map<String, String> env) {
    grant.devices().stream()
        .filter(d -> d.footprint() instanceof Footprint.Share)
        .map(d -> (Footprint.Share) d.footprint())
        .findFirst()
        .ifPresent(s -> env.put("BERTH_GPU_MILLI", Integer.toString(s.milli())));
  }

  /** Chips by their index on the host; the bounds are those of the cuboid the chips form. */
  private void tpu(TpuBlock block, List<String> names, Map<String, String> env) {
    List<String> chips = block.chips();
    List<Integer> held =
        IntStream.range(0, chips.size()).filter(i -> names.contains(chips.get(i))).boxed().toList();
    if (held.isEmpty()) {
      return;
    }
    env.put(
        "TPU_VISIBLE_CHIPS",
        held.stream().map(i -> Integer.toString(i)).collect(Collectors.joining(",")));
    env.put("TPU_CHIPS_PER_HOST_BOUNDS", bounds(held.stream().map(chips::get).toList()));
    env.put("TPU_HOST_BOUNDS", "1,1,1");
    env.put("TPU_WORKER_ID", "0");
    env.put("TPU_WORKER_HOSTNAMES", "localhost");
    catalog
        .tpu(block.generation())
        .ifPresent(
            m ->
                env.put(
                    "TPU_ACCELERATOR_TYPE", m.typePrefix() + "-" + held.size() * m.typeCores()));
  }

  private static String bounds(List<String> chips) {
    return IntStream.rangeClosed(1, 3)
        .mapToObj(
            axis -> {
              List<Integer> at =
                  chips.stream()
                      .map(c -> Integer.valueOf(c.split("-", -1)[axis]))
                      .sorted()
                      .toList();
              return Integer.toString(at.getLast() - at.getFirst() + 1);
            })
        .collect(Collectors.joining(","));
  }
}
