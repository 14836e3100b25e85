package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.fit.TpuTopology;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.MigSlice;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.Torus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Other devices of the fleet that would do: those with at least the memory of what was asked first,
 * nearest first; then the smaller ones, largest first.
 */
final class DeviceChanges {
  private static final int MAX = 3;

  private final Trial trial;
  private final Map<String, Card> cards;

  private DeviceChanges(Trial trial) {
    this.trial = trial;
    this.cards = trial.cards();
  }

  static List<Change> of(Trial trial) {
    DeviceChanges changes = new DeviceChanges(trial);
    List<Change.OtherDevice> others =
        switch (trial.shape().accelerator()) {
          case Accelerator.None none -> List.of();
          case Accelerator.Seat seat -> List.of();
          case WholeGpus gpus -> changes.whole(gpus);
          case GpuShare share -> changes.share(share);
          case MigSlice mig -> changes.mig(mig);
          case TpuSlice slice -> changes.tpu(slice);
        };
    return trial.admitted(others, MAX);
  }

  private List<Change.OtherDevice> whole(WholeGpus asked) {
    List<Change.OtherDevice> others = new ArrayList<>();
    for (Card card : others(asked.models())) {
      Accelerator instead = new WholeGpus(and(asked.models(), card.model()), asked.count());
      others.add(change(instead, card.memoryMib()));
    }
    return nearest(others, memory(asked.models()));
  }

  private List<Change.OtherDevice> share(GpuShare asked) {
    List<Change.OtherDevice> others = new ArrayList<>();
    for (Card card : others(asked.models())) {
      Models models = and(asked.models(), card.model());
      Accelerator instead = new GpuShare(models, asked.milli(), asked.memoryMib());
      others.add(change(instead, card.memoryMib()));
    }
    return nearest(others, memory(asked.models()));
  }

  private List<Card> others(Models models) {
    return cards.values().stream().filter(card -> !models.allows(card.model())).toList();
  }

  private static Models and(Models models, String model) {
    List<String> names = new ArrayList<>(models.names());
    names.add(model);
    return new Models(names);
  }

  private long memory(Models models) {
    return models.names().stream()
        .map(cards::get)
        .mapToLong(card -> card == null ? 0 : card.memoryMib())
        .max()
        .orElse(0);
  }

  /** The smallest profile of each other model that has the memory and compute of the asked one. */
  private List<Change.OtherDevice> mig(MigSlice asked) {
    Card own = cards.get(asked.model());
    MigProfile profile = own == null ? null : profile(own, asked.profile());
    if (profile == null) {
      return List.of();
    }
    List<Change.OtherDevice> others = new ArrayList<>();
    for (Card card : others(Models.of(asked.model()))) {
      atLeast(card, profile)
          .map(p -> change(new MigSlice(card.model(), p.name()), p.memoryMib()))
          .ifPresent(others::add);
    }
    return nearest(others, profile.memoryMib());
  }

  private static Optional<MigProfile> atLeast(Card card, MigProfile asked) {
    return card.profiles().stream()
        .filter(p -> p.memoryMib() >= asked.memoryMib())
        .filter(p -> p.computeSlices() >= asked.computeSlices())
        .min(Comparator.comparingLong(MigProfile::memoryMib).thenComparing(MigProfile::name));
  }

  static @Nullable MigProfile profile(Card card, String name) {
    return card.profiles().stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
  }

  private List<Change.OtherDevice> tpu(TpuSlice asked) {
    Map<String, Torus> generations = new TreeMap<>();
    for (Node node : trial.state.nodes().values()) {
      node.inventory().tori().forEach(torus -> generations.put(torus.generation(), torus));
    }
    Torus own = generations.remove(asked.generation());
    List<Change.OtherDevice> others = new ArrayList<>();
    for (Torus torus : generations.values()) {
      if (TpuTopology.legal(torus.generation(), asked.x(), asked.y(), asked.z())) {
        Accelerator instead = new TpuSlice(torus.generation(), asked.x(), asked.y(), asked.z());
        others.add(change(instead, torus.chipMemoryMib()));
      }
    }
    return nearest(others, own == null ? 0 : own.chipMemoryMib());
  }

  private Change.OtherDevice change(Accelerator instead, long memoryMib) {
    return new Change.OtherDevice(
        trial.shape().accelerator(), instead, memoryMib, trial.withDevice(instead));
  }

  private static List<Change.OtherDevice> nearest(List<Change.OtherDevice> others, long memory) {
    Comparator<Change.OtherDevice> enoughFirst =
        Comparator.comparing(change -> change.memoryMib() < memory);
    others.sort(enoughFirst.thenComparingLong(change -> Math.abs(change.memoryMib() - memory)));
    return others;
  }
}
