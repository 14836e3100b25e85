package dev.berth.e2e.home;

import java.io.IOException;
import java.net.ServerSocket;

/** Asks the operating system whether a port can be listened on. */
final class FreePorts {
  private FreePorts() {}

  static boolean isFree(int port) {
    try (var socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
