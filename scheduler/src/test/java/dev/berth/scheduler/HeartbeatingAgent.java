package dev.berth.scheduler;

import dev.berth.api.agent.v1.Inventory;
import io.grpc.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An agent that beats, and registers again wherever the leader is, as the real one does. */
final class HeartbeatingAgent implements AutoCloseable {
  private final String node;
  private final Channel channel;
  private final Inventory inventory;
  private final Thread thread;
  private volatile boolean stopped;

  HeartbeatingAgent(String node, Channel channel, Inventory inventory) {
    this.node = node;
    this.channel = channel;
    this.inventory = inventory;
    this.thread = Thread.ofVirtual().start(this::beat);
  }

  private void beat() {
    long epoch = 0;
    var stream = connect(epoch);
    while (!stopped) {
      epoch = stream.epochs.stream().mapToLong(Long::longValue).reduce(epoch, Math::max);
      stream = stream.ended == null ? stream.heartbeat() : connect(epoch);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    stream.goodbye();
  }

  private FakeAgent connect(long epoch) {
    return new FakeAgent(node, channel).register(epoch).inventory(inventory).heartbeat();
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
