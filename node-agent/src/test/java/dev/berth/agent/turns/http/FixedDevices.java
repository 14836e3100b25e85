package dev.berth.agent.turns.http;

import dev.berth.agent.turns.devices.TurnDevices;
import dev.berth.turns.model.Device;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** So many cards of 80 GB. */
record FixedDevices(int count) implements TurnDevices {
  @Override
  public List<Device> usable() {
    return IntStream.range(0, count).mapToObj(i -> new Device(i, 0, 80 << 10)).toList();
  }

  @Override
  public boolean isReady(List<Integer> devices) {
    return true;
  }

  @Override
  public void provide(List<Integer> devices) {}

  @Override
  public String uuid(List<Integer> devices) {
    return devices.stream().map(i -> "GPU-" + i).collect(Collectors.joining(","));
  }
}
