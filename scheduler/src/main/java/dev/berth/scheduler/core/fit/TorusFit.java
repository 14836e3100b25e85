package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Torus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cuboid of chips inside one host's block, in any orientation, at an origin that is a multiple of
 * its size (as the hardware cuts slices). The place that spoils fewest other cuboids wins.
 */
final class TorusFit {
  private TorusFit() {}

  static Fit of(Node node, TpuSlice asked) {
    Torus torus = node.inventory().torus();
    if (torus == null || !torus.generation().equals(asked.generation())) {
      return Fit.Shortage.unknown("TPU " + asked.generation(), "chip", asked.chips());
    }
    long busy = node.chips() | unhealthy(torus);
    List<Cuboid> free = Cuboid.all(torus).stream().filter(c -> (c.bits() & busy) == 0).toList();
    Cuboid best = null;
    long fewest = Long.MAX_VALUE;
    for (Cuboid cuboid : free) {
      long lost = cuboid.hasShape(asked) ? spoiled(free, cuboid) : Long.MAX_VALUE;
      if (lost < fewest) {
        best = cuboid;
        fewest = lost;
      }
    }
    int freeChips = torus.chips() - Long.bitCount(busy);
    return best == null
        ? shortage(torus, asked, freeChips)
        : new Fit.Fits(devices(torus, best), new Score(0, fewest, freeChips, freeChips));
  }

  private static long spoiled(List<Cuboid> free, Cuboid taken) {
    return free.stream().filter(c -> (c.bits() & taken.bits()) != 0).count();
  }

  private static Fit.Shortage shortage(Torus torus, TpuSlice asked, long freeChips) {
    ReasonCode code =
        freeChips >= asked.chips() ? ReasonCode.FRAGMENTED : ReasonCode.INSUFFICIENT_ACCELERATORS;
    return new Fit.Shortage(
        code, asked.chips(), freeChips, torus.chips(), "chip", "TPU " + asked.generation());
  }

  private static long unhealthy(Torus torus) {
    long bits = 0;
    for (Cuboid chip : Cuboid.singles(torus)) {
      bits |= torus.unhealthy().contains(chip.name()) ? chip.bits() : 0;
    }
    return bits;
  }

  private static List<Device> devices(Torus torus, @Nullable Cuboid cuboid) {
    List<Device> devices = new ArrayList<>();
    for (Cuboid chip : Cuboid.singles(torus)) {
      if (cuboid != null && (chip.bits() & cuboid.bits()) != 0) {
        devices.add(torus.chip(chip.atX(), chip.atY(), chip.atZ()));
      }
    }
    return devices;
  }
}
