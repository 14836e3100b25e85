package dev.berth.agent.devices.nvidia;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.Catalog;
import dev.berth.agent.devices.Catalog.CardModel;
import dev.berth.agent.devices.MigProfile;
import dev.berth.agent.devices.NodeInventory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From nvidia-smi to an inventory. A card can be cut only if its MIG mode is on; then the driver's
 * own list of profiles and placements counts, and the catalog only adds the compute slices.
 */
final class NvidiaInventory {
  private static final Logger LOG = LoggerFactory.getLogger(NvidiaInventory.class);
  private final NvidiaSmi smi;
  private final Catalog catalog;

  NvidiaInventory(NvidiaSmi smi, Catalog catalog) {
    this.smi = smi;
    this.catalog = catalog;
  }

  NodeInventory read() {
    Map<Integer, String> links = smi.linkGroups();
    List<Card> cards =
        smi.gpus().stream().map(g -> card(g, links.getOrDefault(g.index(), ""))).toList();
    return new NodeInventory(cards, Optional.empty());
  }

  private Card card(SmiText.Gpu gpu, String links) {
    CardModel model = catalog.byProduct(gpu.product()).orElseGet(() -> unknown(gpu));
    return new Card(
        gpu.index(),
        gpu.uuid(),
        model.model(),
        gpu.memoryMib(),
        links,
        gpu.mig() ? model.migUnits() : 0,
        gpu.mig() ? model.migSlices() : 0,
        gpu.mig() ? profiles(gpu, model) : List.of());
  }

  private static CardModel unknown(SmiText.Gpu gpu) {
    LOG.atWarn()
        .addKeyValue("product", gpu.product())
        .log(
            "This GPU product is not in the catalog; it is offered whole, under its product name.");
    String name = gpu.product().replaceAll("[^A-Za-z0-9]+", "-");
    return new CardModel(name, gpu.memoryMib(), 0, 0, gpu.product());
  }

  private List<MigProfile> profiles(SmiText.Gpu gpu, CardModel model) {
    List<SmiText.Placement> placements = smi.placements(gpu.index());
    return smi.profiles(gpu.index()).stream()
        .filter(p -> !p.name().endsWith("-me"))
        .flatMap(
            p -> placements.stream().filter(l -> l.profileId() == p.id()).map(l -> profile(p, l)))
        .filter(p -> p.computeSlices() <= model.migSlices())
        .toList();
  }

  private static MigProfile profile(SmiText.Profile p, SmiText.Placement l) {
    int slices = Integer.parseInt(p.name().substring(0, p.name().indexOf('g')));
    boolean media = p.name().contains("+me");
    return new MigProfile(
        p.name(), p.id(), p.total(), slices, l.size(), l.starts(), p.memoryMib(), media);
  }

  /** Instances that exist, joined by index with their UUIDs. */
  Stream<dev.berth.agent.devices.MigInstance> instances(NodeInventory inventory) {
    List<SmiText.Instance> made = smi.instances();
    if (made.isEmpty()) {
      return Stream.empty();
    }
    Map<Integer, Map<Integer, String>> uuids = smi.migUuids();
    List<SmiXml.Gpu> details = smi.details();
    return made.stream().flatMap(i -> MigJoin.instance(i, inventory, uuids, details).stream());
  }
}
