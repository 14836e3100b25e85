package dev.berth.e2e.replay.turns;

import dev.berth.turns.queue.Grant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;

/** One line of JSON for each granted turn. */
final class TurnLog implements AutoCloseable {
  private final Writer out;

  TurnLog(Writer out) {
    this.out = out;
  }

  void write(Grant grant, long startNanos, long endNanos) {
    try {
      out.write(
          """
          {"turn":"%s","device":%d,"start_s":%s,"end_s":%s,"loaded":%b}
          """
              .formatted(
                  grant.turn().id(),
                  grant.devices().getFirst(),
                  seconds(startNanos),
                  seconds(endNanos),
                  !grant.warm()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
