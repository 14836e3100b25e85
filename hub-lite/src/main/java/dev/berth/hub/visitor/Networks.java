package dev.berth.hub.visitor;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The network that a request comes from. Only proxies we trust may say that it is another's. */
public final class Networks {
  private static final int IPV6_SITE_BYTES = 8;
  private final List<IpSubnetFilterRule> trusted;

  /** {@code trustedProxies}: as {@code 10.0.0.0/8}. */
  public Networks(List<String> trustedProxies) {
    this.trusted = trustedProxies.stream().map(Networks::rule).toList();
  }

  private static IpSubnetFilterRule rule(String cidr) {
    try {
      return new IpSubnetFilterRule(cidr, IpFilterRuleType.ACCEPT);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "trustedProxies has %s; expected an address range such as 10.0.0.0/8".formatted(cidr), e);
    }
  }

  /** An IPv4 address, or the /64 of an IPv6 address, since that is what one household gets. */
  public String of(Credentials request) {
    InetAddress nearest = parsed(request.peer()).orElseGet(InetAddress::getLoopbackAddress);
    for (String entry : request.forwardedFor().reversed()) {
      Optional<InetAddress> further = parsed(entry.strip());
      if (!isTrusted(nearest) || further.isEmpty()) {
        break;
      }
      nearest = further.get();
    }
    return text(nearest);
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(rule -> rule.matches(new InetSocketAddress(address, 0)));
  }

  private static Optional<InetAddress> parsed(String literal) {
    try {
      return Optional.of(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(InetAddress address) {
    return address instanceof Inet6Address v6 ? site(v6) + "/64" : address.getHostAddress();
  }

  private static String site(Inet6Address address) {
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, IPV6_SITE_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError("16 bytes are an address", e);
    }
  }
}
