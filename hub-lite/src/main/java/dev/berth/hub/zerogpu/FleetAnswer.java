package dev.berth.hub.zerogpu;

import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.QuotaStatus;
import dev.berth.api.turns.v1.RunningTurn;
import dev.berth.api.turns.v1.SeatLoad;
import dev.berth.api.turns.v1.SharedDevice;
import dev.berth.api.turns.v1.WaitingTurn;
import dev.berth.hub.accounts.Identity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as its page reads it; times in nanoseconds. Accounts that the caller may not see are
 * called "another".
 */
public record FleetAnswer(String account, List<Node> nodes, List<Quota> quotas) {
  private static final String ANOTHER = "another";

  /**
   * A node.
   *
   * @param waitNanos of a turn that came now
   * @param turnsTotal and {@code queueTotal} with those that are not listed
   */
  public record Node(
      String node,
      long atUnixNanos,
      long waitNanos,
      List<Card> devices,
      List<Seat> seats,
      List<Turn> turns,
      List<Call> queue,
      int turnsTotal,
      int queueTotal) {}

  public record Card(
      String name, String model, long memoryMib, boolean usable, List<String> warm) {}

  /** {@code demandMilli} and {@code busyMilli} are thousandths of a device. */
  public record Seat(
      String lease, String space, long demandMilli, long busyMilli, int running, int waiting) {}

  public record Turn(
      String turn,
      String account,
      String space,
      List<String> devices,
      boolean warm,
      long ranNanos,
      long limitNanos) {}

  /** {@code reason}: node, concurrency or quota; {@code expectedNanos} -1 when unknown. */
  public record Call(
      String turn,
      String account,
      String space,
      String size,
      long waitedNanos,
      String reason,
      long expectedNanos) {}

  /** {@code resets} is absent before the first use. */
  public record Quota(
      String account,
      String tier,
      long baseNanos,
      long usedNanos,
      long overquotaNanos,
      int runsUsed,
      int runsLimit,
      @Nullable String resets) {
    private static Quota of(QuotaStatus status) {
      long resets = status.getResetsUnixNanos();
      return new Quota(
          status.getVisitor(),
          status.getTier(),
          status.getBaseNanos(),
          status.getUsedNanos(),
          status.getOverquotaNanos(),
          status.getRunsUsed(),
          status.getRunsLimit(),
          resets == 0 ? null : Instant.ofEpochMilli(resets / 1_000_000).toString());
    }
  }

  static FleetAnswer of(Identity caller, List<NodeLoad> loads, List<QuotaStatus> quotas) {
    return new FleetAnswer(
        caller.account(),
        loads.stream().map(load -> node(caller, load)).toList(),
        quotas.stream().filter(q -> caller.maySee(q.getVisitor())).map(Quota::of).toList());
  }

  private static Node node(Identity caller, NodeLoad load) {
    return new Node(
        load.getNode(),
        load.getAtUnixNanos(),
        load.getWaitNanos(),
        load.getDevicesList().stream().map(FleetAnswer::card).toList(),
        load.getSeatsList().stream().map(FleetAnswer::seat).toList(),
        load.getTurnsList().stream().map(turn -> turn(caller, turn)).toList(),
        load.getWaitingList().stream().map(call -> call(caller, call)).toList(),
        load.getTurnsTotal(),
        load.getWaitingTotal());
  }

  private static Card card(SharedDevice d) {
    return new Card(d.getName(), d.getModel(), d.getMemoryMib(), d.getUsable(), d.getWarmList());
  }

  private static Seat seat(SeatLoad s) {
    return new Seat(
        s.getLeaseId(),
        s.getSpace(),
        s.getDemandMilli(),
        s.getBusyMilli(),
        s.getRunning(),
        s.getWaitsNode() + s.getWaitsConcurrency() + s.getWaitsQuota());
  }

  private static Turn turn(Identity caller, RunningTurn t) {
    return new Turn(
        t.getTurn(),
        shown(caller, t.getAccount()),
        t.getSpace(),
        t.getDevicesList(),
        t.getWarm(),
        t.getRanNanos(),
        t.getLimitNanos());
  }

  private static Call call(Identity caller, WaitingTurn w) {
    return new Call(
        w.getTurn(),
        shown(caller, w.getAccount()),
        w.getSpace(),
        w.getSize(),
        w.getWaitedNanos(),
        w.getReason(),
        w.getExpectedNanos());
  }

  private static String shown(Identity caller, String account) {
    return caller.maySee(account) ? account : ANOTHER;
  }
}
