package dev.berth.agent.turns.runtime;

import dev.berth.agent.dra.DeviceLoans;
import dev.berth.agent.turns.core.LiveTurn;
import dev.berth.agent.turns.core.TurnsState;
import dev.berth.agent.turns.devices.LentCards;
import dev.berth.agent.turns.devices.SharedDevices;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Takes lent cards back from turns before a lease is prepared on them. */
public final class Loans implements DeviceLoans {
  private static final long SECOND = 1_000_000_000L;
  private final TurnEngine engine;
  private final SharedDevices devices;
  private final LentCards lent;

  public Loans(TurnEngine engine, SharedDevices devices, LentCards lent) {
    this.engine = engine;
    this.devices = devices;
    this.lent = lent;
  }

  @Override
  public Optional<String> takeBack(Collection<String> cards) {
    List<Integer> indices = devices.lentOf(cards);
    if (indices.isEmpty()) {
      return Optional.empty();
    }
    lent.claim(cards);
    engine.devicesChanged();
    TurnsState state = engine.state();
    return indices.stream()
        .filter(index -> !state.returned(index))
        .findFirst()
        .map(index -> words(state, index));
  }

  private String words(TurnsState state, int index) {
    long left =
        state.book().turns().values().stream()
            .filter(turn -> turn.devices().contains(index))
            .mapToLong(this::left)
            .max()
            .orElse(0);
    return "Device %s was lent to turns while it was idle; it is free in at most %d s"
        .formatted(devices.name(index), left / SECOND + 1);
  }

  private long left(LiveTurn turn) {
    long ran =
        turn.phase() instanceof LiveTurn.Phase.Granted g ? engine.now().monoNanos() - g.at() : 0;
    return Math.max(0, turn.limitNanos() + engine.state().policy().grace() - ran);
  }
}
