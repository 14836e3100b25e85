package dev.berth.e2e.fleet;

import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Port;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.process.ProcessSpec;
import dev.berth.e2e.process.Readiness;
import java.util.List;
import java.util.Map;

/** Our own processes, and ZooKeeper, which is as much a Java process as they are. */
record BerthProcesses(Home home, Settings settings, ProcessConfig config, JavaProcess java) {

  ProcessSpec zooKeeper() {
    var file = home.config("zoo.cfg");
    return java.spec(
        "zookeeper",
        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
        64,
        List.of(file.toString()),
        Map.of(file, config.zooKeeper()),
        new Readiness.ZooKeeper(settings.port(Port.ZOOKEEPER)));
  }

  ProcessSpec scheduler(int number) {
    return ours(
        "scheduler-" + number,
        "dev.berth.scheduler.SchedulerMain",
        128,
        config.scheduler(number),
        number == 0 ? Port.SCHEDULER_0_MANAGEMENT : Port.SCHEDULER_1_MANAGEMENT);
  }

  ProcessSpec operator() {
    return ours(
        "operator",
        "dev.berth.operator.OperatorMain",
        96,
        config.operator(),
        Port.OPERATOR_MANAGEMENT);
  }

  ProcessSpec nodeAgent() {
    return ours(
        "node-agent",
        "dev.berth.agent.NodeAgentMain",
        96,
        config.nodeAgent(),
        Port.NODE_AGENT_MANAGEMENT);
  }

  ProcessSpec hub() {
    return ours("hub", "dev.berth.hub.HubMain", 96, config.hub(), Port.HUB_MANAGEMENT);
  }

  ProcessSpec gateway() {
    return ours(
        "gateway",
        "dev.berth.hub.gateway.GatewayMain",
        96,
        config.gateway(),
        Port.GATEWAY_MANAGEMENT);
  }

  private ProcessSpec ours(
      String name, String mainClass, int heapMiB, String configuration, Port management) {
    var file = home.config(name + ".yaml");
    return java.spec(
        name,
        mainClass,
        heapMiB,
        List.of("--config", file.toString()),
        Map.of(file, configuration),
        Readiness.http(settings.port(management), "/healthz"));
  }
}
