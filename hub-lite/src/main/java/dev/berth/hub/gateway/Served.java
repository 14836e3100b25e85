package dev.berth.hub.gateway;

import java.util.Locale;

/**
 * What a Service serves.
 *
 * @param space the Space or Endpoint, {@code namespace/name}
 * @param sticky whether a visitor stays with one pod
 * @param host first label of its host name, {@code <namespace>-<name>}
 */
public record Served(String space, boolean sticky, String host) {
  public Served {
    host = host.toLowerCase(Locale.ROOT);
  }
}
