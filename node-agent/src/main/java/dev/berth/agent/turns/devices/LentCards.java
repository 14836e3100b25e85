package dev.berth.agent.turns.devices;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Lease;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Dedicated cards that turns may use while no lease has or will have them. Their owners come first:
 * a card is wanted as soon as a lease on it is known here, or a claim on it is being prepared.
 */
public final class LentCards {
  /** A kubelet that was told to wait comes back within about a minute. */
  private static final Duration CLAIM_PATIENCE = Duration.ofMinutes(2);

  private final Set<String> cards;
  private final Supplier<AgentState> leases;
  private final LongSupplier nanos;
  private final Map<String, Long> claimed = new ConcurrentHashMap<>();

  /**
   * @param nanos a monotonic clock
   */
  public LentCards(Collection<String> cards, Supplier<AgentState> leases, LongSupplier nanos) {
    this.cards = Set.copyOf(cards);
    this.leases = leases;
    this.nanos = nanos;
  }

  /** Nothing is lent. */
  public static LentCards none() {
    return new LentCards(Set.of(), () -> AgentState.empty(""), () -> 0);
  }

  public Set<String> cards() {
    return cards;
  }

  /** Those that their owners want or have. */
  public Set<String> wanted() {
    long now = nanos.getAsLong();
    AgentState state = leases.get();
    claimed.values().removeIf(since -> now - since > CLAIM_PATIENCE.toNanos());
    claimed.keySet().removeAll(cards(state.prepared()));
    Set<String> all = leased(state);
    all.addAll(claimed.keySet());
    return all;
  }

  /** A claim on these is being prepared, whether or not the scheduler has told of its lease. */
  public void claim(Collection<String> wanted) {
    long now = nanos.getAsLong();
    wanted.stream().filter(cards::contains).forEach(card -> claimed.put(card, now));
  }

  /** Those on which there is a lease: granted, held, or draining. */
  public Set<String> leased(AgentState state) {
    return cards(state.leases().values().stream().filter(lease -> !lease.gone()).toList());
  }

  private Set<String> cards(List<Lease> held) {
    return held.stream()
        .flatMap(lease -> lease.grant().devices().stream())
        .map(device -> device.footprint().card())
        .filter(cards::contains)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
