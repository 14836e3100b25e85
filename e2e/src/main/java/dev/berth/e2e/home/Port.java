package dev.berth.e2e.home;

import java.util.Locale;

/** Every TCP port of a fleet, by its distance from the port base. */
public enum Port {
  GATEWAY(0),
  HUB(1),
  API_SERVER(2),
  ETCD_CLIENT(3),
  ETCD_PEER(4),
  ETCD_HEALTH(5),
  CONTROLLER_MANAGER(6),
  KUBE_SCHEDULER(7),
  KUBELET(8),
  KUBELET_HEALTH(9),
  ZOOKEEPER(10),
  SCHEDULER_0(11),
  SCHEDULER_1(12),
  METERING(13),
  POSTGRES(14),
  EXPORTER(15),
  SCHEDULER_0_MANAGEMENT(16),
  SCHEDULER_1_MANAGEMENT(17),
  OPERATOR_MANAGEMENT(18),
  NODE_AGENT_MANAGEMENT(19),
  HUB_MANAGEMENT(20),
  GATEWAY_MANAGEMENT(21),
  DEVICE_API(22);

  private final int offset;

  Port(int offset) {
    this.offset = offset;
  }

  int offset() {
    return offset;
  }

  /** The name in ports.yaml. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
