package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fit.Score;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Shape;
import org.jspecify.annotations.Nullable;

/** The tightest fit; among equals the node with least processor left. */
public final class Tightest implements Ranking {
  private final @Nullable NodeKinds kinds;

  /** Without memory, so for any thread. */
  public Tightest() {
    this(null);
  }

  private Tightest(@Nullable NodeKinds kinds) {
    this.kinds = kinds;
  }

  /** The same ranking, for one thread: it knows which nodes are of one kind. */
  public static Tightest ofKinds() {
    return new Tightest(NodeKinds.of(SupplyDemand.UNKNOWN));
  }

  @Override
  public NodeKind kind(Node node) {
    return kinds == null ? NodeKind.UNKNOWN : kinds.of(node);
  }

  @Override
  public Demand demand(Shape shape) {
    return Demand.exact(shape);
  }

  @Override
  public long cost(Room room, Demand demand) {
    return NodeFit.of(room.node, demand.shape()) instanceof Fit.Fits fits
        ? cost(fits.score(), room.node)
        : NONE;
  }

  @Override
  public Fit fit(Room room, Demand demand) {
    return NodeFit.of(room.node, demand.shape());
  }

  /** The fields of the score one after the other in one number, then free processor (in 64 m). */
  private static long cost(Score score, Node node) {
    long cost = clip(score.spread(), 6);
    cost = cost << 14 | clip(score.lost(), 14);
    cost = cost << 11 | clip(score.leftOnDevice(), 11);
    cost = cost << 10 | clip(score.leftOnNode(), 10);
    return cost << 21 | clip(node.cpuFree() >> 6, 21);
  }

  private static long clip(long value, int bits) {
    return Math.clamp(value, 0, (1L << bits) - 1);
  }
}
