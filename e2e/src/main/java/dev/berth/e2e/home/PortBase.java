package dev.berth.e2e.home;

import dev.berth.e2e.FleetException;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Chooses the block of consecutive ports that a fleet takes. */
public final class PortBase {
  private static final int FIRST = 17000;

  /** Below the kernel's ephemeral range, whose ports any client may hold for a moment. */
  private static final int END = 32000;

  private static final int STEP = 100;

  private PortBase() {}

  /** The lowest base of which every port is free. */
  public static int choose(IntPredicate isFree) {
    return IntStream.iterate(FIRST, base -> base < END, base -> base + STEP)
        .filter(base -> taken(base, isFree).isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new FleetException(
                    "No block of %d free ports between %d and %d: name one with --port-base"
                        .formatted(Port.values().length, FIRST, END)));
  }

  /** Checks a base that the user asked for. */
  public static int require(int base, IntPredicate isFree) {
    var count = Port.values().length;
    if (base < 1024 || base + count > 65535) {
      throw new FleetException(
          "--port-base is %d; expected 1024 to %d".formatted(base, 65535 - count));
    }
    var taken = taken(base, isFree);
    if (!taken.isEmpty()) {
      throw new FleetException(
          "--port-base %d: ports %s are taken; give another base or leave it out to have one chosen"
              .formatted(base, taken));
    }
    return base;
  }

  private static List<Integer> taken(int base, IntPredicate isFree) {
    return IntStream.range(base, base + Port.values().length)
        .filter(port -> !isFree.test(port))
        .boxed()
        .toList();
  }
}
