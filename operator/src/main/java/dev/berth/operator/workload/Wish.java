package dev.berth.operator.workload;

import dev.berth.crds.Scheduling;
import dev.berth.crds.SecretVariable;
import dev.berth.crds.UpdateStrategy;
import java.util.List;
import java.util.Map;

/**
 * The wanted state, free of the resource's kind. {@code startupTimeout} is the user's text or
 * empty; {@code restartToken} is any text whose change restarts the app.
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
    Scheduling scheduling) {

  /** Placements that make up one revision: one for each replica, or one for the gang. */
  public int slots() {
    return gang ? 1 : replicas;
  }

  /** Members of each placement. */
  public int members() {
    return gang ? replicas : 1;
  }
}
