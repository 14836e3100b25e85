package dev.berth.e2e.audit;

/** How one device spent its time since its node's journal first saw it, in nanoseconds. */
public record DeviceTime(
    String device, String model, long held, long idle, long draining, long unknown, long wall) {

  /** Nanoseconds that no state accounts for; 0 when the books are right. */
  public long unexplained() {
    return wall - Math.addExact(Math.addExact(held, idle), Math.addExact(draining, unknown));
  }
}
