package dev.berth.scheduler.core.eta;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.queue.Positions;
import dev.berth.scheduler.core.reserve.Expected;
import dev.berth.scheduler.core.reserve.Profile;
import dev.berth.scheduler.core.reserve.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Plays the queue forward several times, each time with other run times drawn from what is known of
 * them; the quantiles of the starts are the interval. The draws follow from the ids alone, so the
 * same state gives the same answer. Later arrivals are not foreseen.
 */
public final class Forecast {
  /** Positions in the queue further back than this get no estimate. */
  public static final int MAX_AHEAD = 32;

  private static final int MAX_DRAWS = 32;
  private static final int MIN_DRAWS = 4;

  /** Node visits that one estimate may take; a large fleet gets fewer draws. */
  private static final int VISITS = 200_000;

  private static final long NEVER = Long.MAX_VALUE;

  /** The step of the SplitMix64 generator, whose mixing makes the draws. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Forecast() {}

  /** The estimate for a request of the queue, or for one that would come last. */
  public static Eta of(State state, Placement.Waiting waiting, Positions positions) {
    List<Placement.Waiting> ahead = ahead(state, waiting, positions);
    long now = positions.now();
    if (ahead.size() > MAX_AHEAD || state.nodes().isEmpty()) {
      return Eta.UNKNOWN;
    }
    int visits = state.nodes().size() * (ahead.size() + 1);
    int draws = Math.clamp(VISITS / visits, MIN_DRAWS, MAX_DRAWS);
    List<Long> starts = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      starts.add(start(state, ahead, waiting, now, draw));
    }
    Collections.sort(starts);
    // Wider than 10 to 90 %: the learned run times are themselves uncertain, and others will come.
    return new Eta(at(starts, 3), at(starts, 50), at(starts, 97));
  }

  private static List<Placement.Waiting> ahead(
      State state, Placement.Waiting waiting, Positions positions) {
    List<Placement.Waiting> ahead = new ArrayList<>();
    for (Placement.Waiting other : positions.first(state, MAX_AHEAD + 1)) {
      if (other.id().equals(waiting.id())) {
        break;
      }
      ahead.add(other);
    }
    return ahead;
  }

  private static long start(
      State state, List<Placement.Waiting> ahead, Placement.Waiting last, long now, int draw) {
    Profile profile =
        Profile.of(
            state.nodes(),
            state.placements().values(),
            now,
            p -> Expected.end(state.outlook().durations(), p, now, permille(p.id(), draw)));
    Schedule schedule = new Schedule(profile);
    for (Placement.Waiting waiting : ahead) {
      schedule.add(waiting, runs(state, waiting, draw));
    }
    return schedule.add(last, runs(state, last, draw));
  }

  private static long runs(State state, Placement.Waiting waiting, int draw) {
    int permille = permille(waiting.id(), draw);
    return state.outlook().durations().of(waiting.request()).left(0, permille);
  }

  /** 5 to 994, independent between ids and draws. */
  private static int permille(String id, int draw) {
    long mixed = id.hashCode() + (id.length() * 64L + draw + 1) * GOLDEN;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return 5 + (int) (((mixed ^ (mixed >>> 31)) >>> 32) * 990 >>> 32);
  }

  private static long at(List<Long> starts, int percent) {
    long start = starts.get(Math.min(starts.size() - 1, starts.size() * percent / 100));
    return start == NEVER ? 0 : start;
  }
}
