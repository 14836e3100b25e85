package dev.berth.turns.queue;

import dev.berth.turns.model.Device;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param resident Spaces whose weights are on the device, the one used longest ago first
 * @param turn that runs here, or for which this half of a pair is kept
 * @param next the xlarge turn that gets this device when {@code turn} is over
 * @param up whether new turns may start here
 */
record DeviceState(
    Device device,
    List<Resident> resident,
    @Nullable String turn,
    @Nullable String next,
    boolean up) {
  record Resident(String space, long memoryMib) {}

  DeviceState {
    resident = List.copyOf(resident);
  }

  static DeviceState of(Device device) {
    return new DeviceState(device, List.of(), null, null, true);
  }

  boolean idle() {
    return up && turn == null && next == null;
  }

  boolean holds(String space) {
    return resident.stream().anyMatch(r -> r.space().equals(space));
  }

  long freeMib() {
    return device.memoryMib() - resident.stream().mapToLong(Resident::memoryMib).sum();
  }

  /** What must go, the longest unused first, so that {@code mib} of {@code space} fit. */
  List<Resident> pushedOutBy(String space, long mib) {
    List<Resident> out = new ArrayList<>();
    long free = freeMib();
    for (Resident other : resident) {
      if (other.space().equals(space)) {
        free += other.memoryMib();
      }
    }
    for (Resident other : resident) {
      if (free >= mib) {
        break;
      }
      if (!other.space().equals(space)) {
        out.add(other);
        free += other.memoryMib();
      }
    }
    return out;
  }

  DeviceState using(String space, long mib) {
    List<Resident> stay = new ArrayList<>(resident);
    stay.removeAll(pushedOutBy(space, mib));
    stay.removeIf(r -> r.space().equals(space));
    stay.add(new Resident(space, mib));
    return new DeviceState(device, stay, turn, next, up);
  }

  DeviceState without(String space) {
    List<Resident> stay = resident.stream().filter(r -> !r.space().equals(space)).toList();
    return new DeviceState(device, stay, turn, next, up);
  }

  DeviceState heldBy(@Nullable String turn) {
    return new DeviceState(device, resident, turn, next, up);
  }

  DeviceState promisedTo(@Nullable String next) {
    return new DeviceState(device, resident, turn, next, up);
  }

  DeviceState up(boolean up) {
    return new DeviceState(device, resident, turn, next, up);
  }
}
