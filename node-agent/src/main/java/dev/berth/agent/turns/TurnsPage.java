package dev.berth.agent.turns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.agent.core.Moment;
import dev.berth.agent.devices.SharedDevice;
import dev.berth.agent.turns.core.DeviceUse;
import dev.berth.agent.turns.core.LiveTurn;
import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.core.TurnRecord;
import dev.berth.agent.turns.core.TurnRequest;
import dev.berth.agent.turns.core.TurnsState;
import dev.berth.agent.turns.devices.SharedDevices;
import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.QuotaRules.TierRule;
import dev.berth.turns.queue.Waiting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns as JSON: devices, seats, who has a device, who waits and why, allowances, what was. */
final class TurnsPage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TurnsPage() {}

  record Page(
      String node,
      long nowUnixNanos,
      List<DeviceLine> devices,
      Map<String, TierRule> tiers,
      List<SeatLine> seats,
      List<TurnLine> turns,
      List<WorkerLine> workers,
      List<WaitLine> queue,
      List<AllowanceLine> allowances,
      List<SpentLine> spent,
      List<DoneLine> done) {}

  /**
   * A device and how turns used it since this node's journal first saw it: held + idle = wall.
   *
   * @param clashes times that two turns had it at once; 0 if all is right
   * @param loan shared: turns alone use it; else its owner's: lent, recalled, or returned
   */
  record DeviceLine(
      String name,
      String card,
      String uuid,
      String model,
      long memoryMib,
      long heldNanos,
      long idleNanos,
      long wallNanos,
      int clashes,
      String loan) {}

  /** Device time that turns of this node settled for an account in its window. */
  record SpentLine(String account, long windowEndUnixNanos, long nanos) {}

  record SeatLine(String lease, String space) {}

  record TurnLine(
      String turn,
      String account,
      String space,
      List<String> devices,
      String phase,
      boolean warm,
      long ranNanos,
      long limitNanos) {}

  record WorkerLine(int pid, String space, List<String> devices, boolean working) {}

  record WaitLine(
      String turn, String account, String space, String size, long waitedNanos, String reason) {}

  record AllowanceLine(
      String drawId, String account, long nanos, long usedNanos, int runs, int usedRuns) {}

  record DoneLine(
      String turn,
      String account,
      String space,
      List<String> devices,
      boolean warm,
      long queuedUnixNanos,
      long grantedUnixNanos,
      long releasedUnixNanos,
      long releasedAtNanos,
      long measuredNanos,
      long reservedNanos,
      long settledNanos,
      String reason) {}

  static String json(String node, TurnsState s, Moment now, SharedDevices devices) {
    Page page =
        new Page(
            node,
            now.unixNanos(),
            devices(s, now, devices),
            new TreeMap<>(s.book().rules().tiers()),
            s.book().seats().values().stream().map(TurnsPage::seat).toList(),
            s.book().turns().values().stream().map(t -> turn(t, now, devices)).toList(),
            s.book().workers().values().stream()
                .map(
                    w ->
                        new WorkerLine(
                            w.process().pid(),
                            w.space(),
                            names(w.devices(), devices),
                            w.turn() != null))
                .toList(),
            s.pending().values().stream().map(p -> waits(s, p, now)).toList(),
            s.book().escrow().allowances().values().stream().map(TurnsPage::allowance).toList(),
            s.book().escrow().tallies().entrySet().stream()
                .map(
                    t ->
                        new SpentLine(
                            t.getKey(), t.getValue().windowEndUnix(), t.getValue().nanos()))
                .toList(),
            s.book().done().reversed().stream().map(r -> done(r, devices)).toList());
    try {
      return JSON.writeValueAsString(page);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<DeviceLine> devices(TurnsState s, Moment now, SharedDevices devices) {
    return devices.indices().stream()
        .map(
            index -> {
              SharedDevice d = devices.device(index);
              long at = now.monoNanos();
              DeviceUse use = s.book().uses().getOrDefault(index, DeviceUse.from(at));
              DeviceUse then = use.at(Math.max(at, use.until()));
              return new DeviceLine(
                  d.name(),
                  d.card(),
                  d.uuid(),
                  d.model(),
                  d.memoryMib(),
                  then.heldNanos(),
                  then.idleNanos(),
                  then.until() - then.since(),
                  then.clashes(),
                  loan(s, index, devices));
            })
        .toList();
  }

  private static String loan(TurnsState s, int index, SharedDevices devices) {
    if (!devices.isLent(index)) {
      return "shared";
    }
    if (s.returned(index)) {
      return "returned";
    }
    return s.recalled().contains(index) ? "recalled" : "lent";
  }

  private static SeatLine seat(Seat s) {
    return new SeatLine(s.lease(), s.space());
  }

  private static List<String> names(List<Integer> indices, SharedDevices devices) {
    return indices.stream().map(devices::name).toList();
  }

  private static TurnLine turn(LiveTurn t, Moment now, SharedDevices devices) {
    return new TurnLine(
        TurnRequest.shown(t.id()),
        t.request().visitor(),
        t.request().space(),
        names(t.devices(), devices),
        t.phase().word(),
        t.warm(),
        t.phase() instanceof LiveTurn.Phase.Granted g ? now.monoNanos() - g.at() : 0,
        t.limitNanos());
  }

  private static WaitLine waits(TurnsState s, TurnsState.Pending p, Moment now) {
    Waiting.@Nullable Cause cause = s.waitsFor(p.request().id(), now.monoNanos());
    return new WaitLine(
        TurnRequest.shown(p.request().id()),
        p.request().visitor(),
        p.request().space(),
        p.request().size().name().toLowerCase(Locale.ROOT),
        now.monoNanos() - p.since(),
        cause == null ? "quota" : cause.name().toLowerCase(Locale.ROOT));
  }

  private static AllowanceLine allowance(Allowance a) {
    return new AllowanceLine(
        a.drawId(), a.visitor(), a.nanos(), a.usedNanos(), a.runs(), a.usedRuns());
  }

  private static DoneLine done(TurnRecord r, SharedDevices devices) {
    return new DoneLine(
        TurnRequest.shown(r.id()),
        r.visitor(),
        r.space(),
        names(r.devices(), devices),
        r.warm(),
        r.queuedUnix(),
        r.grantedUnix(),
        r.endedUnix(),
        r.endedAt(),
        r.measuredNanos(),
        r.reservedNanos(),
        r.settledNanos(),
        r.reason().name().toLowerCase(Locale.ROOT));
  }
}
