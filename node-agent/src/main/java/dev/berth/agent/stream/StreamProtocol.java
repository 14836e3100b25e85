package dev.berth.agent.stream;

import io.grpc.stub.StreamObserver;

/** What is said on a stream that reconnects. All calls come one after the other, on one thread. */
public interface StreamProtocol<Q, A> {
  /** Starts the call. */
  StreamObserver<Q> open(StreamObserver<A> answers);

  /** A peer is there; called each time more can be sent. */
  void ready();

  void received(A answer);

  /** The stream ended; it will be opened again. */
  void lost();
}
