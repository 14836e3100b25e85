package dev.berth.api.visitor;

/** Somebody who uses a Space. */
public sealed interface Visitor {
  /** What quota and fairness are counted by; no account can be named like an address. */
  String key();

  Tier tier();

  /** A known account. */
  record Account(String name, Tier tier) implements Visitor {
    public Account {
      if (name.isBlank() || name.contains(":") || tier == Tier.ANONYMOUS) {
        throw new IllegalArgumentException(
            "Visitor %s of tier %s is not an account: expected a name without colon and a tier above anonymous"
                .formatted(name, tier.text()));
      }
    }

    @Override
    public String key() {
      return name;
    }
  }

  /** Nobody we know, told by the network they come from: an IPv4 address or an IPv6 /64. */
  record Network(String address) implements Visitor {
    static final String PREFIX = "ip:";

    @Override
    public String key() {
      return PREFIX + address;
    }

    @Override
    public Tier tier() {
      return Tier.ANONYMOUS;
    }
  }

  /** The visitor whose {@link #key} and tier these are. */
  static Visitor of(String key, Tier tier) {
    return key.startsWith(Network.PREFIX)
        ? new Network(key.substring(Network.PREFIX.length()))
        : new Account(key, tier);
  }
}
