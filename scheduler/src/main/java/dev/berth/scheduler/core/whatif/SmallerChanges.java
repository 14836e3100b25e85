package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.fit.TpuTopology;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.MigSlice;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Less of something: processor and memory, members, or the device; each the most that fits. */
final class SmallerChanges {
  private SmallerChanges() {}

  static List<Change> of(Trial trial) {
    List<Change> changes = new ArrayList<>(trial.admitted(hosts(trial), 2));
    changes.addAll(trial.admitted(gangs(trial), 1));
    changes.addAll(trial.admitted(devices(trial), 1));
    return changes;
  }

  /** Less processor with all the memory, else less memory, else less of both. */
  private static List<Change.SmallerHost> hosts(Trial trial) {
    long cpu = trial.request.members().stream().mapToLong(Shape::cpuMilli).max().orElse(0);
    long memory = trial.request.members().stream().mapToLong(Shape::memoryMib).max().orElse(0);
    if (!trial.fits(atMost(trial, 0, 0))) {
      return List.of();
    }
    List<Change.SmallerHost> hosts = new ArrayList<>();
    long cpuAlone = trial.largest(cpu, less -> atMost(trial, less, memory));
    long memoryAlone = trial.largest(memory, less -> atMost(trial, cpu, less));
    if (cpuAlone > 0) {
      hosts.add(new Change.SmallerHost(cpuAlone, memory, atMost(trial, cpuAlone, memory)));
    }
    if (memoryAlone > 0) {
      hosts.add(new Change.SmallerHost(cpu, memoryAlone, atMost(trial, cpu, memoryAlone)));
    }
    if (hosts.isEmpty()) {
      long lessCpu = trial.largest(cpu, less -> atMost(trial, less, 0));
      long lessMemory = trial.largest(memory, less -> atMost(trial, lessCpu, less));
      if (lessCpu > 0 && lessMemory > 0) {
        hosts.add(new Change.SmallerHost(lessCpu, lessMemory, atMost(trial, lessCpu, lessMemory)));
      }
    }
    return hosts;
  }

  private static Request atMost(Trial trial, long cpu, long memory) {
    return trial.with(
        s ->
            new Shape(
                Math.min(cpu, s.cpuMilli()), Math.min(memory, s.memoryMib()), s.accelerator()));
  }

  /** The members before the first that does not fit; fewer, should even they not be admitted. */
  private static List<Change.FewerMembers> gangs(Trial trial) {
    List<Change.FewerMembers> gangs = new ArrayList<>();
    for (int members = trial.stuck; members > 0; members /= 2) {
      gangs.add(new Change.FewerMembers(members, first(trial.request, members)));
    }
    return gangs;
  }

  private static Request first(Request request, int members) {
    Policy policy = request.policy();
    List<Policy.Alternative> fallbacks =
        policy.fallbacks().stream()
            .filter(f -> f.members().size() >= members)
            .map(
                f ->
                    new Policy.Alternative(
                        f.flavor(), f.catalogVersion(), f.members().subList(0, members)))
            .toList();
    return request
        .withMembers(request.members().subList(0, members))
        .withPolicy(policy.withFallbacks(fallbacks));
  }

  private static List<Change.SmallerDevice> devices(Trial trial) {
    List<? extends Accelerator> smaller =
        switch (trial.shape().accelerator()) {
          case Accelerator.None none -> List.of();
          case Accelerator.Seat seat -> List.of();
          case WholeGpus gpus ->
              IntStream.range(1, gpus.count())
                  .map(less -> gpus.count() - less)
                  .mapToObj(count -> new WholeGpus(gpus.models(), count))
                  .toList();
          case GpuShare share -> shares(trial, share);
          case MigSlice mig -> profiles(trial, mig);
          case TpuSlice slice -> slices(slice);
        };
    Accelerator asked = trial.shape().accelerator();
    return smaller.stream()
        .map(less -> new Change.SmallerDevice(asked, less, trial.withDevice(less)))
        .toList();
  }

  /** Less time with all the memory, else less memory with all the time. */
  private static List<GpuShare> shares(Trial trial, GpuShare asked) {
    long milli =
        trial.largest(
            asked.milli(),
            less ->
                trial.withDevice(
                    new GpuShare(asked.models(), Math.max(1, (int) less), asked.memoryMib())));
    long memory =
        trial.largest(
            asked.memoryMib(),
            less -> trial.withDevice(new GpuShare(asked.models(), asked.milli(), less)));
    List<GpuShare> smaller = new ArrayList<>();
    if (milli > 0) {
      smaller.add(new GpuShare(asked.models(), (int) milli, asked.memoryMib()));
    }
    if (memory > 0) {
      smaller.add(new GpuShare(asked.models(), asked.milli(), memory));
    }
    return smaller;
  }

  private static List<MigSlice> profiles(Trial trial, MigSlice asked) {
    Card card = trial.cards().get(asked.model());
    MigProfile own = card == null ? null : DeviceChanges.profile(card, asked.profile());
    if (card == null || own == null) {
      return List.of();
    }
    return card.profiles().stream()
        .filter(p -> p.memoryMib() <= own.memoryMib() && !p.name().equals(own.name()))
        .filter(p -> p.computeSlices() <= own.computeSlices())
        .sorted(
            Comparator.comparingLong(MigProfile::memoryMib)
                .thenComparingInt(MigProfile::computeSlices)
                .reversed())
        .map(p -> new MigSlice(asked.model(), p.name()))
        .toList();
  }

  /** The longest axis halved, again and again. */
  private static List<TpuSlice> slices(TpuSlice asked) {
    List<TpuSlice> smaller = new ArrayList<>();
    TpuSlice at = half(asked);
    while (at.chips() > 0) {
      if (TpuTopology.legal(at.generation(), at.x(), at.y(), at.z())) {
        smaller.add(at);
      }
      at = half(at);
    }
    return smaller;
  }

  private static TpuSlice half(TpuSlice slice) {
    int longest = Math.max(slice.x(), Math.max(slice.y(), slice.z()));
    if (slice.x() == longest) {
      return new TpuSlice(slice.generation(), slice.x() / 2, slice.y(), slice.z());
    }
    return slice.y() == longest
        ? new TpuSlice(slice.generation(), slice.x(), slice.y() / 2, slice.z())
        : new TpuSlice(slice.generation(), slice.x(), slice.y(), slice.z() / 2);
  }
}
