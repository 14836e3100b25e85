package dev.berth.agent.devices;

import java.util.List;
import java.util.Map;

/** The hardware of this node. Calls may block for seconds and throw {@link DeviceException}. */
public interface DeviceBackend extends AutoCloseable {
  /** What is here now; may change while the process runs. */
  NodeInventory inventory();

  /** Cards and chips that cannot be used now, with the reason. */
  Map<String, String> unhealthy();

  /** Instances that exist now, whoever made them. */
  List<MigInstance> instances();

  /** Makes the instance; an existing one at the same place is returned as it is. */
  MigInstance create(MigPlace place);

  /** Destroys the instance at this place; none there is fine. */
  void destroy(MigPlace place);

  /** Device files a container needs for these cards or chips; empty where a name is enough. */
  List<String> deviceNodes(List<String> devices, List<MigInstance> instances);

  /** Device files through which a container may use these cards, and any instance on them. */
  List<String> sharedNodes(List<Card> cards);

  /** Devices that turns share; none of them stands in the inventory. */
  default List<SharedDevice> shared() {
    return List.of();
  }

  /** Address of the exporter that has this node's metrics. */
  String exporterUrl();

  /** Called on any change of inventory or health. */
  void onChange(Runnable listener);

  @Override
  void close();
}
