package dev.berth.agent.turns.devices;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.DeviceException;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.MigProfile;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import dev.berth.agent.devices.SharedDevice;
import dev.berth.turns.model.Device;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shared cards and slices of real or simulated hardware. A pair of slices of one card is given as
 * one instance over the whole card, since a process can use only one instance; so the card is cut
 * anew when turns of the other size come.
 */
public final class SharedDevices implements TurnDevices {
  private static final Logger LOG = LoggerFactory.getLogger(SharedDevices.class);

  private final DeviceBackend backend;
  private final Map<Integer, DeviceSpec> devices;
  private final Set<String> cards;
  private final LentCards lent;
  private final Predicate<String> blocked;

  /** UUIDs by card and the places that are cut now; a card that is not here is not ready. */
  private final Map<String, Map<MigPlace, String>> cut = new ConcurrentHashMap<>();

  /**
   * Shares the devices with these names.
   *
   * @param lent cards that turns may use, too, until their owners want them
   * @param blocked whether a card cannot be used now: unhealthy, or still held by a lease
   */
  public SharedDevices(
      DeviceBackend backend, List<String> names, LentCards lent, Predicate<String> blocked) {
    this.backend = backend;
    this.lent = lent;
    this.devices =
        Pairing.indices(
            Stream.concat(names.stream(), lent.cards().stream().sorted()).toList(),
            backend.inventory());
    this.cards =
        devices.values().stream()
            .map(s -> s.footprint().card())
            .filter(card -> !lent.cards().contains(card))
            .collect(Collectors.toSet());
    this.blocked = blocked;
  }

  /**
   * Cuts the cards that are free, and keeps those as they are that a former process left in either
   * form; the others are cut when a turn first gets them.
   *
   * @param busy devices that turns have already
   */
  public void cut(Set<Integer> busy) {
    Set<String> inUse =
        busy.stream()
            .flatMap(i -> Stream.ofNullable(devices.get(i)))
            .map(s -> s.footprint().card())
            .collect(Collectors.toSet());
    for (String card : cards) {
      adopt(card);
      if (!cut.containsKey(card) && !blocked.test(card) && !inUse.contains(card)) {
        try {
          form(card, slices(card));
        } catch (DeviceException e) {
          LOG.atError()
              .addKeyValue("card", card)
              .setCause(e)
              .log("A card could not be cut for turns; the first turn tries again.");
        }
      }
    }
  }

  /** Those that turns alone use; the lent ones are their owners'. */
  public Set<String> cards() {
    return cards;
  }

  /** Device files of all of them, the lent ones too. */
  public List<String> nodes() {
    return backend.sharedNodes(
        backend.inventory().cards().stream()
            .filter(c -> cards.contains(c.name()) || lent.cards().contains(c.name()))
            .toList());
  }

  /** Without the lent ones. */
  public List<SharedDevice> list() {
    return indices().stream().filter(i -> !isLent(i)).map(this::device).toList();
  }

  /** Whether a device is its owner's, and turns use it only while nobody wants it. */
  public boolean isLent(int index) {
    return lent.cards().contains(spec(index).footprint().card());
  }

  public List<Integer> indices() {
    return List.copyOf(devices.keySet());
  }

  public SharedDevice device(int index) {
    DeviceSpec s = spec(index);
    return new SharedDevice(s.name(), s.footprint().card(), uuid(s), s.model(), s.memoryMib());
  }

  /** Name of the device with this index. */
  public String name(int index) {
    DeviceSpec spec = devices.get(index);
    return spec == null ? "device-" + index : spec.name();
  }

  @Override
  public List<Device> usable() {
    Set<String> wanted = lent.wanted();
    return devices.entrySet().stream()
        .filter(e -> !blocked.test(e.getValue().footprint().card()))
        .filter(e -> !isLent(e.getKey()) || mayLend(e.getValue().footprint().card(), wanted))
        .map(e -> new Device(e.getKey(), 0, e.getValue().memoryMib()))
        .toList();
  }

  /** A card that is cut for slices, or still has some, is not whole. */
  private boolean mayLend(String card, Set<String> wanted) {
    return !wanted.contains(card)
        && backend.instances().stream().noneMatch(i -> i.place().card().name().equals(card));
  }

