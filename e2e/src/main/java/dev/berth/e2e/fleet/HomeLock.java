package dev.berth.e2e.fleet;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Keeps a second `up` or `down` out of a home while one works on it. */
final class HomeLock implements AutoCloseable {
  private final Home home;
  private final FileChannel channel;

  private HomeLock(Home home, FileChannel channel) {
    this.home = home;
    this.channel = channel;
  }

  static HomeLock of(Home home) {
    try {
      var file = home.root().resolve("lock");
      return new HomeLock(
          home, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void check() {
    try {
      if (channel.tryLock() == null) {
        throw new FleetException(
            "Another `berth up` or `berth down` works on %s: wait for it or end it"
                .formatted(home.root()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
