package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.explain.Sentences;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import java.util.List;
import java.util.Locale;

/** One sentence for people: what to change, in numbers. */
public final class ChangeSentences {
  private static final int MAX_NAMED = 5;

  private ChangeSentences() {}

  /** {@code request} is the one that is not placed. */
  public static String of(Change change, Request request) {
    return switch (change) {
      case Change.Drained drained ->
          "It fits once %s drained.".formatted(named("placement", drained.placements()));
      case Change.NodesReady ready ->
          "It fits once %s heartbeating again.".formatted(named("node", ready.nodes()));
      case Change.LooserTopology looser ->
          "It fits if its members may stand in one %s instead of one %s."
              .formatted(word(looser.level()), word(request.policy().topology().level()));
      case Change.OtherRegion other ->
          "It fits if region %s is allowed too (now %s)."
              .formatted(other.region(), String.join(", ", request.policy().regions()));
      case Change.OtherDevice other ->
          "It fits as %s, of %d MiB, instead of %s."
              .formatted(describe(other.instead()), other.memoryMib(), describe(other.asked()));
      case Change.SmallerHost smaller ->
          "It fits with at most %d milli-cpu and %d MiB of memory a member."
              .formatted(smaller.cpuMilli(), smaller.memoryMib());
      case Change.FewerMembers fewer ->
          "A gang of %d of its %d members fits now."
              .formatted(fewer.members(), request.members().size());
      case Change.SmallerDevice smaller ->
          "It fits as %s instead of %s."
              .formatted(describe(smaller.instead()), describe(smaller.asked()));
      case Change.Released released ->
          "It fits once %s released (%s)."
              .formatted(named("placement", released.placements()), milli(released.milliDevices()));
      case Change.MoreNodes more ->
          "It fits with %d more %s like %s."
              .formatted(more.count(), more.count() == 1 ? "node" : "nodes", more.like());
    };
  }

  private static String describe(Accelerator accelerator) {
    String text = Sentences.describe(new Shape(0, 0, accelerator));
    return accelerator instanceof Accelerator.GpuShare share
        ? text + " with " + share.memoryMib() + " MiB"
        : text;
  }

  /** "placement a is", "3 placements (a, b, c) are". */
  private static String named(String what, List<String> names) {
    if (names.size() == 1) {
      return what + " " + names.getFirst() + " is";
    }
    String some = String.join(", ", names.subList(0, Math.min(MAX_NAMED, names.size())));
    String more = names.size() > MAX_NAMED ? ", ..." : "";
    return "%d %ss (%s%s) are".formatted(names.size(), what, some, more);
  }

  private static String milli(long milli) {
    String whole = milli / 1000 + "";
    String devices = milli % 1000 == 0 ? whole : "%s.%03d".formatted(whole, milli % 1000);
    return devices + (milli == 1000 ? " device" : " devices");
  }

  private static String word(Topology.Level level) {
    return level == Topology.Level.ANY
        ? "fleet"
        : level.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
