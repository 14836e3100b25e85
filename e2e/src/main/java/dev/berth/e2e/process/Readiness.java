package dev.berth.e2e.process;

import java.net.URI;
import java.nio.file.Path;

/** How one sees from outside that a process does its work. */
public sealed interface Readiness {
  /** A GET answers 200. */
  record Http(URI url) implements Readiness {}

  /** A GET answers 200 over TLS with a certificate of {@code authority} (PEM). */
  record Https(URI url, Path authority) implements Readiness {}

  /** Something listens on this port of 127.0.0.1. */
  record Listening(int port) implements Readiness {}

  /** ZooKeeper serves requests on this port of 127.0.0.1: "imok" would come sooner. */
  record ZooKeeper(int port) implements Readiness {}

  /** A Unix socket accepts connections. */
  record UnixSocket(Path path) implements Readiness {}

  static Readiness http(int port, String path) {
    return new Http(URI.create("http://127.0.0.1:" + port + path));
  }
}
