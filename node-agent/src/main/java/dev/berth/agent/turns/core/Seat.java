package dev.berth.agent.turns.core;

/**
 * A pod that may ask for turns.
 *
 * @param lease id of the lease that it is
 * @param claim uid of the claim that the kubelet prepared it with
 * @param space {@code namespace/name}
 * @param podUid of the pod that holds the claim; empty if not known
 */
public record Seat(String lease, String claim, String space, String podUid) {
  /** Name of the file that is mounted for this seat alone, and tells its cgroup. */
  public String cgroupFile() {
    return claim + ".cgroup";
  }

  /** What the client must say that its cgroup is: the mounted file tells it. */
  public String cgroup() {
    return "/berth/seat/" + lease;
  }
}
