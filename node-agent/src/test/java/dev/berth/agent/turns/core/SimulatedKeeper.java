package dev.berth.agent.turns.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.Draw;
import dev.berth.agent.turns.quota.DrawAnswer;
import dev.berth.agent.turns.quota.DrawAnswer.Standing;
import dev.berth.agent.turns.quota.Reserved.Refused;
import dev.berth.agent.turns.quota.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Keeps quotas as the contract says, and checks what nodes say against it. */
final class SimulatedKeeper {
  static final long BASE = 60_000;
  static final int RUNS = 40;
  private final Map<String, Long> drawn = new HashMap<>();
  private final Map<String, Integer> runs = new HashMap<>();
  private final Map<String, DrawAnswer> answers = new HashMap<>();
  private final Map<String, Draw> draws = new HashMap<>();
  private final Map<String, Long> used = new HashMap<>();
  private final Map<String, Boolean> closed = new HashMap<>();

  DrawAnswer draw(Draw draw, long unix) {
    DrawAnswer answer = answers.computeIfAbsent(draw.drawId(), _ -> decide(draw, unix));
    assertThat(draws.computeIfAbsent(draw.drawId(), _ -> draw)).isEqualTo(draw);
    return answer;
  }

  private DrawAnswer decide(Draw draw, long unix) {
    long left = BASE - drawn.getOrDefault(draw.visitor(), 0L);
    int leftRuns = RUNS - runs.getOrDefault(draw.visitor(), 0);
    if (leftRuns < draw.runs()) {
      return new DrawAnswer.Denied(Refused.Code.RUNS_EXHAUSTED, left, 1000, Standing.UNKNOWN);
    }
    if (left < draw.needNanos()) {
      return new DrawAnswer.Denied(Refused.Code.QUOTA_EXHAUSTED, left, 1000, Standing.UNKNOWN);
    }
    long given = Math.min(left, draw.wantNanos());
    drawn.merge(draw.visitor(), given, Long::sum);
    runs.merge(draw.visitor(), draw.runs(), Integer::sum);
    return new DrawAnswer.Given(given, draw.runs(), unix + 20_000, new Standing(500));
  }

  List<String> settle(List<Allowance> spent) {
    List<String> settled = new ArrayList<>();
    for (Allowance a : spent) {
      DrawAnswer.Given given =
          (DrawAnswer.Given) Objects.requireNonNull(answers.get(a.drawId()), a.drawId());
      assertThat(a.usedNanos()).isBetween(used.getOrDefault(a.drawId(), 0L), given.nanos());
      assertThat(a.usedRuns()).isLessThanOrEqualTo(given.runs());
      if (closed.getOrDefault(a.drawId(), false)) {
        assertThat(a.usedNanos()).isEqualTo(used.get(a.drawId()));
      }
      used.put(a.drawId(), a.usedNanos());
      if (a.closed()) {
        closed.put(a.drawId(), true);
        settled.add(a.drawId());
      }
    }
    return settled;
  }

  long used(String visitor) {
    return used.entrySet().stream()
        .filter(e -> Objects.requireNonNull(draws.get(e.getKey())).visitor().equals(visitor))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** In the window of a tally, or what its allowances say that it is. */
  long used(String visitor, Tally tally) {
    return answers.entrySet().stream()
        .filter(
            e ->
                e.getValue() instanceof DrawAnswer.Given given
                    && given.expiresUnix() == tally.windowEndUnix()
                    && Objects.requireNonNull(draws.get(e.getKey())).visitor().equals(visitor))
        .mapToLong(e -> used.getOrDefault(e.getKey(), 0L))
        .sum();
  }

  /** Everything that was given has come back. */
  void checkNothingIsOut() {
    answers.forEach(
        (id, answer) -> {
          if (answer instanceof DrawAnswer.Given) {
            assertThat(closed).as("allowance %s was never closed", id).containsKey(id);
          }
        });
  }
}
