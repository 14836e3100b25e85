package dev.berth.e2e.replay;

import dev.berth.scheduler.core.defrag.Move;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** One JSON line a move, in order: {"seq","id","from","fromGpus","to","toGpus"}. */
final class MoveLog implements AutoCloseable {
  private final Writer out;

  MoveLog(Writer out) {
    this.out = out;
  }

  /** {@code sequence} is that of the task for which room is made. */
  void write(int sequence, Move move) {
    try {
      out.write(
          "{\"seq\":%d,\"id\":\"%s\",\"from\":\"%s\",\"fromGpus\":%s,\"to\":\"%s\",\"toGpus\":%s}%n"
              .formatted(
                  sequence,
                  move.placementId(),
                  move.from().node(),
                  PlacementLog.gpus(move.from()),
                  move.to().node(),
                  PlacementLog.gpus(move.to())));
    } catch (IOException e) {
      throw new UncheckedIOException("The log of moves cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
