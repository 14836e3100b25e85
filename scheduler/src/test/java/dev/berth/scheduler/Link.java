package dev.berth.scheduler;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP link to a local port that can be cut (reset) or made silent (nothing comes through). */
final class Link implements AutoCloseable {
  private enum State {
    OPEN,
    CUT,
    SILENT
  }

  private final int target;
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile State state = State.OPEN;

  Link(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  void cut() {
    state = State.CUT;
    reset();
  }

  /** What is under way is lost without a word, as by a switch that forwards no more. */
  void silence() {
    state = State.SILENT;
  }

  /** New connections work; those from before are reset. */
  void heal() {
    state = State.OPEN;
    reset();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        sockets.add(client);
        switch (state) {
          case CUT -> client.close();
          case SILENT -> {}
          case OPEN -> join(client);
        }
      } catch (IOException e) {
        // The link is closed, or this one connection failed.
      }
    }
  }

  private void join(Socket client) throws IOException {
    var peer = new Socket(InetAddress.getLoopbackAddress(), target);
    sockets.add(peer);
    pump(client, peer);
    pump(peer, client);
  }

  private void pump(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  to) {
                copy(from.getInputStream(), to.getOutputStream());
              } catch (IOException e) {
                // One side is gone; closing tells the other.
              }
            });
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[8_192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (state == State.OPEN) {
        out.write(buffer, 0, read);
      }
    }
  }

  private void reset() {
    for (var socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    reset();
  }
}
