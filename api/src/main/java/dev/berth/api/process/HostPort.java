package dev.berth.api.process;

import java.net.InetSocketAddress;

/** An address to listen on or to connect to. */
public record HostPort(String host, int port) {
  public HostPort {
    if (port < 0 || port > 65535) {
      throw new ConfigException("Port of " + host + " is " + port + "; expected 0 to 65535");
    }
  }

  /** Parses "host:port". */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
      throw new ConfigException("Address '" + text + "' is not of the form host:port");
    }
    return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
