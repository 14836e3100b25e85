package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.simulation.Wiring.AgentFlaw;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an agent remembers across its restarts, and the rules on it: the node agent's, in small. */
final class AgentJournal {
  enum Status {
    GRANTED,
    HELD,
    DRAINING,
    GONE
  }

  /** A lease as the node knows it; {@code claim} is empty unless it is prepared. */
  record Known(
      String id, long epoch, List<Device> devices, Status status, String claim, long revokeEpoch) {
    static Known granted(String id, long epoch, List<Device> devices) {
      return new Known(id, epoch, devices, Status.GRANTED, "", 0);
    }

    Known with(Status now, String claimNow) {
      return new Known(id, epoch, devices, now, claimNow, revokeEpoch);
    }

    Known revoked(long byEpoch) {
      return switch (status) {
        case GRANTED -> new Known(id, epoch, devices, Status.GONE, "", byEpoch);
        case HELD -> new Known(id, epoch, devices, Status.DRAINING, claim, byEpoch);
        case DRAINING ->
            new Known(id, epoch, devices, status, claim, Math.max(revokeEpoch, byEpoch));
        case GONE -> this;
      };
    }

    Known unprepared() {
      return switch (status) {
        case HELD -> with(Status.GRANTED, "");
        case DRAINING -> with(Status.GONE, "");
        case GRANTED, GONE -> this;
      };
    }
  }

  private final Wiring wiring;
  private final Map<String, Known> leases = new LinkedHashMap<>();
  private final Set<String> listed = new HashSet<>();
  private long highestEpoch;

  AgentJournal(Wiring wiring) {
    this.wiring = wiring;
  }

  long highestEpoch() {
    return highestEpoch;
  }

  void heard(long epoch) {
    highestEpoch = Math.max(highestEpoch, epoch);
  }

  List<String> prepared() {
    return leases.values().stream().filter(l -> !l.claim().isEmpty()).map(Known::id).toList();
  }

  List<Known> gone() {
    return leases.values().stream().filter(l -> l.status() == Status.GONE).toList();
  }

  boolean gone(String id) {
    Known known = leases.get(id);
    return known != null && known.status() == Status.GONE;
  }

  /** A stream begins: what a list on it does not name, though it is known now, is gone. */
  void registered() {
    listed.clear();
    listed.addAll(leases.keySet());
  }

  /** The full list of what is placed here: what is missing was given back, unless it is younger. */
  void granted(Map<String, Known> list, long epoch) {
    list.forEach(leases::putIfAbsent);
    List.copyOf(leases.values()).stream()
        .filter(l -> !list.containsKey(l.id()))
        .filter(l -> listed.contains(l.id()) || wiring.agent(AgentFlaw.TRUSTS_OLD_LISTS))
        .filter(l -> l.status() == Status.GRANTED || l.status() == Status.HELD)
        .forEach(l -> put(l.revoked(epoch)));
    listed.addAll(list.keySet());
  }

  void revoke(String id, long epoch) {
    Known known = leases.get(id);
    if (known != null) {
      put(known.revoked(epoch));
    } else if (!wiring.agent(AgentFlaw.FORGETS_UNSEEN)) {
      put(Known.granted(id, epoch, List.of()).revoked(epoch));
    }
  }

  private void put(Known lease) {
    leases.put(lease.id(), lease);
    if (lease.status() == Status.GONE && wiring.agent(AgentFlaw.FORGETS_GONE)) {
      leases.remove(lease.id());
    }
  }

  /** {@code list} is what the connected leader says is placed here, null when none does. */
  boolean mayPrepare(
      String claim, Known asked, @Nullable Map<String, Known> list, Inventory inventory) {
    Known known = leases.get(asked.id());
    if (known != null && known.status() != Status.GRANTED) {
      return known.status() == Status.HELD && known.claim().equals(claim);
    }
    Known granted = list == null ? known : list.get(asked.id());
    boolean agreed =
        granted == null
            ? list == null
            : granted.epoch() == asked.epoch() && granted.devices().equals(asked.devices());
    return agreed && leases.values().stream().noneMatch(o -> hinders(o, asked, inventory));
  }

  private static boolean hinders(Known other, Known asked, Inventory inventory) {
    return !other.id().equals(asked.id())
        && (!other.claim().isEmpty() || other.epoch() > asked.epoch())
        && conflict(other, asked, inventory);
  }

  /** The claim tells of the epoch that it comes from. */
  void prepare(String claim, Known asked) {
    heard(asked.epoch());
    put(leases.getOrDefault(asked.id(), asked).with(Status.HELD, claim));
  }

  void unprepare(String claim) {
    List.copyOf(leases.values()).stream()
        .filter(l -> l.claim().equals(claim))
        .forEach(l -> put(l.unprepared()));
  }

  /** After a reboot nothing is prepared. */
  void restarted(boolean reboot) {
    if (wiring.agent(AgentFlaw.FORGETS_JOURNAL)) {
      leases.clear();
    }
    if (wiring.agent(AgentFlaw.FORGETS_EPOCH)) {
      highestEpoch = 0;
    }
    if (reboot) {
      List.copyOf(leases.values()).forEach(l -> put(l.unprepared()));
    }
  }

  /** Whether both may not be prepared at the same time. */
  static boolean conflict(Known a, Known b, Inventory inventory) {
    return a.devices().stream()
        .anyMatch(d -> b.devices().stream().anyMatch(e -> conflict(d, e, inventory)));
  }

  private static boolean conflict(Device a, Device b, Inventory inventory) {
    int card = card(a);
    if (card < 0 || card != card(b)) {
      return card < 0 && !(a instanceof Device.Cpu) && a.equals(b);
    }
    if (a instanceof Device.MigInstance m && b instanceof Device.MigInstance n) {
      return (mask(m, inventory) & mask(n, inventory)) != 0;
    }
    return !(a instanceof Device.ShareOfGpu && b instanceof Device.ShareOfGpu);
  }

  private static int card(Device device) {
    return switch (device) {
      case Device.WholeGpu gpu -> gpu.card();
      case Device.MigInstance mig -> mig.card();
      case Device.ShareOfGpu share -> share.card();
      case Device.TpuChip chip -> -1;
      case Device.Cpu cpu -> -1;
      case Device.Seat seat -> -1;
    };
  }

  private static int mask(Device.MigInstance instance, Inventory inventory) {
    return inventory.cards().stream()
        .filter(c -> c.index() == instance.card())
        .flatMap(c -> c.profiles().stream())
        .filter(p -> p.name().equals(instance.profile()))
        .map((MigProfile p) -> p.mask(instance.start()))
        .findFirst()
        .orElse(-1);
  }
}
