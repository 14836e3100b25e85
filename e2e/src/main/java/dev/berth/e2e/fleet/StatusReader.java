package dev.berth.e2e.fleet;

import dev.berth.e2e.home.Port;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.process.ProcFs;
import dev.berth.e2e.process.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how the processes are from their pid files and from the kernel. */
record StatusReader(Supervisor supervisor, Settings settings, Clock clock) {
  private static final Map<String, Port> PORTS =
      Map.ofEntries(
          Map.entry("etcd", Port.ETCD_CLIENT),
          Map.entry("kube-apiserver", Port.API_SERVER),
          Map.entry("kube-controller-manager", Port.CONTROLLER_MANAGER),
          Map.entry("kube-scheduler", Port.KUBE_SCHEDULER),
          Map.entry("kubelet", Port.KUBELET),
          Map.entry("zookeeper", Port.ZOOKEEPER),
          Map.entry("scheduler-0", Port.SCHEDULER_0),
          Map.entry("scheduler-1", Port.SCHEDULER_1),
          Map.entry("hub", Port.HUB),
          Map.entry("gateway", Port.GATEWAY),
          Map.entry("operator", Port.OPERATOR_MANAGEMENT),
          Map.entry("node-agent", Port.NODE_AGENT_MANAGEMENT));

  List<ProcessStatus> read() {
    return supervisor.names().stream().map(this::of).toList();
  }

  private ProcessStatus of(String name) {
    var pid = supervisor.pid(name);
    long id = pid.orElse(-1);
    return new ProcessStatus(
        name,
        pid.isPresent() ? "running" : supervisor.isSupervised(name) ? "restarting" : "stopped",
        pid,
        ProcFs.residentBytes(id),
        Optional.ofNullable(PORTS.get(name)).map(settings::port),
        uptime(id),
        supervisor.restarts(name));
  }

  private Duration uptime(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(start -> Duration.between(start, clock.instant()))
        .orElse(Duration.ZERO);
  }
}
