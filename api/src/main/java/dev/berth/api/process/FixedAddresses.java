package dev.berth.api.process;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.StatusOr;
import java.net.URI;
import java.util.List;

/** Resolves to a configured list of addresses; host names are looked up at each (re)connect. */
final class FixedAddresses extends NameResolver.Factory {
  private final List<HostPort> addresses;

  FixedAddresses(List<HostPort> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  @Override
  public String getDefaultScheme() {
    return "fixed";
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new NameResolver() {
      private @org.jspecify.annotations.Nullable Listener2 listener;

      @Override
      public String getServiceAuthority() {
        return "localhost";
      }

      @Override
      public void start(Listener2 started) {
        listener = started;
        publish(started);
      }

      @Override
      public void refresh() {
        if (listener != null) {
          publish(listener);
        }
      }

      @Override
      public void shutdown() {}
    };
  }

  private void publish(NameResolver.Listener2 listener) {
    List<EquivalentAddressGroup> groups =
        addresses.stream().map(a -> new EquivalentAddressGroup(a.socketAddress())).toList();
    listener.onResult(
        NameResolver.ResolutionResult.newBuilder()
            .setAddressesOrError(StatusOr.fromValue(groups))
            .build());
  }
}
