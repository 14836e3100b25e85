package dev.berth.scheduler.core.torus;

import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.InPod;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Torus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tori of one generation during one decision. Of all free places of a slice that one is chosen
 * which leaves most of the largest free slices, then most of the next smaller ones, and so on; then
 * the pod with fewest free chips, then the first.
 */
public final class Pods {
  private final List<Pod> pods = new ArrayList<>();
  private final Map<String, Pod> podOfHost = new HashMap<>();
  private final Map<Pod, List<FreeBoxes>> kept = new HashMap<>();

  private record Choice(Pod pod, Box box, Losses losses) {
    boolean betterThan(@Nullable Choice other) {
      int order = other == null ? -1 : losses.compareTo(other.losses);
      return order < 0 || (order == 0 && other != null && pod.free() < other.pod.free());
    }
  }

  private Pods() {}

  /** {@code nodes} in order of their names; those of other generations are passed over. */
  public static Pods of(Iterable<Node> nodes, String generation) {
    Pods all = new Pods();
    Map<String, Pod> known = new TreeMap<>();
    for (Node node : nodes) {
      Torus torus = node.inventory().torus();
      if (torus != null && torus.generation().equals(generation)) {
        all.add(node, torus, known);
      }
    }
    return all;
  }

  /** A host that lies in no pod, or claims the place of another one, stands alone. */
  private void add(Node node, Torus torus, Map<String, Pod> known) {
    Pod pod = torus.inPod() ? known.computeIfAbsent(key(torus), k -> podOf(torus)) : null;
    if (pod == null || !pod.add(node)) {
      pod = new Pod(node.name(), torus, true);
      pod.add(node);
      pods.add(pod);
    }
    podOfHost.put(node.name(), pod);
  }

  private Pod podOf(Torus torus) {
    Pod pod = new Pod(torus.place().pod(), torus, false);
    pods.add(pod);
    return pod;
  }

  /** Hosts belong together when they agree on the pod and on the size of a block. */
  private static String key(Torus torus) {
    InPod place = torus.place();
    return "%s %d %d %d %d %d %d"
        .formatted(place.pod(), place.x(), place.y(), place.z(), torus.x(), torus.y(), torus.z());
  }

  /** The best place for one slice, each host with its chips; empty when there is none. */
  public List<Part> place(Shape shape, TpuSlice slice) {
    @Nullable Choice best = null;
    for (Pod pod : pods) {
      List<FreeBoxes> free = kept.computeIfAbsent(pod, Pods::legal);
      for (Size size : Size.turned(slice)) {
        for (Box box : boxes(pod, size)) {
          Choice here = new Choice(pod, box, Losses.of(free, box));
          best = here.betterThan(best) && roomy(pod, box, shape) ? here : best;
        }
      }
    }
    return best == null ? List.of() : best.pod().parts(best.box());
  }

  /** The most slices that could be placed, whatever the order: a bound, exact when it is 0. */
  public int bound(Shape shape, TpuSlice slice) {
    long most = 0;
    for (Pod pod : pods) {
      boolean any =
          Size.turned(slice).stream()
              .anyMatch(size -> boxes(pod, size).stream().anyMatch(b -> roomy(pod, b, shape)));
      most += any ? pod.free() / slice.chips() : 0;
    }
    return (int) Math.min(most, Integer.MAX_VALUE);
  }

  /** How many slices can be placed, one after the other, up to a limit; they stay placed here. */
  public int replicas(Shape shape, TpuSlice slice, int limit) {
    int count = 0;
    for (List<Part> parts = place(shape, slice); count < limit && !parts.isEmpty(); ) {
      for (Part part : parts) {
        String id = "replica#" + count;
        put(part.host().with(Placer.lease(id, part.host(), shape, part.chips())));
      }
      count++;
      parts = place(shape, slice);
    }
    return count;
  }

  /** The most free chips in one pod now, and the most chips of one pod. */
  public int mostFree() {
    return pods.stream().mapToInt(Pod::free).max().orElse(0);
  }

  public int largest() {
    return pods.stream().mapToInt(p -> p.size().volume()).max().orElse(0);
  }

  /** The host has changed. */
  public void put(Node host) {
    Pod pod = podOfHost.get(host.name());
    if (pod != null) {
      pod.put(host);
      kept.remove(pod);
    }
  }

  private static List<Box> boxes(Pod pod, Size size) {
    return size.within(pod.size()) ? new FreeBoxes(pod, size).all() : List.of();
  }

  private static boolean roomy(Pod pod, Box box, Shape shape) {
    return pod.parts(box).stream()
        .allMatch(
            part ->
                part.host().cpuFree() >= shape.cpuMilli()
                    && part.host().memoryFree() >= shape.memoryMib());
  }

  private static List<FreeBoxes> legal(Pod pod) {
    return Size.legal(pod.generation(), pod.size()).stream()
        .map(size -> new FreeBoxes(pod, size))
        .filter(boxes -> boxes.count() > 0)
        .toList();
  }
}
