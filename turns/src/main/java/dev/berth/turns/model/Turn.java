package dev.berth.turns.model;

/**
 * One {@code @spaces.GPU} call that waits for, or has, a device.
 *
 * @param account whose quota pays; all its turns are one flow, whatever Space they call
 * @param weight of the account's tier: device time is shared in proportion
 * @param declaredNanos the longest it may run, before the size is multiplied in
 * @param loadNanos what bringing the Space's weights onto a device takes
 * @param memoryMib device memory those weights occupy, over all devices of the size
 * @param quotaLeftPermille of the account's quota at arrival: 0 (none left) to 1000
 * @param node the only node it may run on, since its call is already in a pod there; {@link
 *     #ANY_SEAT} while the call is held and any seat of its Space will do
 */
public record Turn(
    String id,
    String account,
    int weight,
    String space,
    Size size,
    long declaredNanos,
    long loadNanos,
    long memoryMib,
    int quotaLeftPermille,
    int node) {
  public static final int ANY_SEAT = -1;

  public Turn {
    if (weight < 1 || declaredNanos < 1 || loadNanos < 0 || memoryMib < 0) {
      throw new IllegalArgumentException(
          "Turn %s: expected weight >= 1, declared time >= 1 ns, load and memory >= 0, got %d, %d, %d, %d"
              .formatted(id, weight, declaredNanos, loadNanos, memoryMib));
    }
  }

  /** The same turn once its call has gone to a pod on {@code node}. */
  public Turn boundTo(int node) {
    return new Turn(
        id,
        account,
        weight,
        space,
        size,
        declaredNanos,
        loadNanos,
        memoryMib,
        quotaLeftPermille,
        node);
  }

  /** What {@code nanos} on its devices costs, in device nanoseconds. */
  public long cost(long nanos) {
    return nanos * size.devices();
  }

  /** Device memory it occupies on each of its devices. */
  public long memoryMibEach() {
    return memoryMib / size.devices();
  }
}
