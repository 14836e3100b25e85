package dev.berth.hub.visitor;

import dev.berth.api.visitor.KeyRing;

/** The keys that gateways share. */
public interface SigningKeys {
  /** Never empty. */
  KeyRing ring();
}
