package dev.berth.agent.devices.nvidia;

import dev.berth.agent.devices.DeviceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The nvidia-smi commands that we use. */
final class NvidiaSmi {
  private final CommandRunner runner;

  NvidiaSmi(CommandRunner runner) {
    this.runner = runner;
  }

  List<SmiText.Gpu> gpus() {
    return SmiText.gpus(
        smi(
            "--query-gpu=index,uuid,name,memory.total,mig.mode.current",
            "--format=csv,noheader,nounits"));
  }

  List<SmiXml.Gpu> details() {
    return SmiXml.gpus(smi("-q", "-x"));
  }

  Map<Integer, Map<Integer, String>> migUuids() {
    return SmiText.migUuids(smi("-L"));
  }

  Map<Integer, String> linkGroups() {
    return Topology.linkGroups(smi("topo", "-m"));
  }

  List<SmiText.Profile> profiles(int gpu) {
    return SmiText.profiles(smi("mig", "-lgip", "-i", "" + gpu));
  }

  List<SmiText.Placement> placements(int gpu) {
    return SmiText.placements(smi("mig", "-lgipp", "-i", "" + gpu));
  }

  /** With no instance anywhere the tool prints a sentence (and may exit with an error). */
  List<SmiText.Instance> instances() {
    try {
      return SmiText.instances(smi("mig", "-lgi"));
    } catch (DeviceException e) {
      if (String.valueOf(e.getMessage()).contains("No GPU instances found")) {
        return List.of();
      }
      throw e;
    }
  }

  /** Makes the GPU instance and one compute instance that fills it; returns the GPU instance id. */
  int create(int gpu, int profileId, int start) {
    String made = smi("mig", "-cgi", profileId + ":" + start, "-i", "" + gpu);
    int id =
        SmiText.createdInstance(made)
            .orElseThrow(() -> new DeviceException("mig -cgi did not say what it made: " + made));
    createCompute(gpu, id);
    return id;
  }

  void createCompute(int gpu, int instance) {
    smi("mig", "-cci", "-gi", "" + instance, "-i", "" + gpu);
  }

  /** A compute instance that is gone already is no reason to keep the GPU instance. */
  void destroy(int gpu, int instance) {
    try {
      smi("mig", "-dci", "-gi", "" + instance, "-i", "" + gpu);
    } catch (DeviceException e) {
      if (!String.valueOf(e.getMessage()).contains("No compute instances found")) {
        throw e;
      }
    }
    smi("mig", "-dgi", "-gi", "" + instance, "-i", "" + gpu);
  }

  private String smi(String... arguments) {
    List<String> command = new ArrayList<>(List.of("nvidia-smi"));
    command.addAll(List.of(arguments));
    return runner.run(command);
  }
}
