package dev.berth.operator.workload;

import dev.berth.crds.Scheduling;
import dev.berth.crds.SecretVariable;
import dev.berth.crds.UpdateStrategy;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The wanted state, free of the resource's kind. {@code startupTimeout} is the user's text or
 * empty; {@code restartToken} is any text whose change restarts the app. {@code seats}: the slots
 * of its replicas where load decides; empty: the first ones.
 */
public record Wish(
    String image,
    HardwareWish hardware,
    int replicas,
    boolean gang,
    int port,
    String healthPath,
    Map<String, String> variables,
    List<SecretVariable> secrets,
    List<String> command,
    List<String> args,
    Run run,
    UpdateStrategy strategy,
    String startupTimeout,
    String restartToken,
    Scheduling scheduling,
    List<Integer> seats) {

  /** Placements that make up one revision: one for each replica, or one for the gang. */
  public List<Integer> slots() {
    if (!seats.isEmpty()) {
      return seats;
    }
    return IntStream.range(0, gang ? 1 : replicas).boxed().toList();
  }

  /** Whether load may decide how many seats it has, if it runs on seats. */
  public boolean byLoad() {
    return run == Run.RUN && !gang && replicas == 1 && !scheduling.fixedReplicas();
  }

  /** The same with a replica in each of these slots. */
  public Wish seated(List<Integer> slots) {
    return new Wish(
        image,
        hardware,
        slots.size(),
        gang,
        port,
        healthPath,
        variables,
        secrets,
        command,
        args,
        run,
        strategy,
        startupTimeout,
        restartToken,
        scheduling,
        slots);
  }

  /** Members of each placement. */
  public int members() {
    return gang ? replicas : 1;
  }
}
