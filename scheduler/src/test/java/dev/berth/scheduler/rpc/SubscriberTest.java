package dev.berth.scheduler.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.scheduler.v1.PlacementEvent;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriberTest {
  private final FakeCall call = new FakeCall();
  private final Subscriber subscriber = new Subscriber(call, "space/");

  @Test
  void aSlowConsumerIsDroppedAndToldWhy() {
    // Given
    call.ready = false;

    // When
    for (int i = 0; i <= Subscriber.BOUND; i++) {
      subscriber.offer(PlacementEvent.getDefaultInstance());
    }

    // Then
    assertThat(subscriber.drain()).isFalse();
    assertThat(call.error).isNotNull();
    assertThat(Status.fromThrowable(call.error).getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(call.sent).isEmpty();
  }

  @Test
  void theInitialListMayBeLongerThanTheBound() {
    // Given
    call.ready = false;

    // When
    for (int i = 0; i < 2 * Subscriber.BOUND; i++) {
      subscriber.offer(PlacementEvent.newBuilder().setSnapshot(true).build());
    }
    call.ready = true;

    // Then
    assertThat(subscriber.drain()).isTrue();
    assertThat(call.sent).hasSize(2 * Subscriber.BOUND);
  }

  private static final class FakeCall extends ServerCallStreamObserver<PlacementEvent> {
    final List<PlacementEvent> sent = new ArrayList<>();
    boolean ready = true;
    @Nullable Throwable error;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void onNext(PlacementEvent event) {
      sent.add(event);
    }

    @Override
    public void onError(Throwable thrown) {
      error = thrown;
    }

    @Override
    public void onCompleted() {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
  }
}
