package dev.berth.scheduler.store;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The children of one ZooKeeper node as last read, by name. */
final class Folder<T> {
  /** What a child's bytes say. */
  interface Decoder<T> {
    T decode(byte[] data) throws Exception;
  }

  private final String path;
  private final Decoder<T> decoder;
  private final Map<String, T> children = new HashMap<>();

  Folder(String path, Decoder<T> decoder) {
    this.path = path;
    this.decoder = decoder;
  }

  String path() {
    return path;
  }

  Map<String, T> children() {
    return children;
  }

  /** {@code data} is null when there is no such child any more. */
  void put(String name, byte @Nullable [] data) throws Exception {
    if (data == null) {
      children.remove(name);
    } else {
      children.put(name, decoder.decode(data));
    }
  }
}
