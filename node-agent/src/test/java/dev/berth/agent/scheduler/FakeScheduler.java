package dev.berth.agent.scheduler;

import dev.berth.api.agent.v1.AgentMessage;
import dev.berth.api.agent.v1.NodeAgentGrpc;
import dev.berth.api.agent.v1.Register;
import dev.berth.api.agent.v1.SchedulerMessage;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says what the test says. */
final class FakeScheduler extends NodeAgentGrpc.NodeAgentImplBase implements AutoCloseable {
  final List<AgentMessage> received = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable StreamObserver<SchedulerMessage>> stream =
      new AtomicReference<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Server server;

  FakeScheduler() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public StreamObserver<AgentMessage> connect(StreamObserver<SchedulerMessage> answers) {
    connections.incrementAndGet();
    return new StreamObserver<>() {
      @Override
      public void onNext(AgentMessage message) {
        received.add(message);
        if (message.hasInventory()) {
          stream.set(answers);
        }
      }

      @Override
      public void onError(Throwable t) {
        stream.compareAndSet(answers, null);
      }

      @Override
      public void onCompleted() {
        answers.onCompleted();
      }
    };
  }

  boolean connected() {
    return stream.get() != null;
  }

  int connections() {
    return connections.get();
  }

  void send(SchedulerMessage.Builder message) {
    java.util.Objects.requireNonNull(stream.get()).onNext(message.build());
  }

  void breakStreams() {
    java.util.Objects.requireNonNull(stream.getAndSet(null))
        .onError(Status.UNAVAILABLE.asRuntimeException());
  }

  boolean saw(Predicate<AgentMessage> wanted) {
    return received.stream().anyMatch(wanted);
  }

  Register lastRegister() {
    return received.stream()
        .filter(AgentMessage::hasRegister)
        .reduce((a, b) -> b)
        .orElseThrow()
        .getRegister();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
