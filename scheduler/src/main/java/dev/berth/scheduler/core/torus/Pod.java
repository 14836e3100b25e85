package dev.berth.scheduler.core.torus;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.InPod;
import dev.berth.scheduler.core.model.Torus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A torus and the hosts that hold its chips, all with blocks of one size. Lives for one decision;
 * {@link #put} replaces a host. {@code sums} are prefix sums over free chips: those of healthy
 * chips that nothing holds, on hosts that heartbeat.
 */
final class Pod {
  private final String name;
  private final String generation;
  private final Size size;
  private final Size block;
  private final @Nullable Node[] hosts;
  private final boolean alone;
  private final int[] sums;
  private boolean stale = true;

  /** {@code alone}: one host, wherever it says that it lies. */
  Pod(String name, Torus like, boolean alone) {
    InPod place = like.place();
    this.name = name;
    this.alone = alone;
    this.generation = like.generation();
    this.block = new Size(like.x(), like.y(), like.z());
    this.size = alone ? block : new Size(place.x(), place.y(), place.z());
    this.hosts = new Node[size.volume() / block.volume()];
    this.sums = new int[(size.x() + 1) * (size.y() + 1) * (size.z() + 1)];
  }

  String name() {
    return name;
  }

  String generation() {
    return generation;
  }

  Size size() {
    return size;
  }

  /** False when another host has that place already. */
  boolean add(Node host) {
    int at = cell(block(host).place());
    if (hosts[at] != null) {
      return false;
    }
    hosts[at] = host;
    return true;
  }

  void put(Node host) {
    hosts[cell(block(host).place())] = host;
    stale = true;
  }

  /** Free chips of a box, all of which lies in the pod. */
  int free(Box box) {
    count();
    int a = box.x();
    int b = box.y();
    int c = box.z();
    return upTo(box.endX(), box.endY(), box.endZ())
        - upTo(a, box.endY(), box.endZ())
        - upTo(box.endX(), b, box.endZ())
        - upTo(box.endX(), box.endY(), c)
        + upTo(a, b, box.endZ())
        + upTo(a, box.endY(), c)
        + upTo(box.endX(), b, c)
        - upTo(a, b, c);
  }

  int free() {
    return free(new Box(0, 0, 0, size));
  }

  /** A slice lies within one host, or is made of whole hosts. */
  boolean cuttable(Box box) {
    boolean inside =
        box.x() / block.x() == (box.endX() - 1) / block.x()
            && box.y() / block.y() == (box.endY() - 1) / block.y()
            && box.z() / block.z() == (box.endZ() - 1) / block.z();
    boolean whole =
        box.x() % block.x() == 0
            && box.y() % block.y() == 0
            && box.z() % block.z() == 0
            && box.size().x() % block.x() == 0
            && box.size().y() % block.y() == 0
            && box.size().z() % block.z() == 0;
    return inside || whole;
  }

  /** The hosts of a box of free chips, x first, each with its chips of the box. */
  List<Part> parts(Box box) {
    List<Part> parts = new ArrayList<>();
    for (int z = box.z() / block.z(); z * block.z() < box.endZ(); z++) {
      for (int y = box.y() / block.y(); y * block.y() < box.endY(); y++) {
        for (int x = box.x() / block.x(); x * block.x() < box.endX(); x++) {
          Node host = Objects.requireNonNull(hosts[cell(x, y, z)]);
          Box here = new Box(x * block.x(), y * block.y(), z * block.z(), block);
          parts.add(new Part(host, chips(block(host), here, box)));
        }
      }
    }
    return parts;
  }

  private static List<Device> chips(Torus torus, Box block, Box box) {
    List<Device> chips = new ArrayList<>();
    for (int z = Math.max(block.z(), box.z()); z < Math.min(block.endZ(), box.endZ()); z++) {
      for (int y = Math.max(block.y(), box.y()); y < Math.min(block.endY(), box.endY()); y++) {
        for (int x = Math.max(block.x(), box.x()); x < Math.min(block.endX(), box.endX()); x++) {
          chips.add(torus.chip(x - block.x(), y - block.y(), z - block.z()));
        }
      }
    }
    return chips;
  }

  private void count() {
    for (int z = 1; stale && z <= size.z(); z++) {
      for (int y = 1; y <= size.y(); y++) {
        for (int x = 1; x <= size.x(); x++) {
          sums[at(x, y, z)] =
              (isFree(x - 1, y - 1, z - 1) ? 1 : 0)
                  + upTo(x - 1, y, z)
                  + upTo(x, y - 1, z)
                  + upTo(x, y, z - 1)
                  - upTo(x - 1, y - 1, z)
                  - upTo(x - 1, y, z - 1)
                  - upTo(x, y - 1, z - 1)
                  + upTo(x - 1, y - 1, z - 1);
        }
      }
    }
    stale = false;
  }

  private boolean isFree(int x, int y, int z) {
    Node host = hosts[cell(x / block.x(), y / block.y(), z / block.z())];
    if (host == null || !host.ready()) {
      return false;
    }
    Torus torus = block(host);
    int cx = x % block.x();
    int cy = y % block.y();
    int cz = z % block.z();
    boolean healthy =
        torus.unhealthy().isEmpty() || !torus.unhealthy().contains(torus.chip(cx, cy, cz).name());
    return healthy && (host.chips() & torus.bit(cx, cy, cz)) == 0;
  }

  private int upTo(int x, int y, int z) {
    return sums[at(x, y, z)];
  }

  private int at(int x, int y, int z) {
    return x + (size.x() + 1) * (y + (size.y() + 1) * z);
  }

  private int cell(InPod place) {
    return alone
        ? 0
        : cell(place.atX() / block.x(), place.atY() / block.y(), place.atZ() / block.z());
  }

  private int cell(int x, int y, int z) {
    return x + size.x() / block.x() * (y + size.y() / block.y() * z);
  }

  private static Torus block(Node host) {
    return Objects.requireNonNull(host.inventory().torus());
  }
}
