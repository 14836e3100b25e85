package dev.berth.agent.turns.load;

import dev.berth.agent.core.Moment;
import dev.berth.agent.turns.core.LiveTurn;
import dev.berth.agent.turns.core.TurnRequest;
import dev.berth.agent.turns.core.TurnsState;
import dev.berth.agent.turns.core.TurnsState.Pending;
import dev.berth.agent.turns.devices.SharedDevices;
import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.RunningTurn;
import dev.berth.api.turns.v1.SharedDevice;
import dev.berth.api.turns.v1.WaitingTurn;
import dev.berth.turns.model.Device;
import dev.berth.turns.queue.ExpectedWait;
import dev.berth.turns.queue.Waiting;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The state of turns as a report of bounded size. */
public final class LoadMessages {
  private static final int LISTED = 256;

  /** Turns of a node know it as their only one. */
  private static final int HERE = 0;

  private LoadMessages() {}

  public static NodeLoad of(String node, TurnsState s, Moment now, SharedDevices devices) {
    return NodeLoad.newBuilder()
        .setNode(node)
        .setWaitNanos(ExpectedWait.nanos(s.queue(), HERE, now.monoNanos()))
        .addAllDevices(devices(s, devices))
        .addAllSeats(SeatLoads.of(s, now))
        .addAllTurns(
            s.book().turns().values().stream()
                .limit(LISTED)
                .map(t -> turn(t, now, devices))
                .toList())
        .addAllWaiting(
            s.pending().values().stream()
                .sorted(Comparator.comparingLong(Pending::since))
                .limit(LISTED)
                .map(p -> waiting(s, p, now))
                .toList())
        .setTurnsTotal(s.book().turns().size())
        .setWaitingTotal(s.pending().size())
        .build();
  }

  private static List<SharedDevice> devices(TurnsState s, SharedDevices devices) {
    Set<String> usable =
        devices.usable().stream().map(Device::index).map(devices::name).collect(Collectors.toSet());
    return devices.list().stream()
        .map(
            d ->
                SharedDevice.newBuilder()
                    .setName(d.name())
                    .setCard(d.card())
                    .setModel(d.model())
                    .setMemoryMib(d.memoryMib())
                    .setUsable(usable.contains(d.name()))
                    .addAllWarm(warm(s, d.name(), devices))
                    .build())
        .toList();
  }

  private static List<String> warm(TurnsState s, String device, SharedDevices devices) {
    return s.book().workers().values().stream()
        .filter(w -> w.devices().stream().anyMatch(i -> devices.name(i).equals(device)))
        .map(w -> w.space())
        .distinct()
        .toList();
  }

  private static RunningTurn turn(LiveTurn t, Moment now, SharedDevices devices) {
    return RunningTurn.newBuilder()
        .setTurn(TurnRequest.shown(t.id()))
        .setAccount(t.request().visitor())
        .setSpace(t.request().space())
        .addAllDevices(t.devices().stream().map(devices::name).toList())
        .setPhase(t.phase().word())
        .setWarm(t.warm())
        .setRanNanos(t.phase() instanceof LiveTurn.Phase.Granted g ? now.monoNanos() - g.at() : 0)
        .setLimitNanos(t.limitNanos())
        .build();
  }

  private static WaitingTurn waiting(TurnsState s, Pending p, Moment now) {
    @Nullable Waiting waits = Waiting.of(s.queue(), p.request().id(), now.monoNanos());
    return WaitingTurn.newBuilder()
        .setTurn(TurnRequest.shown(p.request().id()))
        .setAccount(p.request().visitor())
        .setSpace(p.request().space())
        .setSize(p.request().size().name().toLowerCase(Locale.ROOT))
        .setWaitedNanos(now.monoNanos() - p.since())
        .setReason(waits == null ? "quota" : waits.cause().name().toLowerCase(Locale.ROOT))
        .setExpectedNanos(waits == null ? -1 : waits.expectedNanos().orElse(-1))
        .build();
  }
}
