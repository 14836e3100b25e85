package dev.berth.agent.turns.http;

import dev.berth.agent.turns.core.Seat;
import java.util.Optional;

/** Which seat a secret of a URL belongs to. */
@FunctionalInterface
public interface SeatDoor {
  Optional<Seat> open(String secret);
}
