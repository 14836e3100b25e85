package dev.berth.hub.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Host names and the ready pods behind them. Fed with what is known of Services and their endpoint
 * slices, in any order; what was fed stays until something newer comes, so routes outlive an API
 * server that is down. Where no pod is ready, one that was ready before and is only unready now
 * still counts: a kubelet that starts again calls its pods unready until it has probed them (KEP
 * 4781), and a busy pod is better than none. Reads take no lock.
 */
public final class RoutingTable {
  /** {@code doubtful}: unready now, ready before. */
  private record Slice(ServiceKey service, List<Backend> ready, List<Backend> doubtful) {
    private boolean trusted(Backend backend) {
      return ready.contains(backend) || doubtful.contains(backend);
    }

    private Stream<Backend> pods() {
      return Stream.concat(ready.stream(), doubtful.stream());
    }
  }

  private record Target(
      Served served, List<Backend> ready, List<Backend> doubtful, AtomicInteger turn) {
    private List<Backend> serving() {
      return ready.isEmpty() ? doubtful : ready;
    }

    private Target with(Target other) {
      return new Target(served, joined(ready, other.ready), joined(doubtful, other.doubtful), turn);
    }

    private static List<Backend> joined(List<Backend> one, List<Backend> other) {
      return Stream.concat(one.stream(), other.stream()).toList();
    }
  }

  private record Known(Map<String, Target> hosts, Map<String, String> spaceAt) {}

  private final String suffix;
  private final Map<ServiceKey, Served> services = new HashMap<>();
  private final Map<String, Slice> slices = new HashMap<>();
  private volatile Known known = new Known(Map.of(), Map.of());

  /** {@code domain}: what follows the first label of every host, e.g. "localhost". */
  public RoutingTable(String domain) {
    this.suffix = "." + domain.toLowerCase(Locale.ROOT);
  }

  /** From now on {@code service} serves so. */
  public synchronized void serve(ServiceKey service, Served served) {
    services.put(service, served);
    rebuild();
  }

  public synchronized void forget(ServiceKey service) {
    if (services.remove(service) != null) {
      rebuild();
    }
  }

  /** Replaces the pods of one endpoint slice; {@code slice} is its unique name. */
  public synchronized void endpoints(
      String slice, ServiceKey service, List<Backend> ready, List<Backend> unready) {
    Slice former = slices.getOrDefault(slice, new Slice(service, List.of(), List.of()));
    List<Backend> doubtful = unready.stream().filter(former::trusted).toList();
    slices.put(slice, new Slice(service, List.copyOf(ready), doubtful));
    rebuild();
  }

  public synchronized void forgetEndpoints(String slice) {
    if (slices.remove(slice) != null) {
      rebuild();
    }
  }

  /**
   * The route for a Host header, with or without a port. Each call starts with the next ready pod.
   */
  public Route route(@Nullable String hostHeader) {
    String label = label(hostHeader);
    Target target = label == null ? null : known.hosts().get(label);
    if (target == null) {
      return new Route.Unknown();
    }
    if (target.serving().isEmpty()) {
      return new Route.NoneReady(target.served().space());
    }
    List<Backend> inOrder = new ArrayList<>(target.serving());
    int first = Math.floorMod(target.turn().getAndIncrement(), inOrder.size());
    Collections.rotate(inOrder, -first);
    return new Route.Ready(target.served().space(), target.served().sticky(), inOrder);
  }

  /** The Space, {@code namespace/name}, one of whose pods has this IP address. */
  public Optional<String> spaceAt(String address) {
    return Optional.ofNullable(known.spaceAt().get(address));
  }

  private @Nullable String label(@Nullable String hostHeader) {
    if (hostHeader == null) {
      return null;
    }
    String host = hostHeader.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    return host.endsWith(suffix) ? host.substring(0, host.length() - suffix.length()) : null;
  }

  private void rebuild() {
    Map<ServiceKey, List<Slice>> pods =
        slices.values().stream().collect(Collectors.groupingBy(Slice::service));
    Map<String, Target> hosts = new HashMap<>();
    Map<String, String> spaceAt = new HashMap<>();
    services.forEach(
        (service, served) -> {
          List<Slice> own = pods.getOrDefault(service, List.of());
          // Two Services with one host (a rename in flight): the pods of both serve.
          hosts.merge(served.host(), target(served, own), Target::with);
          own.stream()
              .flatMap(Slice::pods)
              .forEach(pod -> spaceAt.put(pod.address(), served.space()));
        });
    known = new Known(Map.copyOf(hosts), Map.copyOf(spaceAt));
  }

  private Target target(Served served, List<Slice> slices) {
    Target former = known.hosts().get(served.host());
    AtomicInteger turn = former == null ? new AtomicInteger() : former.turn();
    return slices.stream()
        .map(slice -> new Target(served, slice.ready(), slice.doubtful(), turn))
        .reduce(new Target(served, List.of(), List.of(), turn), Target::with);
  }
}