  @Override
  public Set<Integer> recalled() {
    Set<String> wanted = lent.wanted();
    return devices.entrySet().stream()
        .filter(e -> isLent(e.getKey()) && wanted.contains(e.getValue().footprint().card()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Indices of lent devices of these cards. */
  public List<Integer> lentOf(Collection<String> wanted) {
    return devices.entrySet().stream()
        .filter(e -> isLent(e.getKey()) && wanted.contains(e.getValue().footprint().card()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public boolean isReady(List<Integer> indices) {
    List<MigPlace> wanted = wanted(indices);
    return wanted.stream()
        .allMatch(p -> cut.getOrDefault(p.card().name(), Map.of()).containsKey(p));
  }

  @Override
  public synchronized void provide(List<Integer> indices) {
    if (isReady(indices)) {
      return;
    }
    List<MigPlace> wanted = wanted(indices);
    String card = wanted.getFirst().card().name();
    boolean whole = !slices(card).containsAll(wanted);
    form(card, whole ? wanted : slices(card));
  }

  /** The instances that a turn on these devices needs; none for cards that are not cut. */
  private List<MigPlace> wanted(List<Integer> indices) {
    List<DeviceSpec> specs = indices.stream().map(this::spec).toList();
    if (indices.size() > 1 && oneCard(specs)) {
      Optional<MigPlace> whole = whole(specs.getFirst());
      if (whole.isPresent()) {
        return List.of(whole.get());
      }
    }
    return specs.stream().flatMap(s -> s.mig().stream()).toList();
  }

  private DeviceSpec spec(int index) {
    return Objects.requireNonNull(devices.get(index), () -> "device " + index);
  }

  private static boolean oneCard(List<DeviceSpec> specs) {
    return specs.stream().map(s -> s.footprint().card()).distinct().count() == 1;
  }

  private static Optional<MigPlace> whole(DeviceSpec slice) {
    return slice
        .mig()
        .flatMap(
            p ->
                p.card().profiles().stream()
                    .filter(w -> w.starts().contains(0) && w.memoryUnits() == p.card().migUnits())
                    .max(Comparator.comparingInt(MigProfile::computeSlices))
                    .map(w -> new MigPlace(p.card(), w, 0)));
  }

  private List<MigPlace> slices(String card) {
    return devices.values().stream()
        .filter(s -> s.footprint().card().equals(card))
        .flatMap(s -> s.mig().stream())
        .toList();
  }

  private void adopt(String card) {
    Map<MigPlace, String> there =
        backend.instances().stream()
            .filter(i -> i.place().card().name().equals(card) && !i.uuid().isEmpty())
            .collect(Collectors.toMap(MigInstance::place, MigInstance::uuid));
    Set<MigPlace> halves = Set.copyOf(slices(card));
    boolean whole =
        there.size() == 1
            && devices.values().stream()
                .filter(s -> s.footprint().card().equals(card))
                .anyMatch(s -> whole(s).filter(there::containsKey).isPresent());
    if (!there.isEmpty() && (whole || there.keySet().equals(halves))) {
      cut.put(card, there);
    }
  }

  /** Leaves exactly these instances on a card. */
  private synchronized void form(String card, List<MigPlace> places) {
    cut.remove(card);
    for (MigInstance there : backend.instances()) {
      MigPlace place = there.place();
      if (place.card().name().equals(card) && !places.contains(place)) {
        backend.destroy(place);
      }
    }
    cut.put(card, places.stream().collect(Collectors.toMap(p -> p, p -> backend.create(p).uuid())));
  }

  @Override
  public String uuid(List<Integer> indices) {
    List<MigPlace> wanted = wanted(indices);
    return wanted.isEmpty()
        ? indices.stream().map(i -> uuid(spec(i))).collect(Collectors.joining(","))
        : wanted.stream()
            .map(p -> cut.getOrDefault(p.card().name(), Map.of()).getOrDefault(p, ""))
            .collect(Collectors.joining(","));
  }

  private String uuid(DeviceSpec spec) {
    return spec.mig()
        .map(p -> cut.getOrDefault(p.card().name(), Map.of()).getOrDefault(p, ""))
        .orElseGet(
            () -> backend.inventory().card(spec.footprint().card()).map(Card::uuid).orElse(""));
  }
}
