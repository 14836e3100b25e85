package dev.berth.e2e.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** This machine's IPv4 routes, to choose a pod network that meets none of them. */
record Routes(List<Route> routes) {
  /** A destination as the kernel prints it: the bytes in reverse order, for example 0007C80A. */
  record Route(int destination, int mask) {
    boolean covers(int address) {
      return mask != 0 && (address & mask) == (destination & mask);
    }
  }

  static Routes current() {
    try {
      return parse(Files.readString(Path.of("/proc/net/route")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Routes parse(String procNetRoute) {
    return new Routes(
        procNetRoute
            .lines()
            .skip(1)
            .map(line -> line.split("\\s+", -1))
            .filter(columns -> columns.length > 7)
            .map(columns -> new Route(hex(columns[1]), hex(columns[7])))
            .toList());
  }

  /**
   * @param prefix three bytes, "10.200.7"
   */
  boolean isFree(String prefix) {
    var bytes = prefix.split("\\.", -1);
    int address =
        Integer.parseInt(bytes[0])
            | Integer.parseInt(bytes[1]) << 8
            | Integer.parseInt(bytes[2]) << 16;
    return routes.stream().noneMatch(route -> route.covers(address));
  }

  private static int hex(String text) {
    return (int) Long.parseLong(text, 16);
  }
}
