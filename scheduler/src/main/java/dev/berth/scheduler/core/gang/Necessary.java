package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.torus.Pods;
import java.util.List;

/**
 * Conditions that every placement in a domain fulfils. First each shape by itself; then, for each
 * set of shapes and each resource, what the set asks against what the nodes can give it: that is a
 * cut of the flow from shapes to nodes, and the smallest of them all is the largest flow.
 */
final class Necessary {
  /** All sets of up to this many shapes are tried; of more shapes only pairs and the whole. */
  private static final int ALL_SETS = 6;

  private final List<Node> nodes;
  private final Classes classes;
  private final int[][] rooms;

  private Necessary(List<Node> nodes, Classes classes) {
    this.nodes = nodes;
    this.classes = classes;
    this.rooms = new int[classes.size()][nodes.size()];
  }

  /** No more members than this can be placed in the domain, proved; all of them proves nothing. */
  static int atMost(List<Node> nodes, Classes classes) {
    Necessary necessary = new Necessary(nodes, classes);
    int most = necessary.each();
    return most < classes.members() || classes.size() == 1
        ? most
        : Math.min(most, necessary.sets());
  }

  private int each() {
    int lacking = 0;
    for (int c = 0; c < classes.size(); c++) {
      int asked = classes.counts().get(c);
      lacking += Math.max(0, asked - most(c, asked));
    }
    return classes.members() - lacking;
  }

  private int most(int c, int asked) {
    Shape shape = classes.shapes().get(c);
    if (shape.accelerator() instanceof TpuSlice slice) {
      return Pods.of(nodes, slice.generation()).bound(shape, slice);
    }
    long most = 0;
    for (int n = 0; n < nodes.size(); n++) {
      rooms[c][n] = Room.of(nodes.get(n), shape, asked);
      most += rooms[c][n];
    }
    return (int) Math.min(most, asked);
  }

  private int sets() {
    int most = classes.members();
    int count = Math.min(classes.size(), 31);
    int all = (1 << count) - 1;
    for (Amount amount : Amount.values()) {
      long[] sizes = sizes(amount);
      for (int first = 0; first < count; first++) {
        for (int second = 0; second < first; second++) {
          most = Math.min(most, cut(1 << first | 1 << second, amount, sizes));
        }
      }
      most = Math.min(most, cut(all, amount, sizes));
      for (int set = 1; count <= ALL_SETS && set < all; set++) {
        most = Math.min(most, cut(set, amount, sizes));
      }
    }
    return most;
  }

  /** What one member of each shape takes at least. */
  private long[] sizes(Amount amount) {
    long[] sizes = new long[classes.size()];
    for (int c = 0; c < sizes.length; c++) {
      Shape shape = classes.shapes().get(c);
      long least = Long.MAX_VALUE;
      for (int n = 0; n < nodes.size(); n++) {
        least = rooms[c][n] > 0 ? Math.min(least, amount.asked(nodes.get(n), shape)) : least;
      }
      sizes[c] = least == Long.MAX_VALUE ? 0 : least;
    }
    return sizes;
  }

  private int cut(int set, Amount amount, long[] sizes) {
    long asked = 0;
    long largest = 0;
    for (int c = 0; c < sizes.length; c++) {
      asked += in(set, c) ? sizes[c] * classes.counts().get(c) : 0;
      largest = in(set, c) ? Math.max(largest, sizes[c]) : largest;
    }
    long given = 0;
    for (int n = 0; n < nodes.size() && given < asked; n++) {
      given += given(set, amount, sizes, n);
    }
    return asked <= given
        ? classes.members()
        : (int) (classes.members() - Math.ceilDiv(asked - given, largest));
  }

  private long given(int set, Amount amount, long[] sizes, int n) {
    long wanted = 0;
    long free = 0;
    for (int c = 0; c < sizes.length; c++) {
      wanted += in(set, c) ? sizes[c] * rooms[c][n] : 0;
    }
    if (wanted > 0) {
      free = amount.free(nodes.get(n), shapes(set));
    }
    return Math.min(wanted, free);
  }

  private List<Shape> shapes(int set) {
    return classes.shapes().stream()
        .filter(shape -> in(set, classes.shapes().indexOf(shape)))
        .toList();
  }

  private static boolean in(int set, int c) {
    return c < 31 && (set & 1 << c) != 0;
  }
}
