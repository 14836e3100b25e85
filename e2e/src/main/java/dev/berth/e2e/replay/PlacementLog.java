package dev.berth.e2e.replay;

import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One JSON line a task: {"seq","id","node","gpus","milli","start"}; node "" means refused. */
final class PlacementLog implements AutoCloseable {
  private final Writer out;

  PlacementLog(Writer out) {
    this.out = out;
  }

  void write(int sequence, Task task, @Nullable Lease lease) {
    write(sequence, task, lease, "");
  }

  /** With the start in seconds since the start of the trace. */
  void write(int sequence, Task task, @Nullable Lease lease, double startSeconds) {
    String start = lease == null ? "" : ",\"start\":" + startSeconds;
    write(sequence, task, lease, start);
  }

  private void write(int sequence, Task task, @Nullable Lease lease, String more) {
    List<Integer> gpus = lease == null ? List.of() : gpus(lease);
    int milli = gpus.isEmpty() ? 0 : (int) (task.gpuMilli() / gpus.size());
    try {
      out.write(
          "{\"seq\":%d,\"id\":\"%s\",\"node\":\"%s\",\"gpus\":%s%s%s}%n"
              .formatted(
                  sequence,
                  task.id(),
                  lease == null ? "" : lease.node(),
                  gpus.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")),
                  lease == null ? "" : ",\"milli\":" + milli,
                  more));
    } catch (IOException e) {
      throw new UncheckedIOException("The placement log cannot be written", e);
    }
  }

  static List<Integer> gpus(Lease lease) {
    return lease.devices().stream().flatMapToInt(PlacementLog::gpu).boxed().toList();
  }

  private static IntStream gpu(Device device) {
    return switch (device) {
      case Device.WholeGpu gpu -> IntStream.of(gpu.card());
      case Device.ShareOfGpu share -> IntStream.of(share.card());
      case Device.MigInstance mig -> IntStream.of(mig.card());
      case Device.TpuChip chip -> IntStream.empty();
      case Device.Cpu cpu -> IntStream.empty();
      case Device.Seat seat -> IntStream.empty();
    };
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
