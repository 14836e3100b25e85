package dev.berth.scheduler.core.pack;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fleet.Node;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one version of the fleet at positions in name order, and in groups of equal rooms.
 * It follows the versions that it is shown by their differences.
 */
final class Roster {
  private final Groups groups = new Groups();
  private final Ranking ranking;
  private Node[] nodes = new Node[0];
  private OrderedMap<String, Node> version = OrderedMap.empty();
  private boolean moved;

  Roster(Ranking ranking) {
    this.ranking = ranking;
  }

  Groups groups() {
    return groups;
  }

  Node node(int position) {
    return nodes[position];
  }

  void follow(OrderedMap<String, Node> now) {
    if (now == version) {
      return;
    }
    version.differences(now, this::note);
    version = now;
    if (moved) {
      renumber();
      moved = false;
    }
  }

  /** The rank in the version before is the position until nodes are numbered anew. */
  private void note(int position, String name, @Nullable Node before, @Nullable Node after) {
    if (before == null || after == null) {
      moved = true;
      if (after == null) {
        groups.leave(position);
      }
      return;
    }
    nodes[position] = after;
    if (!sameRoom(before, after)) {
      boolean same = before.inventory() == after.inventory();
      NodeKind kind = same ? groups.kind(position) : ranking.kind(after);
      groups.move(position, Room.of(after, kind));
    }
  }

  /** A heartbeat alone changes nothing that matters here. */
  private static boolean sameRoom(Node before, Node after) {
    return before.ready() == after.ready()
        && before.leases() == after.leases()
        && before.cards() == after.cards()
        && before.chips() == after.chips()
        && before.cpuUsed() == after.cpuUsed()
        && before.memoryUsed() == after.memoryUsed()
        && before.inventory() == after.inventory();
  }

  private void renumber() {
    Node[] now = version.values().toArray(Node[]::new);
    int[] before = new int[now.length];
    int old = 0;
    for (int i = 0; i < now.length; i++) {
      String name = now[i].name();
      while (old < nodes.length && nodes[old].name().compareTo(name) < 0) {
        old++;
      }
      before[i] = old < nodes.length && nodes[old].name().equals(name) ? old : -1;
    }
    nodes = now;
    groups.renumber(before);
    for (int i = 0; i < nodes.length; i++) {
      if (before[i] < 0) {
        groups.join(i, Room.of(nodes[i], ranking.kind(nodes[i])));
      }
    }
  }
}
