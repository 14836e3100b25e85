package dev.berth.scheduler.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.quota.Quotas;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentsTest {
  private static final long TIMEOUT = 10;

  @Test
  void aNodeThatBeatIsTrustedUntilItIsSilentForTooLong() {
    // Given
    Contents contents =
        new Contents(
            Map.of("beat", Hardware.gpus("T4-16", 1, 1), "silent", Hardware.gpus("T4-16", 1, 1)),
            List.of(),
            List.of(),
            Quotas.NONE,
            Map.of(),
            Map.of(),
            Set.of("beat"));
    Scheduler scheduler = new Scheduler(TIMEOUT);

    // When
    State state = contents.restore(2, 100);
    Decision inTime = scheduler.step(state, new Event.Tick(), 100 + TIMEOUT);
    Decision tooLate = scheduler.step(state, new Event.Tick(), 100 + TIMEOUT + 1);

    // Then
    assertThat(state.nodes().values().stream().filter(Node::ready).map(Node::name))
        .containsExactly("beat");
    assertThat(inTime.effects()).isEmpty();
    assertThat(tooLate.effects()).containsExactly(new Effect.NodeBecameLost("beat"));
  }
}
