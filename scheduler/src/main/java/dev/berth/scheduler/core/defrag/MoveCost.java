package dev.berth.scheduler.core.defrag;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;

/** Who may be moved, what it costs, and what room is worth; in device-milliseconds. */
public final class MoveCost {
  /** The suffix of a placement that holds the target of a move. */
  public static final String MOVE = ".move";

  private static final long MILLI = 1_000_000L;

  /** One run counts for a day at most, so that one service cannot pay for moving everything. */
  private static final long DAY = 86_400_000L * MILLI;

  private MoveCost() {}

  private static final int MAX_ID = 253;

  /** Only preemptible placements are planned to move. */
  public static boolean movable(State state, Placement placement) {
    return placement.request().policy().preemptible() && canMove(state, placement);
  }

  /** A seat holds no device, so its owner has nothing to lose but a moment: load may move it. */
  static boolean mayBeAsked(State state, Placement placement) {
    boolean seat =
        placement.request().members().stream()
            .allMatch(shape -> shape.accelerator() instanceof Accelerator.Seat);
    return (seat || placement.request().policy().preemptible()) && canMove(state, placement);
  }

  /**
   * None is moved twice at a time, none whose members must stay together, as a member that moves
   * alone could leave the others, and none with a member over several hosts.
   */
  private static boolean canMove(State state, Placement placement) {
    return placement instanceof Placement.Placed
        && !placement.request().policy().topology().required()
        && placement.leases().size() == placement.request().members().size()
        && placement.id().length() + MOVE.length() <= MAX_ID
        && !isTarget(state, placement.id())
        && !state.placements().containsKey(placement.id() + MOVE);
  }

  /** The target of a move that is not finished: what it moves is still there. */
  private static boolean isTarget(State state, String id) {
    return id.endsWith(MOVE)
        && state.placements().containsKey(id.substring(0, id.length() - MOVE.length()));
  }

  public static long of(Placement.Placed placed, Lease lease, Budget budget, long now) {
    long age = Math.max(0, now - placed.placedNanos());
    long recent = Math.max(0, budget.recentNanos() - age);
    long stop = placed.request().policy().checkpointNanos() + budget.restartNanos() + recent;
    return milliDevices(lease) * (stop / MILLI) / 1_000;
  }

  /** Devices that the request would use, for as long as it is likely to run. */
  public static long value(State state, Request request) {
    long runs = state.outlook().durations().of(request).left(0, 500);
    long devices = request.members().stream().mapToLong(MoveCost::milliDevices).sum();
    return devices * (Math.min(runs, DAY) / MILLI) / 1_000;
  }

  static long value(long devices, Budget budget) {
    return devices * (budget.horizonNanos() / MILLI);
  }

  /** How many thousandths of devices one plan may move. */
  public static long mostMilliDevices(State state, Budget budget) {
    long devices = 0;
    for (Node node : state.nodes().values()) {
      devices += node.inventory().cards().size();
      devices += node.inventory().tori().stream().mapToInt(t -> t.chips()).sum();
    }
    return devices * budget.maxDevicePermille();
  }

  public static long milliDevices(Lease lease) {
    return lease.devices().stream().mapToLong(MoveCost::milli).sum();
  }

  private static long milli(Device device) {
    return switch (device) {
      case Device.WholeGpu gpu -> 1_000;
      case Device.MigInstance mig -> 250;
      case Device.ShareOfGpu share -> share.milli();
      case Device.TpuChip chip -> 1_000;
      case Device.Cpu cpu -> 100;
      case Device.Seat seat -> 100;
    };
  }

  private static long milliDevices(Shape shape) {
    return switch (shape.accelerator()) {
      case Accelerator.None none -> 100;
      case Accelerator.Seat seat -> 100;
      case Accelerator.WholeGpus gpus -> gpus.count() * 1_000L;
      case Accelerator.MigSlice mig -> 250;
      case Accelerator.GpuShare share -> share.milli();
      case Accelerator.TpuSlice slice -> slice.chips() * 1_000L;
    };
  }

  /** Thousandths of GPUs that the shape asks for; 0 where they are not what it asks for. */
  public static long milliGpus(Shape shape) {
    return switch (shape.accelerator()) {
      case Accelerator.None none -> 0;
      case Accelerator.Seat seat -> 0;
      case Accelerator.WholeGpus gpus -> gpus.count() * 1_000L;
      case Accelerator.MigSlice mig -> 0;
      case Accelerator.GpuShare share -> share.milli();
      case Accelerator.TpuSlice slice -> 0;
    };
  }
}
