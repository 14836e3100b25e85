package dev.berth.agent.devices.simulated;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.DeviceException;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.NodeInventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The MIG instances of simulated cards. Like a driver's they outlive the agent and not a reboot, so
 * they are kept in a file with the boot id.
 */
final class SimulatedMig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String bootId;
  private final Supplier<UUID> uuids;
  private final List<Entry> entries;

  /** One instance on file. */
  record Entry(String bootId, String card, String profile, int start, int id, String uuid) {}

  SimulatedMig(Path file, String bootId, Supplier<UUID> uuids) {
    this.file = file;
    this.bootId = bootId;
    this.uuids = uuids;
    this.entries = load();
  }

  synchronized List<MigInstance> instances(NodeInventory inventory) {
    return entries.stream().flatMap(e -> instance(inventory, e).stream()).toList();
  }

  private static Optional<MigInstance> instance(NodeInventory inventory, Entry e) {
    return inventory.cards().stream()
        .filter(c -> c.uuid().equals(e.card()))
        .flatMap(c -> place(c, e).stream())
        .map(p -> new MigInstance(p, e.id(), e.uuid()))
        .findFirst();
  }

  private static Optional<MigPlace> place(Card card, Entry e) {
    return card.profiles().stream()
        .filter(p -> p.name().equals(e.profile()))
        .map(p -> new MigPlace(card, p, e.start()))
        .findFirst();
  }

  synchronized MigInstance create(NodeInventory inventory, MigPlace place) {
    Optional<MigInstance> there =
        instances(inventory).stream().filter(i -> i.place().overlaps(place)).findFirst();
    if (there.isPresent()) {
      return same(there.get(), place);
    }
    String card = place.card().uuid();
    Entry made =
        new Entry(bootId, card, place.profile().name(), place.start(), freeId(card), newUuid());
    entries.add(made);
    save();
    return new MigInstance(place, made.id(), made.uuid());
  }

  private static MigInstance same(MigInstance there, MigPlace asked) {
    if (there.place().profile().equals(asked.profile()) && there.place().start() == asked.start()) {
      return there;
    }
    throw new DeviceException(
        "Insufficient resources: %s@%d on %s overlaps with the existing %s@%d"
            .formatted(
                asked.profile().name(),
                asked.start(),
                asked.card().name(),
                there.place().profile().name(),
                there.place().start()));
  }

  private String newUuid() {
    return "MIG-" + uuids.get();
  }

  private int freeId(String card) {
    return IntStream.iterate(1, i -> i + 1)
        .filter(i -> entries.stream().noneMatch(e -> e.card().equals(card) && e.id() == i))
        .findFirst()
        .orElseThrow();
  }

  synchronized void destroy(MigPlace place) {
    boolean removed =
        entries.removeIf(
            e ->
                e.card().equals(place.card().uuid())
                    && e.profile().equals(place.profile().name())
                    && e.start() == place.start());
    if (removed) {
      save();
    }
  }

  private List<Entry> load() {
    try {
      List<Entry> all =
          Files.exists(file)
              ? JSON.readValue(file.toFile(), new TypeReference<List<Entry>>() {})
              : List.of();
      return new ArrayList<>(all.stream().filter(e -> e.bootId().equals(bootId)).toList());
    } catch (IOException e) {
      throw new DeviceException(
          "Cannot read simulated MIG instances from " + file + "; delete it to start without", e);
    }
  }

  private void save() {
    try {
      Path tmp = file.resolveSibling(file.getFileName() + ".tmp");
      JSON.writeValue(tmp.toFile(), entries);
      Files.move(tmp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DeviceException("Cannot keep simulated MIG instances in " + file, e);
    }
  }
}
